# SPDX-License-Identifier: MIT
"""What becomes of a fault of our own that nobody caught: the log has the traceback, the person one sentence."""

import logging
import sys
from types import TracebackType

from app.folders import data_folder
from app.log import start_log
from resources.words import gettext as _

logger = logging.getLogger(__name__)


def tell_of_fault(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """Log the fault and say where the log is; for `sys.excepthook`."""
    path = start_log(data_folder())
    logger.error("a fault of our own", exc_info=(kind, fault, trace))
    where = path or _("nowhere, because the data folder cannot be written")
    sys.stderr.write(_("attune: something went wrong inside Attune; the log is {where}").format(where=where) + "\n")
