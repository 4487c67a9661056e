"""How is this ticket doing?

Read in this order: `events` (what can happen), `cycles` (one run of a clock) over `measure`
(when it is due), `life` (events become cycles), `clocks` (the state of a cycle) and `replay`;
then what is made of them: `steps`, `queue`, `picture`. Logs come in through `activities`
and `log`, and `outcomes` holds promises against what happened.
"""
