"""The door of partner agencies: people who help others ask."""
