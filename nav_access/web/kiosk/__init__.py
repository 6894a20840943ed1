"""Terminals in receptions: used by one person after another, keeping nothing of any of them."""
