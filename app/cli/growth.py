# SPDX-License-Identifier: MIT
"""`attune growth`: what moved over one person's sessions, for the clinician."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from app.archive_growth import shown_growth
from app.cli.door import open_store
from app.cli.lines import print_result, write_line
from app.folders import data_folder
from app.growth import Growth, PastSession, growth_of
from app.guide.language import menu_language
from app.guide.menu import read_menu
from app.store.reading import open_session
from app.texts import texts_folder
from dsp.baseline import Baseline
from dsp.growth.felt_edge import FeltEdge
from resources.words import gettext as _
from ui.archive.growth import Grown
from ui.arousal.growth_words import edge_words, help_lines, session_rows, trend_lines


def growth(client: str, passphrase_file: Path | None, *, as_lines: bool) -> None:
    """Read all stored sessions of a person and say what moved.

    Parameters
    ----------
    client : str
        The person's code, however it was typed.
    passphrase_file : Path or None
        Opens a locked store.
    as_lines : bool
        One JSON object in place of tables.

    Raises
    ------
    AppError
        `UNKNOWN_CODE`; what opening the store raises.
    """
    with open_store(passphrase_file) as vault:
        code = vault.clients.find(client)
        entries = vault.sessions.of(code)
        found = growth_of((open_session(vault, entry.head.session) for entry in entries), code)
    if as_lines:
        write_line(json.dumps({"growth": _object(found)}) + "\n")
        return
    if not found.sessions:
        write_line(_("There is no stored session of {code} that growth could be read from.").format(code=code) + "\n")
        return
    shown = shown_growth(code, found)
    print_result(_table(shown))
    for sentence in _sentences(shown, found.sessions[-1].baseline):
        write_line(sentence + "\n")


def _object(found: Growth) -> Mapping[str, object]:
    edge = asdict(found.edge) if isinstance(found.edge, FeltEdge) else {"why": found.edge}
    return {
        "sessions": [_session_object(session) for session in found.sessions],
        "left_out": found.others,
        "felt_edge": edge,
        "trends": {name: None if trend is None else asdict(trend) for name, trend in found.trends.items()},
        "helps": {zone.value: [asdict(help_) for help_ in helps] for zone, helps in found.helps.items()},
    }


def _session_object(session: PastSession) -> Mapping[str, object]:
    return {"session": session.head.session, "device": session.device, **asdict(session.measures)}


def _table(shown: Grown) -> Table:
    heading, *rows = session_rows(shown)
    table = Table(*heading)
    for row in rows:
        table.add_row(*row)
    return table


def _sentences(shown: Grown, baseline: Baseline | None) -> list[str]:
    menu, _problem = read_menu(texts_folder(data_folder()), menu_language())
    titles = {offer.id: offer.title for offer in menu.cue}
    return [edge_words(shown, baseline), *trend_lines(shown), *help_lines(shown, lambda offer: titles.get(offer, ""))]
