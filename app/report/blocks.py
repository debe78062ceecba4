# SPDX-License-Identifier: MIT
"""What a report is made of, before anything is laid out: one list of blocks, for the HTML and for the PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ui.paper.shapes import Figure


class Variant(StrEnum):
    """For whom a report is."""

    CLINICIAN = "clinician"
    CLIENT = "client"
    HANDOUT = "handout"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the report."""

    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Whole sentences; `is_quiet` ones stand in the second tone."""

    words: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list in which the order says nothing."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, the heads of its columns, and rows whose first cell names the row.

    Without heads it is a list of facts: names and values.
    """

    caption: str
    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A figure with its caption; its summary in words stands in for it."""

    figure: Figure
    caption: str


Block = Heading | Paragraph | Bullets | Table | Picture


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A whole report: title, the line under it, its blocks, and the line at the foot of each page."""

    title: str
    line: str
    blocks: tuple[Block, ...]
    foot: str


def some(*blocks: Block | None) -> Sequence[Block]:
    """Leave out what is not there."""
    return [block for block in blocks if block is not None]
