"""Open time as a number line: integers, no zones, no words.

Read in this order: `instants` (the only door between aware datetimes and integers),
`spans` (sets of time), `timeline` (the staircase of open time and what follows from it).
"""
