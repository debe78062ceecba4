# SPDX-License-Identifier: MIT
"""`attune live --go-on`: the session that a crash interrupted goes on, without a question and before any passphrase.

Law: what was stored goes through the new pipeline first, so that a replay of the whole gives the same numbers; the gap
is the first new item.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import SpinnerColumn, TextColumn

from app.bringing_up import HeardSources, brought_up
from app.cli.door import tell
from app.cli.lines import progress
from app.cli.record import Kept
from app.cli.recording_light import RecordingLight
from app.cli.replay import ShownTime
from app.clock import Clock, choose_session_clock, choose_wall_clock
from app.errors import AppError, Fault
from app.folders import data_folder
from app.recording import resumed
from app.session import Sink
from app.store.baselines import Findings
from app.store.opening import open_vault
from app.store.recovery import session_clock_offset_s
from app.store.resume import find_resumable, read_resumable
from app.store.stored_session import StoredSession
from app.store.system_keyring import SystemKeyring
from app.store.vault import Vault
from resources.words import gettext as _

if TYPE_CHECKING:
    from dsp.pipeline import Pipeline

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A session that may go on.

    Parameters
    ----------
    folder : Path
        The data folder.
    stored : StoredSession
        What was recorded before.
    clock : Clock
        The session clock, which goes on as the session's own.
    addresses : sequence of str
        Its sources, each with its person; empty where that is not known.
    """

    folder: Path
    stored: StoredSession
    clock: Clock
    addresses: Sequence[str]


def find_interrupted() -> Interrupted:
    """Find the session that may go on.

    Raises
    ------
    AppError
        `TOO_LATE` where there is none.
    StoreError
        Where it cannot be read.
    """
    folder, wall, clock = data_folder(), choose_wall_clock(), choose_session_clock()
    token = find_resumable(folder, wall())
    if token is None:
        raise _too_late()
    off_s = session_clock_offset_s(token.head, clock(), wall())
    stored = read_resumable(folder, token)
    sources = HeardSources(stored.configuration.get("addresses"))
    return Interrupted(folder, stored, lambda: clock() + off_s, sources.addresses)


@contextmanager
def going_on(found: Interrupted, sinks: Sequence[Sink]) -> Iterator[Kept]:
    """Go on with a session until the block ends.

    Parameters
    ----------
    found : Interrupted
        The session.
    sinks : sequence of Sink
        Hear of what was before, too.

    Raises
    ------
    AppError
        `TOO_LATE` where it does not go on any more: it was ended meanwhile, or another Attune goes on with it.
    """
    findings, session = Findings(), found.stored.head.session
    pipeline = _brought_up(found.stored, [*sinks, findings])
    wall = choose_wall_clock()
    with ExitStack() as stack:
        vault = _opened_alone(found.folder, wall)
        if vault is not None:
            stack.enter_context(closing(vault))
        with resumed(found.folder, session, found.clock, wall, vault) as recorded:
            if recorded is None:
                raise _too_late()
            tell(_("going on with {session}\n").format(session=session))
            light = RecordingLight(lambda: recorded.recorder.state)
            yield Kept((recorded.recorder, light, findings), recorded.gaps, pipeline)
        if vault is not None:
            findings.keep(vault, session)


def _brought_up(stored: StoredSession, sinks: Sequence[Sink]) -> "Pipeline":
    with progress(SpinnerColumn(), TextColumn("{task.description}")) as bar:
        return brought_up(stored, [*sinks, ShownTime(bar)])


def _opened_alone(folder: Path, wall: Clock) -> Vault | None:
    """Open the store where it needs no passphrase; else what is to be known of the session waits beside its files."""
    try:
        return open_vault(folder, safe=SystemKeyring(), wall=wall)
    except AppError as error:
        _log.info("the session goes on while the store stays closed: %s", error.fault)
        return None


def _too_late() -> AppError:
    words = _(
        "there is no session to go on with: none was interrupted within the last 30 minutes; see attune sessions."
    )
    return AppError(Fault.TOO_LATE, words)
