"""The contact centre: look-ups, transfers, and messages an office acknowledges."""
