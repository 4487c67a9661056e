"""Where should a customer ask? The channels of a policy, the one that answers first at the head."""
