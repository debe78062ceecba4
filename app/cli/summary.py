# SPDX-License-Identifier: MIT
"""The end of a session as a table for people."""

from collections.abc import Mapping

from rich.table import Table

from app.cli.lines import print_result
from app.report.words import why_words
from app.tally import PersonTally, Summary
from dsp.baseline import Baseline, Calibration
from dsp.codes import Reason, Verdict, Zone
from dsp.stream import Features
from resources.words import gettext as _
from ui.calibration.words import found_words, refused_words
from ui.words import clock_words

_TOLD, _MOST_REASONS = 0.01, 4  # reasons that are worth a line: the share of the time, and how many


def print_summary(summary: Summary) -> None:
    """Print what a session came to."""
    table = Table(show_header=False, title=_("session"), title_justify="left")
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for name, text in _rows(summary).items():
        table.add_row(name, text)
    print_result(table)


def _rows(summary: Summary) -> Mapping[str, str]:
    gaps = _("{count}, {seconds:.1f} s together").format(count=summary.gaps, seconds=summary.gap_s)
    rows = {_("duration"): clock_words(summary.duration_s), _("gaps"): gaps}
    for person, part in summary.persons.items():
        rows |= {f"{person}: {name}": text for name, text in _person_rows(part).items()}
    return rows | {_("hash"): summary.sha256}


def _person_rows(part: PersonTally) -> Mapping[str, str]:
    rows = {_("beats"): _beats_words(part), _("zones"): _zone_words(part.zones)}
    if part.unknown:
        rows[_("unknown because")] = _unknown_words(part.unknown)
    if part.rest is not None:
        rows[_("rest")] = _rest_words(part.rest)
    return rows if part.last is None else rows | {_("at the end"): _features_words(part.last)}


def _beats_words(part: PersonTally) -> str:
    counts = ", ".join(f"{part.verdicts[v]} {_verdict_words(v)}" for v in Verdict if part.verdicts.get(v))
    return f"{part.beats} ({counts})" if counts else str(part.beats)


def _zone_words(zones: Mapping[Zone, float]) -> str:
    names = {
        Zone.ABOVE: _("above"),
        Zone.WITHIN: _("within"),
        Zone.BELOW: _("below"),
        Zone.UNKNOWN: _("unknown"),
    }
    return ", ".join(f"{names[zone]} {share:.0%}" for zone, share in zones.items())


def _unknown_words(unknown: Mapping[Reason, float]) -> str:
    """Name the reasons that took most of the time."""
    told = [f"{share:.0%} {why_words(why)}" for why, share in unknown.items() if share >= _TOLD]
    return "\n".join(told[:_MOST_REASONS])


def _rest_words(rest: Baseline | Calibration) -> str:
    """Say what a calibration came to."""
    return "; ".join(found_words(rest)) if isinstance(rest, Baseline) else " ".join(refused_words(rest.why))


def _features_words(features: Features) -> str:
    shown = (
        (_("heart rate {value:.1f}/min"), features.hr_bpm),
        (_("RMSSD {value:.1f} ms"), features.rmssd_ms),
        (_("SDNN {value:.1f} ms"), features.sdnn_ms),
        (_("pNN50 {value:.1f} %"), features.pnn50_percent),
    )
    return ", ".join(words.format(value=m.value) for words, m in shown if m.value is not None) or "--"


def _verdict_words(verdict: Verdict) -> str:
    return {
        Verdict.PROVISIONAL: _("provisional"),
        Verdict.NORMAL: _("count"),
        Verdict.ECTOPIC: _("ectopic"),
        Verdict.MISSED: _("with a beat missed"),
        Verdict.EXTRA: _("extra"),
        Verdict.IMPLAUSIBLE: _("implausible"),
        Verdict.AFTER_GAP: _("after a gap"),
    }[verdict]
