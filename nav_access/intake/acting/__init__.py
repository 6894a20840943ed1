"""An agency acting for a person: consent, drafts, and the time it took."""
