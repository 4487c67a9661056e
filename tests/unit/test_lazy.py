"""What is made on first use: once for each object, without a lock."""

import threading

from slacalc.lazy import lazy


class Things:
    """Counts how often its value is made."""

    def __init__(self) -> None:
        self.made = 0

    @lazy
    def value(self) -> object:
        """Something that takes long."""
        self.made += 1
        return object()


def test_it_is_made_on_first_use_and_once_for_each_object() -> None:
    one, other = Things(), Things()
    assert (one.made, one.value is one.value, one.made) == (0, True, 1)
    assert other.value is not one.value


def test_it_keeps_its_sentence() -> None:
    assert Things.value.__doc__ == "Something that takes long."


def test_nobody_waits_for_somebody_who_is_still_making_it() -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow:
        @lazy
        def value(self) -> str:
            if threading.current_thread() is not threading.main_thread():
                begun.set()
                assert go_on.wait(60)
            return "made"

    slow = Slow()
    thread = threading.Thread(target=lambda: slow.value)
    thread.start()
    assert begun.wait(60)
    assert slow.value == "made", "functools.cached_property of 3.11 would wait for the thread here, for ever"
    go_on.set()
    thread.join()
