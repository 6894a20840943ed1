"""Agencies that help people ask: their agreements, their members, and what a consent allows."""
