# SPDX-License-Identifier: MIT
"""`attune growth`: what moved over one person's sessions, for the clinician."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path

from rich.table import Table

from app.cli.door import open_store
from app.cli.lines import print_result, write_line
from app.growth import Growth, PastSession, growth_of
from app.store.reading import open_session
from dsp.codes import Zone
from dsp.growth.felt_edge import FeltEdge
from dsp.growth.trend import Trend


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
    print_result(_table(found))
    for sentence in _sentences(found):
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


def _table(found: Growth) -> Table:
    table = Table()
    for title in (_("session"), _("inside"), _("times outside an hour"), _("way back"), _("rest heart rate")):
        table.add_column(title)
    for session in found.sessions:
        measures = session.measures
        table.add_row(
            session.head.session,
            _range_words(measures.surely_inside, measures.possibly_inside),
            _number_words(measures.excursions_per_hour, "{:.1f}"),
            _way_back_words(measures.return_s) if measures.ways_back else "--",
            _number_words(measures.rest_hr_bpm, "{:.0f}"),
        )
    return table


def _range_words(least: float | None, most: float | None) -> str:
    return "--" if least is None or most is None else f"{100 * least:.0f}-{100 * most:.0f} %"


def _number_words(value: float | None, form: str) -> str:
    return "--" if value is None else form.format(value)


def _way_back_words(seconds: float | None) -> str:
    return _("not reached") if seconds is None else _("{seconds:.0f} s").format(seconds=seconds)


def _sentences(found: Growth) -> list[str]:
    named = {"edge_bpm": _("The felt edge"), "return_s": _("The way back")}
    told = [_trend_words(named[name], trend) for name, trend in found.trends.items()]
    for zone, helps in found.helps.items():
        for help_ in helps:
            side = _("above") if zone is Zone.ABOVE else _("below")
            words = _("{side}, {offer}: back inside {count} of {all} times, half of them within {median}.")
            median = _way_back_words(help_.median_s)
            told.append(
                words.format(side=side, offer=help_.offer, count=help_.came_back, all=help_.count, median=median)
            )
    if found.others:
        told.append(
            _("{count} sessions with another device, or of a made-up person, are left out.").format(count=found.others)
        )
    return told


def _trend_words(name: str, trend: Trend | None) -> str:
    if trend is None:
        return _("{name}: too few sessions to say whether it moves.").format(name=name)
    if not trend.is_shown:
        return _("{name}: nothing beyond its own wavering.").format(name=name)
    return _("{name} moved by {change:+.0f} (p = {p:.3f}).").format(name=name, change=trend.change, p=trend.p)
