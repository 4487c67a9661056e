"""What a policy file says, as data that checks itself.

Read in this order: `calendar_rules` (calendars), `clock_rules` (what starts, stops and pauses a clock),
`fields` (what a ticket says), `signals` (what begins and ends a clock beside a word), `conditions` (what a
rule wants of a field), `rules` (which tickets, and what they are promised), `guide` (what customers are told
of the channels), `misfits` and `names` (do fields and names stand for something), `matches` (why a rule
matches), `policy_document` (all of it together).
"""
