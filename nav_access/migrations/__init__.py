"""The database's history: every change of the schema, forwards and back."""
