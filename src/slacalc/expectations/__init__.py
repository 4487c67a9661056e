"""What do we tell the customer?

Read in this order: `rounding` (how an instant is told), `reasons` (why not sooner),
`expectation` (what to tell, without words), `language_checks` and `languages` (a language as
data), `wording` (the sentence).
"""
