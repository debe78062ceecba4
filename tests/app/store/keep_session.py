# SPDX-License-Identifier: MIT
"""Makes the session that stands for the newest version of session files in `kept_sessions/`: once, before a release.

    python -m tests.app.store.keep_session

A kept session is never made again: it stands for those that are out there.
"""

from pathlib import Path

from app.store.recorder import Recorder
from app.store.rows import Note
from app.store.session_file import VERSION
from app.store.session_folder import SessionFolder
from tests.app.store.kept_frames import KEYS, Clock, Noted, folder_in, frames_of, live_items

KEPT = Path(__file__).parent / "kept_sessions"
SECONDS = 8.0
NOTE = Note(2.0, "O-2M8R", "client", "a note")


def make(folder: Path) -> None:
    """Make a session of a made-up person with a note."""
    files: SessionFolder = folder_in(folder)
    assert set(files.keys) <= set(KEYS)
    recorder = Recorder(files, Clock(), Noted())
    recorder.start()
    for frame in frames_of(live_items(SECONDS)):
        recorder.put(frame)
    recorder.note(NOTE)
    recorder.close(SECONDS)


if __name__ == "__main__":
    make(KEPT / str(VERSION))
