#!/usr/bin/env bash
# With derandomize=True a Hypothesis test draws other examples in each process, where its argument is a pydantic union with a discriminator.
#
# Versions: hypothesis 6.170.17, pydantic 2.14.4
# Good guess: `derandomize=True` (the profile "ci" sets it) makes five processes draw the same twenty events, whatever the argument of the
#   test is annotated with: an annotation only says what the strategy already draws.
# Seen: with `event: Event`, an annotated union with Discriminator(function), five processes draw five lists of events. With
#   `event: Created | Closed`, with Discriminator("kind"), or with the same annotation as a text, all five draw the same.
# Why: the seed is a digest of the test's source and of the text of its signature. That has the text of the Discriminator in it, which
#   has the address of the function in it, and that is another one in each process. An AfterValidator holds a function, too.
# Hurts: a test of a ticket log, whose events are such a union, is green on each machine for weeks, and then red in the one run that
#   decides; and red again never, though "the same examples" are said to be drawn.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check hypothesis==6.170.17 pydantic==2.14.4
cat > "$work/seen" <<'SEEN'
by_function: 5 of 5
by_name: 1 of 5
as_text: 1 of 5
plain: 1 of 5
SEEN
cat > "$work/draw.py" <<'PY'
import sys
from typing import Annotated, Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Discriminator, Tag


class Created(BaseModel):
    kind: Literal["created"] = "created"
    at: int


class Closed(BaseModel):
    kind: Literal["closed"] = "closed"
    at: int


def kind_of(value):
    return value["kind"] if isinstance(value, dict) else value.kind


ByFunction = Annotated[Annotated[Created, Tag("created")] | Annotated[Closed, Tag("closed")], Discriminator(kind_of)]
ByName = Annotated[Created | Closed, Discriminator("kind")]
events = st.builds(Created, at=st.integers()) | st.builds(Closed, at=st.integers())
drawn = []


@settings(derandomize=True, max_examples=20)
@given(events)
def by_function(event: ByFunction) -> None:
    drawn.append(event)


@settings(derandomize=True, max_examples=20)
@given(events)
def by_name(event: ByName) -> None:
    drawn.append(event)


@settings(derandomize=True, max_examples=20)
@given(events)
def as_text(event: "ByFunction") -> None:
    drawn.append(event)


@settings(derandomize=True, max_examples=20)
@given(events)
def plain(event: Created | Closed) -> None:
    drawn.append(event)


globals()[sys.argv[1]]()
print(drawn)
PY
for test in by_function by_name as_text plain; do
    for _ in 1 2 3 4 5; do (cd "$work" && "$work/venv/bin/python" draw.py "$test"); done | sort -u | wc -l | sed "s/^ */$test: /; s/$/ of 5/"
done > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: the seed has an address in it"
