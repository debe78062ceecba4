# SPDX-License-Identifier: MIT
"""A Dask cluster in place of local processes: dask.distributed does the work, nothing of it is built here.

The workers need the same Attune and see the files by the same paths (a shared disk). Their results are the same rows,
so a worker that dies costs time alone: its recordings are done by another one.
"""

import logging
from collections.abc import Iterator, Sequence

from app.analyze.recordings import FoundFile
from app.analyze.windows import Row
from app.analyze.work import Options, analyse_file, bad_row
from app.errors import AppError, Fault
from resources.words import gettext as _

_PATIENCE_S = 5.0


def analyse_on_cluster(
    files: Sequence[FoundFile], options: Options, address: str
) -> Iterator[tuple[FoundFile, list[Row]]]:
    """Analyse files on a cluster; give each one's rows when they are there.

    Parameters
    ----------
    files : sequence of FoundFile
        What is analysed.
    options : Options
        How.
    address : str
        Of the scheduler: `tcp://HOST:8786`.

    Raises
    ------
    AppError
        `MISSING_EXTRA` without dask.distributed; `NO_SCHEDULER` where there is none, or it went away.
    """
    try:
        from distributed import Client, as_completed
        from distributed.client import FutureCancelledError
    except ImportError as error:
        words = _("a cluster needs dask.distributed, which is not installed; install Attune with its extra: {name}")
        raise AppError(Fault.MISSING_EXTRA, words.format(name="attune-biofeedback[cluster]")) from error
    _silence()
    try:
        client = Client(address, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, ValueError) as error:  # TimeoutError is one of them
        words = _("there is no scheduler at {address}; start one with: dask scheduler")
        raise AppError(Fault.NO_SCHEDULER, words.format(address=address)) from error
    with client:
        by_key = {client.submit(analyse_file, str(file.path.absolute()), options, pure=False): file for file in files}
        for done in as_completed(list(by_key), loop=client.loop):
            file = by_key.pop(done)
            if done.status == "finished":
                yield file, done.result()
            elif done.status == "error":
                why = _("the cluster gave it up: {what}").format(what=repr(done.exception()))
                yield file, [bad_row("process_ended", why)]
            else:
                raise _gone(address) from FutureCancelledError(done.key, done.status)
            done.release()


def _silence() -> None:
    """Keep its own accounts off the terminal: what goes wrong is said here, in one sentence."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":  # each of its loggers has a level of its own
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _gone(address: str) -> AppError:
    words = _("the scheduler at {address} went away; what is done is kept: the same command with --resume goes on")
    return AppError(Fault.NO_SCHEDULER, words.format(address=address))
