"""What do we promise?

Read in this order: `problems` (pydantic's complaints as ours), `notation` (how values are
written), `targets` (the kinds of promise), `calendar_rules` (calendars as data),
`clock_rules`, `guide` and `rules`, `names` (do they stand for something), `promise` (what a ticket
is promised), `policy` (first match wins), `versions`, `checking`, and
`loading` (files in, errors that name the key).
"""
