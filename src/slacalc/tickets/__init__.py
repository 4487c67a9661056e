"""How is this ticket doing?

Read in this order: `log` (a ticket log becomes tickets with their first stops) and
`outcomes` (a promise held against what happened); then `events` (what can happen),
`measure` (when a paused and changed clock is due), `cycles` (events become cycles),
`clocks` (the state of a cycle) and `replay`.
"""
