"""What is done when the time of stored data is over, as core.retention declares it."""
