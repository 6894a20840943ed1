"""The citizens' door: no login, no cookie, no script."""
