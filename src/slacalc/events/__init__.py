"""What happened to a ticket: the kinds of event, and their form as JSON Lines."""
