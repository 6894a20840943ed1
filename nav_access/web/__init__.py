"""The doors: HTTP, forms and words, one package an audience."""
