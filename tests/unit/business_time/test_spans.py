"""What sets of time must be: examples drawn as pictures, one character for each unit of time."""

import pytest

from slacalc.business_time.spans import NOTHING, Span, Spans, clip, difference, intersection, total, union


def drawn(picture: str) -> Spans:
    """The set that a picture shows: "##..#" is open from 0 to 2 and from 4 to 5. Shares no code with the library."""
    edges = [i for i in range(len(picture) + 1) if (f".{picture}."[i] == "#") != (f".{picture}."[i + 1] == "#")]
    return Spans(tuple(zip(edges[::2], edges[1::2], strict=True)))


def test_a_picture_is_read_from_left_to_right() -> None:
    assert drawn("##..#") == ((0, 2), (4, 5))
    assert drawn(".###") == ((1, 4),)
    assert drawn("....") == ()


@pytest.mark.parametrize(
    ("pairs", "expected", "why"),
    [
        ([], "", "no pairs are no time"),
        ([(0, 2), (4, 5)], "##..#", "what is canonical stays as it is"),
        ([(4, 5), (0, 2)], "##..#", "the order does not matter"),
        ([(0, 3), (2, 5)], "#####", "an overlap is counted once"),
        ([(0, 2), (2, 5)], "#####", "spans that touch are one span"),
        ([(0, 5), (1, 2)], "#####", "what lies inside another adds nothing"),
        ([(0, 5), (1, 2), (6, 7)], "#####.#", "an inner span does not shorten the outer one"),
        ([(3, 3)], "", "a span that ends where it starts is empty"),
        ([(5, 3)], "", "a span that ends before it starts is empty, not negative"),
        ([(0, 2), (1, 1), (2, 0)], "##", "empty pairs neither add nor join"),
        ([(0, 1), (0, 1), (0, 1)], "#", "said three times is said once"),
    ],
)
def test_union_is_canonical_whatever_comes_in(pairs: list[Span], expected: str, why: str) -> None:
    assert drawn(expected) == union(pairs), why


def test_union_reads_an_iterator_once() -> None:
    assert drawn("##..#") == union(pair for pair in ((4, 5), (0, 2)))


def test_time_before_the_epoch_is_time_like_any_other() -> None:
    assert union([(-5, -1), (-1, 3)]) == ((-5, 3),)
    assert difference(union([(-5, 3)]), union([(-1, 0)])) == ((-5, -1), (0, 3))


@pytest.mark.parametrize(
    ("left", "right", "both", "only_left", "why"),
    [
        ("........", "########", "........", "........", "nothing has nothing in common with anything"),
        ("########", "........", "........", "########", "taking nothing away changes nothing"),
        ("########", "########", "########", "........", "a set less itself is nothing"),
        ("####....", "....####", "........", "####....", "half-open: sets that touch share no time"),
        ("#####...", "...#####", "...##...", "###.....", "an overlap at the end"),
        ("...#####", "#####...", "...##...", ".....###", "an overlap at the start"),
        ("########", "..##....", "..##....", "##..####", "a hole in the middle splits a span"),
        ("..##....", "########", "..##....", "........", "a set inside the other is covered whole"),
        ("##.##.##", ".######.", ".#.##.#.", "#......#", "one span over several"),
        ("########", "#.#.#.#.", "#.#.#.#.", ".#.#.#.#", "several spans in one"),
        ("###.###.", ".##.#.##", ".##.#.#.", "#....#..", "some of both"),
        (".######.", "#......#", "........", ".######.", "what lies around a set does not touch it"),
    ],
)
def test_what_two_sets_share_and_what_is_left(left: str, right: str, both: str, only_left: str, why: str) -> None:
    assert drawn(both) == intersection(drawn(left), drawn(right)), why
    assert drawn(both) == intersection(drawn(right), drawn(left)), f"{why}, the other way round"
    assert drawn(only_left) == difference(drawn(left), drawn(right)), why


@pytest.mark.parametrize(
    ("start", "end", "expected", "why"),
    [
        (0, 8, "##..##.#", "the whole range is the whole set"),
        (-9, 99, "##..##.#", "a wider range adds nothing"),
        (1, 5, ".#..#...", "both ends are cut"),
        (2, 4, "........", "a closed stretch holds nothing"),
        (0, 2, "##......", "half-open: the end is not in it"),
        (4, 4, "........", "an empty range holds nothing"),
        (5, 1, "........", "a reversed range holds nothing"),
    ],
)
def test_clip_keeps_what_lies_inside(start: int, end: int, expected: str, why: str) -> None:
    assert drawn(expected) == clip(drawn("##..##.#"), start, end), why


@pytest.mark.parametrize(("picture", "expected"), [("", 0), ("....", 0), ("####", 4), ("##..##.#", 5)])
def test_total_is_the_time_in_the_set(picture: str, expected: int) -> None:
    assert expected == total(drawn(picture))


def test_nothing_is_the_empty_set() -> None:
    assert total(NOTHING) == 0
    assert union([]) == NOTHING
    assert NOTHING == ()
