"""What stands in a reception: registered terminals, the line of those who wait, who has come."""
