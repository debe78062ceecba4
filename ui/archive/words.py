# SPDX-License-Identifier: MIT
"""Stored sessions in words: when, how long, how they stand, how large."""

from resources.words import gettext as _
from ui.archive.shelf import Kept, SessionRow
from ui.foreign import safe_text
from ui.paper.words import day_words, iso_day

FORMS = ("xdf", "csv", "edf", "bids", "parquet")
"""The formats, in the order of the choices."""


def form_words() -> tuple[str, ...]:
    """Name the formats."""
    return ("XDF", "CSV", "EDF+", "BIDS", "Parquet")


def date_words(row: SessionRow) -> str:
    """Write when it began, where it was."""
    return day_words(row.began_utc_s, row.utc_offset_s).replace(" ", "  ")


def codes_words(row: SessionRow) -> str:
    """Name who took part, by code."""
    codes = ", ".join(safe_text(code) for code in row.codes)
    return _("{codes}, made up").format(codes=codes) if row.is_made_up else codes


def state_words(row: SessionRow) -> str:
    """Say how it stands."""
    if row.state is Kept.RUNNING:
        return _("unfinished")
    if row.lost_s > 0:
        return _("{n} s missing").format(n=max(round(row.lost_s), 1))
    return _("whole") if row.state is Kept.WHOLE else _("whole up to a stop")


def size_words(size_bytes: int | None) -> str:
    """Write a size."""
    return "–" if size_bytes is None else _("{size:.1f} MB").format(size=size_bytes / 1e6)


def is_found(row: SessionRow, asked: str) -> bool:
    """Tell whether a session is meant by what was typed: parts of its code, a person's code, or its date."""
    words = asked.upper().split()
    day = iso_day(row.began_utc_s, row.utc_offset_s)  # as it stands in exports and file names
    text = " ".join((row.session, *row.codes, date_words(row), day)).upper()
    return all(word in text for word in words)
