# SPDX-License-Identifier: MIT
"""Quiet words come one after the other and go by themselves."""

from ui.client.quiet import QuietWords


def shown(quiet: QuietWords, *times: float) -> list[str]:
    return [quiet.at(t) for t in times]


def test_most_of_the_time_there_are_none() -> None:
    assert shown(QuietWords(), 0.0, 100.0) == ["", ""]


def test_each_stays_for_12_s_and_is_gone() -> None:
    quiet = QuietWords()
    quiet.put("low")
    assert shown(quiet, 1.0, 12.9, 13.0, 60.0) == ["low", "low", "", ""]


def test_one_waits_for_the_other() -> None:
    quiet = QuietWords()
    quiet.put("one")
    quiet.put("two")
    assert shown(quiet, 0.0, 11.0, 12.0, 24.0) == ["one", "one", "two", ""]


def test_the_same_words_do_not_wait_twice_and_the_oldest_make_room() -> None:
    quiet = QuietWords()
    for words in ("a", "a", "b", "c", "d", "e"):
        quiet.put(words)
    assert shown(quiet, 0.0, 12.0, 24.0, 36.0, 48.0) == ["b", "c", "d", "e", ""]
