"""The kinds of target: each turns a calendar and an instant of receipt into a due time.

A target names its clock, because "one day" does not (rule 7). *Counting* targets measure an
amount (`hours`); *date-like* ones name a point of a date (`days`, `opening`); `range` has an earliest and a
latest; `inside_outside` chooses by whether the ticket came in open time. A new kind is a class in a file
(`kind` says what it answers) and its name in the union of `points`, or for what is made of points of `target`.
"""
