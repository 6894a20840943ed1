"""The door of those who run the site: offices, managers and agencies, never cases."""
