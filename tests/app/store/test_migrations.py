# SPDX-License-Identifier: MIT
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import AppError, Fault
from app.store.migrations import STEPS, migrate, remove_copies, version_of
from app.store.unlock import VAULT_FILE
from tests.app.store.keep_version import KEPT
from tests.app.store.killed_migration import NEXT, database_of, migrate_to_next
from tests.app.store.vaults import opened

ROOT = Path(__file__).parents[3]
VERSIONS = range(1, len(STEPS) + 1)


def filled(folder: Path, settings: int = 400) -> Path:
    """Make a store with so many settings that a step over them takes some time."""
    with opened(folder) as vault:
        with vault.database.write() as connection:
            rows = [("", f"setting {k}", b"x" * 40) for k in range(settings)]
            connection.executemany("INSERT INTO settings VALUES (?, ?, ?)", rows)
        vault.database.tidy()
    return folder


def settings_in(folder: Path) -> tuple[int, int]:
    """Give the version of a vault, and how many settings it holds; every page of it is whole."""
    database = database_of(folder)
    try:
        assert database.is_sound()
        (count,) = database.read("SELECT count(*) FROM settings")[0]
        assert isinstance(count, int)
        return version_of(database), count
    finally:
        database.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_every_version_opens_with_all_that_it_held(version: int, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    shutil.copytree(KEPT / str(version), folder)
    with opened(folder) as vault:
        assert version_of(vault.database) == len(STEPS)
        codes = [one.code for one in vault.clients.all()]
        assert len(codes) == 3
        assert sum(vault.consents.current(code) is not None for code in codes) == 3
        assert [len(vault.checklists.history(code)) for code in codes].count(1) == 1
        assert vault.settings.all() == {"keep_days": 365}
        assert [note.place for note in vault.backups.all()] == ["/nowhere"]
        (entry,) = vault.sessions.all()
        assert (entry.duration_s, set(entry.head.codes)) == (90.0, {"client", "partner"})
        assert set(vault.keys.session_keys(entry.head.session)) == {"common", "notes", "client", "partner"}
        assert vault.audit.first_fault() is None


def test_there_is_a_kept_store_of_every_version() -> None:
    assert {path.name for path in KEPT.iterdir()} == {str(version) for version in VERSIONS}


def test_a_newer_version_is_read_and_not_written(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    migrate_to_next(folder)
    with opened(folder) as vault:
        assert vault.is_read_only
        assert vault.sessions.all() == ()
        with pytest.raises(AppError) as told:
            vault.settings.set("pace", 6.0)
        assert told.value.fault is Fault.NEWER_STORE
        keys = (folder / "keys.attune").read_bytes()
        with pytest.raises(AppError) as told:
            vault.clients.add()
        assert told.value.fault is Fault.NEWER_STORE
        assert (folder / "keys.attune").read_bytes() == keys
    assert settings_in(folder) == (len(STEPS) + 1, 400)


def test_a_sound_copy_is_made_before_and_goes_when_somebody_is_erased(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    migrate_to_next(folder)
    (copy,) = folder.glob(f"{VAULT_FILE}.before-*")
    assert copy.name == f"{VAULT_FILE}.before-{len(STEPS) + 1}"
    shutil.move(copy, folder / VAULT_FILE)
    assert settings_in(folder) == (len(STEPS), 400)
    copy.touch()
    remove_copies(folder)
    assert not copy.exists()


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = filled(tmp_path)
    database = database_of(folder)
    with pytest.raises(AppError):
        migrate(database, (*STEPS, (*NEXT, "SELECT * FROM nowhere")))
    database.close()
    assert settings_in(folder) == (len(STEPS), 400)


@pytest.mark.parametrize("share", [(k + 0.5) / 10 for k in range(10)])
def test_a_migration_that_is_killed_loses_nothing_and_is_done_at_the_next_start(share: float, tmp_path: Path) -> None:
    filled(tmp_path / "whole")
    shutil.copytree(tmp_path / "whole", tmp_path / "killed")
    looks = migrate_to_next(tmp_path / "whole")
    command = [
        sys.executable,
        "-m",
        "tests.app.store.killed_migration",
        str(tmp_path / "killed"),
        str(int(looks * share) + 1),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert done.returncode == -9, done.stderr
    version, settings = settings_in(tmp_path / "killed")
    assert (version, settings) == (len(STEPS), 400)
    migrate_to_next(tmp_path / "killed")
    assert settings_in(tmp_path / "killed") == (len(STEPS) + 1, 400)
