# SPDX-License-Identifier: MIT
"""A session's streams in words and figures, as the researcher's window shows them.

Law: a figure that is not known is a dash; minus signs are minus signs; foreign texts are washed here.
"""

from dataclasses import dataclass

from dsp.codes import Modality
from resources.words import gettext as _
from ui.archive.words import size_words
from ui.foreign import safe_text
from ui.people import person_name
from ui.research.seam import Delays, OutletSeen, Reach, Sent, StreamSeen
from ui.words import Advice, age_words

DASH, MINUS = "–", "\N{MINUS SIGN}"
_FAR_MS = 10_000.0  # beyond, the two clocks do not count from the same moment
_HOUR_BYTES = 3.2e6  # 8 h of a strap with its waveform take 25 MB (architecture.md, Session store)
_MANY_HOURS = 2000


@dataclass(frozen=True, slots=True)
class Cells:
    """One stream as a row: the words of each column, and the icon of its state."""

    name: str
    source: str
    kind: str
    nominal: str = DASH
    actual: str = DASH
    lost: str = DASH
    offset: str = DASH
    drift: str = DASH
    readers: str = DASH
    state: str = ""
    icon: str = "resting"
    is_on: bool = True

    @property
    def said(self) -> str:
        """All of it for those who do not see it."""
        figures = (
            _("{rate} Hz, said to be {nominal}").format(rate=self.actual, nominal=self.nominal),
            _("{n} samples missing").format(n=self.lost),
            _("clock {offset} ms, drift {drift} ppm").format(offset=self.offset, drift=self.drift),
            _("{n} readers").format(n=self.readers),
        )
        return ", ".join((self.state, *(figure for figure in figures if DASH not in figure)))


def modality_words(modality: Modality) -> str:
    """Name what a stream measures."""
    return {
        Modality.ECG: _("ECG"),
        Modality.RR: _("RR intervals"),
        Modality.HR: _("Heart rate"),
        Modality.PPG: _("Pulse wave"),
        Modality.EDA: _("EDA"),
        Modality.ACC: _("Acceleration"),
        Modality.RESP: _("Breathing"),
    }[modality]


def stream_cells(seen: StreamSeen, label: str, reader: OutletSeen | None) -> Cells:
    """Write a stream of a sensor.

    Parameters
    ----------
    seen : StreamSeen
        What is known of it.
    label : str
        What its sensor is called here; empty where nobody named it.
    reader : OutletSeen or None
        The outlet that sends it on, where one does.
    """
    who = safe_text(seen.person)
    state, icon = _state_of(seen)
    return Cells(
        modality_words(seen.modality),
        label or safe_text(seen.source),
        _("{kind}, {person}").format(kind=seen.modality.upper(), person=person_words(who)),
        nominal=_("varies") if seen.nominal_hz is None else rate_words(seen.nominal_hz),
        actual=DASH if seen.actual_hz is None or not seen.is_on else f"{seen.actual_hz:.2f}",
        lost=DASH if seen.lost is None else count_words(seen.lost),
        offset=offset_words(seen.offset_ms, seen.spread_ms),
        drift=DASH if seen.drift_ppm is None else signed(seen.drift_ppm, 1),
        readers=DASH if reader is None else readers_words(reader),
        state=state,
        icon=icon,
        is_on=seen.is_on,
    )


def outlet_cells(seen: OutletSeen) -> Cells:
    """Write one of our outlets."""
    return Cells(
        safe_text(seen.name),
        _("sent by this Attune"),
        _("{kind}, {person}").format(kind=safe_text(seen.type), person=person_words(safe_text(seen.person))),
        nominal=_("varies") if seen.nominal_hz is None else rate_words(seen.nominal_hz),
        actual=DASH if seen.actual_hz is None else f"{seen.actual_hz:.2f}",
        lost="0",
        readers=readers_words(seen),
        state=_("{n} sent").format(n=count_words(seen.sent)),
        icon="clear" if seen.sent else "resting",
    )


def person_words(person: str) -> str:
    """Name whose a (safe) stream is: by word where there is one, else by code."""
    return person_name(person).lower() if person in ("client", "partner", "nobody") else person


def rate_words(rate_hz: float) -> str:
    """Write a rate that was stated."""
    return f"{rate_hz:.2f}".rstrip("0").rstrip(".")


