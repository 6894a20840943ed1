"""Passwords hashed at next to no cost: hundreds of tests sign somebody in."""

from argon2 import PasswordHasher

from nav_access.core.security import passwords

AS_SERVED = {"_HASHER": passwords._HASHER, "NOBODY": passwords.NOBODY}
"""What the site itself hashes with: for the tests of just that."""


def hash_quickly() -> None:
    """Let passwords be hashed cheaply from now on, unknown people's too."""
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    passwords.NOBODY = passwords._HASHER.hash("nobody")
