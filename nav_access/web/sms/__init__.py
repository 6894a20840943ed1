"""The door for texts that people send to the service number."""
