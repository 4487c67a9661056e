"""How is this ticket doing? Its events, replayed into the state of every clock.

Read in this order: `cycle` (one run of a clock) over `due` (when it is due); `ticket_state`, `answers`,
`standstill`, `stops`, `waiting`, `beginnings`, `changes`, `starts` and `series` (clocks that repeat), which `apply`
puts together; `clock_state` (how one is doing), `outcome`, `saved` and `replay`.
"""
