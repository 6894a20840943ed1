"""Ringing people: attempts planned by rule, again and again, until somebody answers."""
