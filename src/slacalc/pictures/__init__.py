"""A week of opening hours and the clocks of a ticket, drawn as bars of half hours."""
