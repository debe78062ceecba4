# SPDX-License-Identifier: MIT
"""`attune analyze`: many recordings through the one path, and one table."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

from app.analyze.batch import Batch, files_of, run_batch, sizes
from app.cli.door import open_store
from app.cli.lines import progress, write_line
from app.store.codes import is_code, read_code
from app.store.contents import SessionContents
from app.store.reading import open_session
from resources.words import gettext as _

_MIB = 1 << 20


def analyze(batch: Batch, passphrase_file: Path | None) -> None:
    """Analyse recordings and say what the table holds.

    Parameters
    ----------
    batch : Batch
        What, how and where; a path that is a stored session's code is that session.
    passphrase_file : Path or None
        Opens a locked store, where sessions of it are asked for.

    Raises
    ------
    SensorError
        Where there is nothing to analyse.
    AppError
        Where the table cannot be written, or the scheduler is not there.
    """
    codes = [code for path in batch.paths if (code := _session_code(path))]
    batch = replace(batch, paths=[path for path in batch.paths if not _session_code(path)])
    files = files_of(batch)
    columns = (TextColumn(_("analysing, MiB:")), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with ExitStack() as stack:
        batch = replace(batch, sessions=_stored(stack, codes, passphrase_file))
        bar = stack.enter_context(progress(*columns))
        task = bar.add_task("", total=max(sizes(files) // _MIB, 1))
        done = [0]

        def told(n_bytes: int) -> None:
            done[0] += n_bytes
            bar.update(task, completed=done[0] // _MIB)

        outcome = run_batch(batch, files, told)
    words = _("{path} is made of {count} recordings; {bad} of them gave no numbers, and their rows say why.")
    if not outcome.bad:
        words = _("{path} is made of {count} recordings.")
    write_line(words.format(path=batch.out, count=outcome.recordings, bad=outcome.bad) + "\n")


def _session_code(path: Path) -> str:
    """Give the code where a path is none but names a stored session."""
    code = read_code(str(path), "S")
    return code if is_code(code, "S") and not path.exists() else ""


def _stored(stack: ExitStack, codes: Sequence[str], passphrase_file: Path | None) -> Sequence[SessionContents]:
    if not codes:
        return ()
    vault = stack.enter_context(open_store(passphrase_file))
    return [open_session(vault, code) for code in codes]
