"""The door outward: messages in the person's language, by text, e-mail or letter."""
