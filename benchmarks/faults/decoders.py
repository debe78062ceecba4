# SPDX-License-Identifier: MIT
"""Spoiled packets over every decoder, by a seeded generator: only the one error escapes, no value is impossible.

`python -m benchmarks.faults.decoders [COUNT]` prints the table; COUNT packets go to each decoder, shared among its
setups (of files a hundredth). A finding is said with the packets that led to it since the connection began.
"""

import random
import sys
import time
import traceback
import zlib
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.faults import device_targets, heart_targets, polar_targets, skin_targets, text_targets
from benchmarks.faults.spoiling import packets
from benchmarks.faults.target import Target, values_of
from benchmarks.figure import Figure, table

TARGETS = (
    *heart_targets.TARGETS,
    *polar_targets.TARGETS,
    *skin_targets.TARGETS,
    *text_targets.TARGETS,
    *device_targets.TARGETS,
)
COUNT = 1_000_000

_CONNECTION = 64  # packets, then the decoder begins anew
_SLOWEST_MS = 100.0  # what refusing a hostile name may cost


@dataclass(slots=True)
class Outcome:
    """What became of one target's packets; `findings`: what escaped, each with the first packets that led to it."""

    read: int = 0
    refused: int = 0
    seconds: float = 0.0
    slowest_s: float = 0.0
    findings: dict[str, tuple[bytes, ...]] = field(default_factory=dict)


def run(count: int = COUNT) -> list[Figure]:
    """Put every decoder under fire."""
    return [_figure(target, fire(target, max(round(count * target.share), 1))) for target in TARGETS]


def fire(target: Target, count: int) -> Outcome:
    """Feed `count` packets to one decoder, connection after connection."""
    outcome = Outcome()
    chance = random.Random(zlib.crc32(target.name.encode()))  # noqa: S311  # not for secrets
    stream = islice(packets(chance, target.true), count)
    while connection := tuple(islice(stream, _CONNECTION)):
        feed = target.connect()
        for k, packet in enumerate(connection, 1):
            began = time.thread_time()
            try:
                is_read = values_of(target, feed, packet) > 0
            except Exception as error:  # noqa: BLE001  # whatever escapes here is what is looked for
                outcome.findings.setdefault(_told(error), connection[:k])
                break  # what the decoder keeps is of no use now
            spent_s = time.thread_time() - began
            outcome.read += is_read
            outcome.refused += not is_read
            outcome.seconds += spent_s
            outcome.slowest_s = max(outcome.slowest_s, spent_s)
    return outcome


def _told(error: Exception) -> str:
    """Say what escaped, by where it was raised: the same fault is told once."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}, {place.name}, line {place.lineno}: {place.line}"


def _figure(target: Target, outcome: Outcome) -> Figure:
    for what, led_to_it in outcome.findings.items():
        print(f"{target.name}: {what}\n  after {' '.join(p.hex() or '-' for p in led_to_it)}", file=sys.stderr)
    fed, slowest_ms = outcome.read + outcome.refused, 1000.0 * outcome.slowest_s
    measured = (
        f"{len(outcome.findings)} findings; {outcome.read:,} gave values, {outcome.refused:,} none; "
        f"{fed / outcome.seconds:,.0f}/s, the slowest {slowest_ms:.1f} ms"
    )
    is_met = not outcome.findings and slowest_ms <= _SLOWEST_MS
    return Figure(f"{target.name}: {fed:,} packets", measured, "0 findings, <= 100 ms each", is_met)


if __name__ == "__main__":
    figures = run(*map(int, sys.argv[1:2]))
    print(table(figures))
    sys.exit(any(figure.is_met is False for figure in figures))
