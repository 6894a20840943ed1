"""Who does what: the services of both sides of an office, in five lines each."""
