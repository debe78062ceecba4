# SPDX-License-Identifier: MIT
"""Local processes: as many lanes as wished, each with a process of its own that does one recording after another.

Law: a process that ends within a recording (out of memory, a fault of a library) costs that recording one more try in a
new process, and then a row that says so; no other recording is touched. How many lanes there are changes no row. None
outlives the process that wants the rows, however that one ends.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing.process import BaseProcess

from app.analyze.recordings import FoundFile
from app.analyze.windows import Row
from app.analyze.work import Options, analyse_file, bad_row
from resources.words import gettext as _

_TRIES = 2


def analyse_in_lanes(files: Sequence[FoundFile], options: Options, lanes: int) -> Iterator[tuple[FoundFile, list[Row]]]:
    """Analyse files, several at a time; give each one's rows when they are there.

    Parameters
    ----------
    files : sequence of FoundFile
        What is analysed.
    options : Options
        How.
    lanes : int
        How many processes, at least 1.
    """
    with ExitStack() as stack:
        waiting = iter(files)
        running: dict[Future[list[Row]], tuple[_Lane, FoundFile, int]] = {}
        for lane in [stack.enter_context(_Lane()) for _number in range(min(lanes, len(files)))]:
            _start(lane, waiting, options, running)
        while running:
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                lane, file, tries = running.pop(done)
                if isinstance(done.exception(), BrokenProcessPool) and tries < _TRIES:
                    lane.renew()
                    running[lane.submit(file, options)] = (lane, file, tries + 1)
                    continue
                rows = _rows(done, lane)
                _start(lane, waiting, options, running)
                yield file, rows


class _Lane:
    """One process, made anew when it has ended."""

    def __init__(self) -> None:
        self._pool = _new_pool()
        self._processes: set[BaseProcess] = set()

    def __enter__(self) -> "_Lane":
        return self

    def __exit__(self, *_error: object) -> None:
        """End the process, wherever it is: what it does not finish is done again another time."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._processes:
            process.terminate()

    def renew(self) -> None:
        self._pool.shutdown(wait=False)
        self._pool = _new_pool()

    def submit(self, file: FoundFile, options: Options) -> Future[list[Row]]:
        others = set(multiprocessing.active_children())
        submitted = self._pool.submit(analyse_file, str(file.path), options)
        self._processes |= set(multiprocessing.active_children()) - others
        return submitted


def _start(
    lane: _Lane,
    waiting: Iterator[FoundFile],
    options: Options,
    running: dict[Future[list[Row]], tuple[_Lane, FoundFile, int]],
) -> None:
    file = next(waiting, None)
    if file is not None:
        running[lane.submit(file, options)] = (lane, file, 1)


def _rows(done: "Future[list[Row]]", lane: _Lane) -> list[Row]:
    error = done.exception()
    if error is None:
        return done.result()
    if isinstance(error, BrokenProcessPool):
        lane.renew()
        return [bad_row("process_ended", _("the process that read it ended twice; it may need more memory"))]
    return [bad_row("fault", _("something went wrong inside Attune: {what}").format(what=repr(error)))]


def _new_pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # the same on every system, and no lock of a thread is inherited
    return ProcessPoolExecutor(1, mp_context=context, initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who waits for the rows
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End where the process that wants the rows was killed: the pool alone would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
