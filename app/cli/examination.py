# SPDX-License-Identifier: MIT
"""`attune doctor`: what works here, as a table or as one JSON object."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from app.cli.lines import print_result, write_line
from app.doctor import Check
from resources.words import gettext as _


def show_checks(checks: Sequence[Check], *, as_lines: bool) -> None:
    """Print each part with what was found, and the fix of each fault."""
    if as_lines:
        write_line(json.dumps({"checks": [asdict(check) for check in checks]}) + "\n")
        return
    table = Table(show_header=False)
    for check in checks:
        words = _("works") if check.is_fine else _("to do")
        table.add_row(check.name, words, check.found if check.is_fine else f"{check.found}\n{check.fix}")
    print_result(table)
