"""The duty roster at the desk: the week, its gaps, shifts, cover, and direct numbers."""
