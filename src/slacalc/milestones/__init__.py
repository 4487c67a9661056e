"""What comes next, and for whom: milestones, escalation, the queue."""
