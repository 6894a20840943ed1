"""What people tell us of these pages themselves, and what they are answered."""
