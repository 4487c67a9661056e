"""When are we open?

Read in this order: `hours` (the weekly hours and their notation), `holidays` and
`special_days` (what changes a date), `speaking_day` (which of several holds), `layers` (the layers of one date,
put together), `ledger` (time with its reasons), `open_time` (the verbs), `calendar` and `combination`
(the two kinds of calendar).
"""
