# SPDX-License-Identifier: MIT
"""A session that goes on in another folder, and comes back."""

import shutil
from pathlib import Path

import pytest

from app.recording import recorded
from app.store.elsewhere import bring_back
from app.store.reading import open_session
from app.store.session_index import SessionState
from dsp.stream import Frame, Marker, Tick
from tests.app.store.kept_frames import KEYS, Clock, Noted, stored_in, ticks
from tests.app.store.test_recorder import marks_in, put_all, writer_in
from tests.app.store.vaults import Wall, agreed, opened


@pytest.mark.parametrize("is_readable", [True, False])
@pytest.mark.parametrize("n_before", [3, 400])
def test_what_went_on_elsewhere_comes_back_whole(tmp_path: Path, is_readable: bool, n_before: int) -> None:
    writer, backlog = writer_in(tmp_path, Clock())
    put_all(backlog, ticks(0, n_before))
    writer.write()
    there, taken, stick = tmp_path / "S-4TQ9Z", tmp_path / "taken", tmp_path / "stick" / "S-4TQ9Z"
    if not is_readable:
        there.rename(taken)
    put_all(backlog, ticks(n_before, n_before + 400), 2 * n_before)
    writer.move(stick)
    writer.write()
    writer.close(n_before + 400.0)
    if not is_readable:
        taken.rename(there)
    keys = {name: KEYS[name] for name in ("common", "notes", "client")}
    head = bring_back(stick, there, keys)
    assert (head.ended_t, head.lost_s) == (n_before + 400.0, 0.0)
    assert marks_in(tmp_path) == [f"mark {t}" for t in range(n_before + 400)]
    stored = stored_in(tmp_path)
    assert {sound.is_whole for sound in stored.soundness.values()} == {True}
    assert sum(isinstance(item, Tick) for item in stored.items()) == n_before + 400
    assert not stick.exists()


def test_bringing_back_may_be_stopped_and_begun_again(tmp_path: Path) -> None:
    writer, backlog = writer_in(tmp_path, Clock(), noted := Noted())
    put_all(backlog, ticks(0, 300))
    writer.write()
    stick = tmp_path / "stick" / "S-4TQ9Z"
    writer.move(stick)
    put_all(backlog, ticks(300, 600), 600)
    writer.write()
    writer.close(600.0)
    again = tmp_path / "again"
    shutil.copytree(stick, again)
    keys = {name: KEYS[name] for name in ("common", "client")}
    bring_back(stick, tmp_path / "S-4TQ9Z", keys)
    bring_back(again, tmp_path / "S-4TQ9Z", keys)
    assert marks_in(tmp_path) == [f"mark {t}" for t in range(600)]
    assert all(sound.is_whole for sound in stored_in(tmp_path, noted).soundness.values())


def test_a_session_that_was_saved_elsewhere_is_in_the_store_after_its_end(tmp_path: Path) -> None:
    with opened(tmp_path, Wall()) as vault:
        code = agreed(vault)
        with recorded(vault, {"client": code}, lambda: 200.0, started_t=0.0) as session:
            for k in range(40):
                if k == 20:
                    session.save_to(tmp_path / "stick")
                marker = Marker(float(k), f"mark {k}", "test")
                session.recorder.put(Frame(marker, markers=(marker,)))
        (entry,) = vault.sessions.all()
        assert (entry.state, entry.head.ended_t) == (SessionState.CLOSED, 200.0)
        opened_again = open_session(vault, entry.head.session)
        assert [item.type for item in opened_again.items() if isinstance(item, Marker)] == [
            f"mark {k}" for k in range(40)
        ]
        assert not list((tmp_path / "stick").iterdir())


def test_a_session_that_cannot_come_back_stays_elsewhere_and_unfinished(tmp_path: Path) -> None:
    with opened(tmp_path, Wall()) as vault:
        code = agreed(vault)
        with recorded(vault, {"client": code}, lambda: 200.0, started_t=0.0) as session:
            session.save_to(tmp_path / "stick")
            marker = Marker(1.0, "mark", "test")
            session.recorder.put(Frame(marker, markers=(marker,)))
            for name in ("client.db", "common.db"):
                (session.live.folder / name).mkdir()  # nothing can be put there
        (entry,) = vault.sessions.all()
        assert entry.state is SessionState.OPEN
        assert list((tmp_path / "stick" / entry.head.session).iterdir())
