# SPDX-License-Identifier: MIT
"""A stored session looked at again: reading it, drawing it, writing its report, moving it to another person.

`python -m benchmarks.speed.review [HOURS]`; reading is timed in seconds of a core and scaled to 8 h.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.clock import choose_wall_clock
from app.importing import Origin, Outline, import_session
from app.report.blocks import Variant
from app.report.content import report_of
from app.report.html import html_of
from app.report.pdf import pdf_of
from app.report.writing import record_of
from app.store.consent import Terms
from app.store.moving import move_session
from app.store.opening import open_vault
from app.store.vault import Vault
from benchmarks.figure import Figure, spread, table
from benchmarks.speed.long_session import long_items
from dsp.codes import Action, CalibrationStep
from dsp.stream import CLIENT, Command, Item
from ui.paper.painter import paint_figure
from ui.paper.record import SessionRecord
from ui.paper.timeline import Sheet, timeline
from ui.preferences import Preferences
from ui.theme import Look

HOURS = 0.5
_DEMAND_H, _READ_S = 8.0, 8.0
_REST_S = (10.0, 190.0)
_TIMES = 15


class NoKeyring:
    """A computer without a keyring."""

    is_there = False

    def get(self, name: str) -> bytes | None:
        return None

    def put(self, name: str, secret: bytes) -> bool:
        return False

    def remove(self, name: str) -> None:
        return None


def run() -> list[Figure]:
    """Measure one session."""
    return measured(HOURS)


def measured(hours: float) -> list[Figure]:
    QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        vault = open_vault(Path(folder), safe=NoKeyring(), wall=choose_wall_clock(), ask=None)
        session = asyncio.run(_stored(vault, int(hours * 3600)))
        began = time.process_time()
        record = record_of(vault, session, {})
        read_s = (time.process_time() - began) * _DEMAND_H / hours
        other = _somebody(vault)
        began = time.process_time()
        move_session(vault, session, other, person=CLIENT)
        moved_s = (time.process_time() - began) * _DEMAND_H / hours
        vault.close()
    report, look = report_of(record, Variant.CLINICIAN), Look(Preferences())
    return [
        Figure("reading 8 h (seconds of a core)", f"{read_s:.1f} s", f"<= {_READ_S:.0f} s", read_s <= _READ_S),
        Figure("drawing the session anew, 900 x 430", _often(lambda: _draw(record, look)), "reported"),
        Figure("the clinician's report as HTML", _often(lambda: html_of(report)), "reported"),
        Figure("... as PDF", _often(lambda: pdf_of(report)), "reported"),
        Figure("moving 8 h to another person, judged again (seconds of a core)", f"{moved_s:.0f} s", "reported"),
    ]


def _somebody(vault: Vault) -> str:
    code = vault.clients.add()
    vault.consents.give(code, Terms())
    return code


async def _stored(vault: Vault, seconds: int) -> str:
    code = _somebody(vault)
    origin = Origin(lambda: _items(seconds), Outline((CLIENT,), 0.0, True), "made up", None, {})
    return await import_session(vault, origin, {CLIENT: code}, time.monotonic)


async def _items(seconds: int) -> AsyncIterator[Item]:
    rest = CalibrationStep.REST.value, CalibrationStep.DONE.value
    waiting = [
        Command(t, Action.CALIBRATE, "bench", values=(("step", step),)) for t, step in zip(_REST_S, rest, strict=True)
    ]
    for item in long_items(seconds):
        while waiting and getattr(item, "arrival", 0.0) > waiting[0].t:
            yield waiting.pop(0)
        yield item


def _draw(record: SessionRecord, look: Look) -> None:
    image = QImage(900, 430, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    person = record.persons[0]
    figure = timeline(person, person.moments, Sheet(900.0, 430.0, 0.0, record.duration_s))
    paint_figure(painter, figure, look)
    painter.end()


def _often(work: Callable[[], object]) -> str:
    taken = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        work()
        taken.append(1000.0 * (time.perf_counter() - began))
    return spread(taken, "ms", 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hours", nargs="?", type=float, default=HOURS)
    print(table(measured(parser.parse_args().hours)))
