# SPDX-License-Identifier: MIT
"""Records a session into the store, from its first second to its end, whatever ends it, and goes on after a crash."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock
from app.store.connection import StoreError
from app.store.elsewhere import bring_back
from app.store.live_session import LiveSession
from app.store.recorder import Recorder
from app.store.recovery import take_up
from app.store.resume import resume
from app.store.session_folder import SessionFolder
from app.store.vault import Vault
from app.versions import version_texts
from dsp.stream import Gap

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session that is being recorded.

    Parameters
    ----------
    live : LiveSession
        What is known of it in the store.
    recorder : Recorder
        The sink that takes its frames.
    gaps : tuple of Gap
        What marks an interruption: to be the first items of what follows.
    """

    live: LiveSession
    recorder: Recorder
    gaps: tuple[Gap, ...] = ()

    def save_to(self, folder: Path) -> None:
        """Go on in another folder, on a disk that takes it: at the end it comes back, or stays where it can be read.

        Parameters
        ----------
        folder : Path
            In it a folder of the session's own is made.
        """
        self.recorder.save_to(folder / self.live.head.session)

    def take_back(self, person: str) -> None:
        """Store nothing more of a person who takes the consent back, and destroy what this session stored of them.

        From the call on nothing more of them is written. It writes the keys anew, so not on the session's event loop;
        it waits for nobody else who works with the store.
        """
        self.recorder.forget(person)
        self.live.take_back(person)


@contextmanager
def recorded(
    vault: Vault,
    codes: Mapping[str, str],
    clock: Clock,
    *,
    configuration: Mapping[str, object] | None = None,
    is_synthetic: bool = False,
    started_t: float | None = None,
) -> Iterator[Recorded]:
    """Begin a session and record it until the block ends.

    Parameters
    ----------
    vault : Vault
        The open store.
    codes : mapping of str to str
        The code of each person by the name that the items use; all of them agreed to it.
    clock : Clock
        The session clock.
    configuration : mapping of str to object
        How the numbers are made (`app.head`).
    is_synthetic : bool
        Whether a made-up person takes part.
    started_t : float or None
        The session clock's time of its first frame, which may have waited in memory; None is now.

    Raises
    ------
    AppError
        `NO_CONSENT`; nothing was written then. `NOT_WRITTEN` where the store cannot be written.
    """
    now_t = clock()
    first_t = now_t if started_t is None else started_t
    live = vault.begin_session(
        codes, started_t=first_t, versions=version_texts(), is_synthetic=is_synthetic, ago_s=now_t - first_t
    )
    files = SessionFolder(live.folder, live.head, live.keys, configuration=configuration)
    with _running(live, files, clock) as recorder:
        yield Recorded(live, recorder)


@contextmanager
def resumed(folder: Path, session: str, clock: Clock, wall: Clock, vault: Vault | None) -> Iterator[Recorded | None]:
    """Go on with a session that a crash interrupted less than 30 minutes ago, until the block ends.

    Parameters
    ----------
    folder : Path
        The data folder.
    session : str
        Its code, as `app.store.resume.find_resumable` gives it.
    clock : Clock
        The session clock, which goes on as the session's own (`app.store.recovery.session_clock_offset_s`).
    wall : Clock
        Wall time, seconds since 1970 UTC.
    vault : Vault or None
        The open store; None while it is locked: no passphrase is needed.

    Returns
    -------
    context manager of Recorded or None
        None where it cannot go on: it was ended, or another Attune records it.

    Raises
    ------
    StoreError
        When the disk fails, or nothing is known of the session.
    """
    live = resume(folder, session, wall, vault)
    if live is None:
        yield None
        return
    interrupted = take_up(live.folder, live.keys, live.chain_notes)
    with _running(live, interrupted.folder, clock) as recorder:
        yield Recorded(live, recorder, interrupted.gaps(clock()))


@contextmanager
def _running(live: LiveSession, files: SessionFolder, clock: Clock) -> Iterator[Recorder]:
    recorder = Recorder(files, clock, live.note_chain)
    recorder.start()
    try:
        yield recorder
    finally:
        head = recorder.close(clock())
        is_back = recorder.place == live.folder or _is_brought_back(recorder.place, live)
        live.close(head.ended_t if is_back else None, head.sha256)


def _is_brought_back(place: Path, live: LiveSession) -> bool:
    """Bring a session back that went on elsewhere, and tell whether that could be done."""
    try:
        bring_back(place, live.folder, live.keys)
    except StoreError as error:
        _log.warning("session %s stays in another folder: %s", live.head.session, error.reason)
        return False
    return True
