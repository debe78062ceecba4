# SPDX-License-Identifier: MIT
"""One measured figure beside its demand, and how figures are shown."""

from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    what: str
    measured: str
    demand: str
    is_met: bool | None = None  # None: reported, without a demand

    def row(self) -> str:
        verdict = {True: "met", False: "**not met**", None: ""}[self.is_met]
        return f"| {self.what} | {self.measured} | {self.demand} | {verdict} |"


def table(figures: list[Figure]) -> str:
    return "\n".join(["| what | measured | demand | |", "|---|---|---|---|", *(figure.row() for figure in figures)])


def spread(values: list[float], unit: str, digits: int = 2) -> str:
    """Say a median with its quartiles: the machine's noise belongs to the figure."""
    low, _, high = quantiles(values, n=4)
    return f"{median(values):.{digits}f} {unit} ({low:.{digits}f} to {high:.{digits}f})"
