"""An office's managers run their own office here: one module a subject, one flow for changes."""
