"""The tests: rules, rooms, doors, journeys, and the checks that keep the house in order."""
