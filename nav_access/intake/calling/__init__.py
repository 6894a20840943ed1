"""Ringing a case's person: what follows each attempt, until somebody answers."""
