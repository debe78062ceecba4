# SPDX-License-Identifier: MIT
"""What is exported: a session, the notes if they were asked for, and whoever wants to know how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.export.progress import Progress, untold
from app.store.contents import SessionContents


@dataclass(frozen=True, slots=True)
class Note:
    """A clinician's note; `t` in seconds on the session clock."""

    t: float
    text: str


@dataclass(frozen=True, slots=True)
class Export:
    """One export.

    Parameters
    ----------
    contents : SessionContents
        The session; de-identified already, where it is to be.
    notes : sequence of Note
        Only where they were asked for, for this one file.
    progress : callable
        Hears the share that is done, 0 to 1.
    """

    contents: SessionContents
    notes: Sequence[Note] = ()
    progress: Progress = untold
