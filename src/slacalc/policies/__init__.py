"""What do we promise?

Read in this order: `problems` (pydantic's complaints as ours), `frozen_dict` and `notation` (how values are kept and
written), `targets` (the kinds of target), `document` (what a policy file says), `promise` (what a ticket is promised),
`in_force` (a policy as a ticket meets it), `any_policy` (what policies can be asked), `policy` and `versions` (one, or
several that follow each other), `checking` (what is doubtful), and `loading` (files in, errors that name the key).
"""
