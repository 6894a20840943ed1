"""Languages: which there are, their catalogues, their checks, and the interpreter's languages."""
