# SPDX-License-Identifier: MIT
"""Session files of every version that was ever released are read with all that they held."""

import shutil
from pathlib import Path

import pytest

from app.store.recovery import hash_of
from app.store.session_file import VERSION
from dsp.codes import Modality
from dsp.stream import Beat, Chunk, Features, Tick
from tests.app.store.keep_session import KEPT, NOTE, SECONDS
from tests.app.store.kept_frames import stored_in

VERSIONS = range(1, VERSION + 1)


def test_there_is_a_kept_session_of_every_version() -> None:
    assert {path.name for path in KEPT.iterdir()} == {str(version) for version in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_session_of_every_version_is_read_whole(version: int, tmp_path: Path) -> None:
    shutil.copytree(KEPT / str(version), tmp_path, dirs_exist_ok=True)
    stored = stored_in(tmp_path)
    assert {sound.is_whole for sound in stored.soundness.values()} == {True}
    assert (stored.head.ended_t, stored.head.lost_s) == (SECONDS, 0.0)
    assert hash_of(stored) == stored.head.sha256
    items, values = list(stored.items()), list(stored.values())
    assert {item.modality for item in items if isinstance(item, Chunk)} >= {Modality.ECG, Modality.RR, Modality.EDA}
    assert sum(isinstance(item, Tick) for item in items) == SECONDS + 1
    assert {Beat, Features} <= {type(value) for value in values}
    assert list(stored.notes()) == [NOTE]