def count_words(n: int) -> str:
    """Write a whole number in groups of three."""
    return f"{n:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def signed(value: float, digits: int) -> str:
    """Write a number with its sign."""
    return f"{value:+.{digits}f}".replace("-", MINUS)


def offset_words(offset_ms: float | None, spread_ms: float | None) -> str:
    """Write a clock's offset and its spread, in milliseconds; of clocks far apart in seconds."""
    if offset_ms is None or spread_ms is None:
        return DASH
    if abs(offset_ms) >= _FAR_MS:
        return _("{offset} s").format(offset=signed(offset_ms / 1000.0, 1))
    return f"{signed(offset_ms, 2)} ± {spread_ms:.2f}"


def readers_words(seen: OutletSeen) -> str:
    """Say how many read an outlet, or whether somebody does."""
    if seen.readers is None:
        return _("yes") if seen.is_read else _("no")
    return str(seen.readers)


def delay_words(delays: Delays) -> str:
    """Say what a histogram shows."""
    if delays.median_ms is None or delays.most_ms is None:
        return _("Nothing came in the last 5 minutes.")
    words = _("Last 5 minutes: {n} packets, median {median} ms, 99 % within {most} ms.")
    return words.format(
        n=count_words(delays.n), median=delay_figure(delays.median_ms), most=delay_figure(delays.most_ms)
    )


def delay_figure(milliseconds: float) -> str:
    """Write a delay with two figures that count."""
    return f"{milliseconds:.0f}" if milliseconds >= 10.0 else f"{milliseconds:.2g}"


def room_words(free_bytes: int | None) -> str:
    """Say how much is free on the disk, and for how long that lasts."""
    if free_bytes is None:
        return DASH
    hours = free_bytes / _HOUR_BYTES
    lasts = (
        _("more than {n} hours").format(n=_MANY_HOURS)
        if hours > _MANY_HOURS
        else _("some {n} hours").format(n=int(hours))
    )
    return _("{size:.1f} GB free: {lasts}").format(size=free_bytes / 1e9, lasts=lasts)


def file_size_words(size_bytes: int | None) -> str:
    """Write the size of the session's file."""
    return size_words(size_bytes)


def hash_words(configuration: str) -> str:
    """Write a hash in groups of four."""
    parts = [configuration[at : at + 4] for at in range(0, len(configuration), 4)]
    return " ".join(parts) or DASH


def sent_words(sent: Sent) -> str:
    """Say who can read what the session sends."""
    if sent.reach is Reach.OFF:
        return _("Nothing is sent. No socket listens.")
    if sent.is_exposed:
        return _("Anyone on this network can read this session.")
    return _("Every program on this computer can read it, nobody else.")


def reach_words(reach: Reach) -> str:
    """Say what a choice would mean."""
    return {
        Reach.OFF: "",
        Reach.COMPUTER: _(
            "Programs on this computer could read it until the session ends. Does everybody in it agree?"
        ),
        Reach.NETWORK: _(
            "Every computer on this network could read it until the session ends: LSL knows no password. On a network "
            "that you trust only. Does everybody in it agree?"
        ),
    }[reach]


def refusal_to_send(fault: str) -> Advice:
    """Say why nothing is sent, and what to do."""
    texts = {
        "lsl_missing": (
            _("LabStreamingLayer cannot be loaded here, or is too old."),
            _("Everything else works; attune doctor says what to do."),
        ),
        "no_consent": (_("Somebody in this session took the consent back."), _("Ask again, or leave it off.")),
        "not_written": (_("The data folder takes no writing."), _("Free some space, or look at its permissions.")),
    }
    other = (_("The streams could not be opened."), _("The log in the data folder says why."))
    return Advice(*texts.get(fault, other))


def _state_of(seen: StreamSeen) -> tuple[str, str]:
    """Say how a stream goes, with its icon."""
    if not seen.is_on:
        return _("off"), "resting"
    if seen.actual_hz is None:
        return _("quiet"), "resting"
    if not seen.gaps:
        return _("steady"), "clear"
    if seen.gaps == 1:
        return _("1 gap, {age}").format(age=_short(seen.gaps_s)), "faint"
    return _("{n} gaps, {age}").format(n=seen.gaps, age=_short(seen.gaps_s)), "faint"


def _short(seconds: float) -> str:
    return _("{n:.1f} s").format(n=seconds) if seconds < 10.0 else age_words(seconds)
