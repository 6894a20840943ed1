"""The worklist: reading what waits at an office, over cases, staff and offices."""
