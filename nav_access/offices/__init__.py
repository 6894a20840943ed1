"""Offices: receptions, opening hours, duty numbers, and which office serves which place."""
