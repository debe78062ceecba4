# SPDX-License-Identifier: MIT
"""A bit flipped in every region of the vault, of its WAL and of the key file: found, or without any effect.

`python -m benchmarks.faults.vault_damage [FLIPS]`.
"""

import argparse
import random
import shutil
import tempfile
from pathlib import Path

from app.clock import choose_wall_clock
from app.errors import AppError
from app.store.opening import open_vault
from app.store.vault import Vault
from benchmarks.figure import Figure, table
from tests.app.store.vaults import NoKeyring, agreed, opened

FLIPS = 300
_PEOPLE = 20


def run(flips: int = FLIPS) -> list[Figure]:
    chance = random.Random(1)  # noqa: S311 - where to flip
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "home"
        with opened(folder) as vault:
            whole = _told(vault, [agreed(vault) for _ in range(_PEOPLE)])
            vault.database.tidy()
            whole |= _told(vault, [agreed(vault) for _ in range(_PEOPLE)])
            shutil.copytree(folder, Path(place) / "kept")  # with what is in the WAL
        kept = Path(place) / "kept"
        return [_flipped(kept, name, whole, chance, flips) for name in ("vault.db", "vault.db-wal", "keys.attune")]


def _told(vault: Vault, codes: list[str]) -> set[tuple[str, str]]:
    consents = [(code, vault.consents.current(code)) for code in codes]
    return {(code, consent.words) for code, consent in consents if consent is not None}


def _flipped(kept: Path, name: str, whole: set[tuple[str, str]], chance: random.Random, flips: int) -> Figure:
    n_found = n_without = n_silent = 0
    size = (kept / name).stat().st_size
    for k in range(flips):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "home"
            shutil.copytree(kept, folder)
            _flip(folder / name, int(size * (k + chance.random()) / flips), chance.randrange(8))
            read = _read(folder)
            n_found += read is None
            n_without += read == whole
            n_silent += read is not None and read != whole
    words = f"{n_found} told, {n_without} without effect, {n_silent} silent"
    return Figure(f"{flips} bits flipped in {name}", words, "0 silent", n_silent == 0)


def _flip(path: Path, at: int, bit: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1 << bit
    path.write_bytes(bytes(data))


def _read(folder: Path) -> set[tuple[str, str]] | None:
    """Give what a start finds; None where it says that something is wrong."""
    try:
        vault = open_vault(folder, safe=NoKeyring(), wall=choose_wall_clock())
    except AppError:
        return None
    if vault.lost_rows:
        vault.close()
        return None
    try:
        told = _told(vault, [identity.code for identity in vault.clients.all()])
        return told if vault.audit.first_fault() is None and vault.database.is_sound() else None
    except AppError:
        return None
    finally:
        vault.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("flips", type=int, nargs="?", default=FLIPS)
    print(table(run(parser.parse_args().flips)))
