"""The door of the contact centre: whoever answers when somebody rings."""
