"""Keys, sealing, tokens and passwords: everything that needs `cryptography` or argon2."""
