"""Messages: one outbox, claimed by lease, sent once, followed until they arrive."""
