# SPDX-License-Identifier: MIT
"""After "I'm done" nothing more is stored unless the clinician keeps it; a note is signed by who opened the store."""

import asyncio
from pathlib import Path

import pytest

from app.store.equality import replay_stored
from app.store.reading import open_session, read_notes
from dsp.codes import Action
from dsp.stream import Command, Frame, Tick
from tests.app.store.vaults import Wall, opened
from tests.app.test_archive import KEPT, Practice
from ui.archive.seam import Closed, Storing


def ticks_seen(practice: Practice) -> list[float]:
    return [m.item.t for m in practice.bell._seen if isinstance(m, Frame) and isinstance(m.item, Tick)]


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "ended"])
def test_what_comes_after_done_is_stored_with_keep_alone(tmp_path: Path, *, is_kept: bool) -> None:
    practice = Practice(tmp_path, Wall())
    practice.worker.begin(["demo"])
    practice.ticks(1)
    practice.archive.note(1.0, "client", "before anybody agreed")
    practice.archive.record([KEPT])
    practice.hear(Storing, lambda storing: storing.recording.on_disk_t is not None)
    practice.archive.note(2.0, "client", "after")
    practice.archive.hold(is_held=True)
    practice.ticks(1)
    held_t = ticks_seen(practice)[-1]
    felt = Command(practice.worker.clock(), Action.FELT, "client", values=(("rating", 3.0), ("when", "after")))
    practice.worker.send(felt)
    practice.ticks(len(ticks_seen(practice)) + 2)
    if is_kept:
        practice.archive.hold(is_held=False)
        practice.ticks(len(ticks_seen(practice)) + 1)
    practice.worker.finish()
    closed = practice.hear(Closed)
    assert practice.worker.close()
    with opened(tmp_path) as vault:
        session = open_session(vault, closed.session)
        items = list(session.items())
        stored = [item.t for item in items if isinstance(item, Tick)]
        equality = asyncio.run(replay_stored(session))
        notes = [(note.author, note.text) for note in read_notes(vault, closed.session)]
        operator = vault.keys.operator
    assert stored == [t for t in ticks_seen(practice) if stored[0] <= t <= stored[-1]]  # no hole
    assert felt in items  # what somebody says is stored with the rest
    assert (stored[-1] > held_t + 1.5) is is_kept
    assert equality.new_sha256 == equality.stored_sha256
    assert notes == [(operator, "before anybody agreed"), (operator, "after")]
