# SPDX-License-Identifier: MIT
"""`attune mark TYPE`: a marker into the running session, from another terminal or a script."""

import json

from app.cli.lines import write_line
from app.folders import data_folder
from app.marking import send_marker
from dsp.stream import CLIENT


def mark(kind: str, *, as_lines: bool) -> None:
    """Put a marker into the session and say when it was.

    Parameters
    ----------
    kind : str
        Its type, with `@PERSON` behind it for another person than the client.
    as_lines : bool
        As a JSON line.

    Raises
    ------
    AppError
        Where no session runs, or it does not take the marker.
    """
    text, at, person = kind.rpartition("@")
    marker = send_marker(data_folder(), text if at else kind, person if at else CLIENT)
    write_line(json.dumps({"marker": marker}) + "\n" if as_lines else f"{marker['t']:.3f} s  {marker['type']}\n")
