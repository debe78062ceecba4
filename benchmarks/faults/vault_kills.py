# SPDX-License-Identifier: MIT
"""A store whose program is killed at any moment: while keys change, and in the middle of a migration.

`python -m benchmarks.faults.vault_kills [KILLS]`; the tests have the migration with ten kills.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.clock import choose_wall_clock
from app.store.migrations import STEPS
from app.store.opening import open_vault
from benchmarks.figure import Figure, table
from tests.app.store.killed_migration import migrate_to_next
from tests.app.store.test_migrations import filled, settings_in
from tests.app.store.vaults import NoKeyring

KILLS = 100
_LONGEST_S = 0.4  # of a life, after the first line: some hundred changes
_CHANGES = """
import sys
from pathlib import Path
from app.clock import choose_wall_clock
from app.store.erase import erase
from app.store.opening import open_vault
from tests.app.store.vaults import NoKeyring, agreed

vault = open_vault(Path(sys.argv[1]), safe=NoKeyring(), wall=choose_wall_clock())
print("begun", flush=True)
while True:
    code = agreed(vault)
    print("+", code, flush=True)
    if code[-1] in "ABCDEFGH":
        erase(vault, code)
        print("-", code, flush=True)
"""


def run(kills: int = KILLS) -> list[Figure]:
    return [*_keys(kills), *_migrations(kills)]


def _keys(kills: int) -> list[Figure]:
    """Let a program add and erase people, kill it, and compare with what it said was done."""
    chance, n_lost, n_back, n_done = random.Random(1), 0, 0, 0  # noqa: S311 - when to kill
    with tempfile.TemporaryDirectory() as place:
        folder, there, gone = Path(place), set[str](), set[str]()
        for _ in range(kills):
            for line in _life(folder, chance.uniform(0.0, _LONGEST_S)):
                sign, code = line.split()
                (there if sign == "+" else gone).add(code)
                n_done += 1
            vault = open_vault(folder, safe=NoKeyring(), wall=choose_wall_clock())
            found = {identity.code for identity in vault.clients.all()}
            n_lost += len(there - gone - found - vault.keys.book.erased)  # an erasure may be done and not yet told
            n_back += len(gone & found)
            n_lost += vault.audit.first_fault() is not None
            vault.close()
            there = found
    return [
        Figure(f"{kills} kills while keys change: lost of {n_done} changes", str(n_lost), "0", n_lost == 0),
        Figure("... erased people who came back", str(n_back), "0", n_back == 0),
    ]


def _life(folder: Path, seconds: float) -> list[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", _CHANGES, str(folder)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert program.stdout is not None
    program.stdout.readline()
    time.sleep(seconds)
    program.send_signal(signal.SIGKILL)
    lines = program.stdout.read().splitlines(keepends=True)
    program.wait()
    return [line for line in lines if line.endswith("\n")]


def _migrations(kills: int) -> list[Figure]:
    """Kill a migration at each of so many places, and look for what it held."""
    n_lost = 0
    with tempfile.TemporaryDirectory() as place:
        whole, folder = filled(Path(place) / "whole"), Path(place) / "killed"
        shutil.copytree(whole, Path(place) / "kept")
        looks = migrate_to_next(whole)
        for k in range(kills):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(Path(place) / "kept", folder)
            at = str(1 + int(looks * (k + 0.5) / kills))
            command = [sys.executable, "-m", "tests.app.store.killed_migration", str(folder), at]
            done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
            assert done.returncode == -signal.SIGKILL, done.stderr
            n_lost += settings_in(folder) != (len(STEPS), 400)
            migrate_to_next(folder)
            n_lost += settings_in(folder) != (len(STEPS) + 1, 400)
    return [Figure(f"{kills} kills in a migration: vaults with a loss", str(n_lost), "0", n_lost == 0)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int, nargs="?", default=KILLS)
    print(table(run(parser.parse_args().kills)))
