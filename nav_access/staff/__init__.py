"""The people who work with the site: who they are, signing in, and where they may look."""
