"""What Freshdesk and Freshservice share: hours of a clock of twelve hours, targets in seconds, a policy of both."""
