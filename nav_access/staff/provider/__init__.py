"""Signing in through somebody else who vouches for a person: an OpenID Connect provider."""
