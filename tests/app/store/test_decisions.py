# SPDX-License-Identifier: MIT
"""The commands of a session are found without reading its samples, and none is ever missed."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.store.reading import open_session
from app.store.rows import Vocabulary
from dsp.codes import Action
from dsp.stream import Command, Marker, Tick
from tests.app.report.stored import stored
from tests.app.store.vaults import agreed, opened

VALUES = st.one_of(st.text(max_size=8), st.floats(allow_nan=False), st.integers(-(10**9), 10**9), st.booleans())


@given(
    st.one_of(st.floats(allow_nan=False), st.integers(0, 10**9)),
    st.sampled_from(Action),
    st.lists(st.tuples(st.text(max_size=5), VALUES), max_size=4),
    st.binary(max_size=200),
)
def test_bytes_that_hold_a_command_never_seem_to_hold_none(
    t: float, action: Action, values: list[tuple[str, str | float | int | bool]], around: bytes
) -> None:
    vocabulary = Vocabulary.of_today()
    written = bytearray()
    vocabulary.write(Command(t, action, "client", values=tuple(values)), written)
    assert vocabulary.may_hold(Command, around + bytes(written) + around)


def test_bytes_without_one_are_passed_over() -> None:
    vocabulary = Vocabulary.of_today()
    written = bytearray()
    for value in (Tick(1.0), Marker(1.0, "shift", "clinician")):
        vocabulary.write(value, written)
    assert not vocabulary.may_hold(Command, bytes(written))
    assert not Vocabulary({}, {}).may_hold(Command, bytes(written))


def test_the_decisions_of_a_session_are_the_commands_among_its_items(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        session = open_session(vault, stored(vault, {"client": agreed(vault), "partner": agreed(vault)}))
        decisions = list(session.decisions())
        assert decisions == [item for item in session.items() if isinstance(item, Command)]
    assert len(decisions) == 12
