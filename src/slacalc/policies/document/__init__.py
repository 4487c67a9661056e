"""What a policy file says, as data that checks itself.

Read in this order: `calendar_rules` (calendars), `clock_rules` (what starts, stops and pauses a clock), `rules`
(which tickets, and what they are promised), `guide` (what customers are told of the channels), `names` (do they
stand for something), `policy_document` (all of it together).
"""
