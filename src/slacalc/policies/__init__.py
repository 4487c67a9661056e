"""What do we promise?

Read in this order: `notation` (how values are written in a policy file), `targets` (the
kinds of promise), `calendar_rules` (calendars as data), `policy` (rules, first match
wins), `promise` (what a ticket is promised), `loading` (files in, errors that name the key).
"""
