"""The intake room: a request for help, from its receipt to its close."""
