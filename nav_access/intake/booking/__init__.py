"""Times booked for a case: one transaction with its events and messages."""
