"""Texts from people: a request in at most four texts from us, or a note on the case there is."""
