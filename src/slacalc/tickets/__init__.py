"""How is this ticket doing?

Read in this order: `log` (a ticket log becomes tickets), `outcomes` (a promise held
against what happened).
"""
