"""How is this ticket doing?

Read in this order: `events` (what can happen), `cycles` (one run of a clock) over `measure`
(when it is due), `life` (what is remembered of a ticket) and `happenings` (what each event does
to it, by `answers`, `holds`, `beginnings` and `changes`), `clocks` (the state of a cycle) and
`replay`, with `saved`; then what is made of them: `steps`, `queue`, `picture`. Logs come in through
`activities` and `log`, and `outcomes` holds promises against what happened.
"""
