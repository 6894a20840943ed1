"""The door of those who follow up: statistics, in which no person can be found."""
