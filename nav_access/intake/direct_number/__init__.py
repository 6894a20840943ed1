"""A case's direct number: one policy an office, the same for everybody."""
