"""NAV Access: ask for help with food, electricity or housing, from any phone."""
