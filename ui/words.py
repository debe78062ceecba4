# SPDX-License-Identifier: MIT
"""Reasons and states as sentences: what a person reads, and the one next step.

Law: words speak of the strap, the radio or the file, never of the person; they are looked up when they are shown, so
that the language can be chosen after import. Banned on a client's screen (held by a test): irregular, abnormal, lost,
failed, error, no heart rate, disconnected, artifact.
"""

import re
from dataclasses import dataclass

from dsp.codes import Adherence, Modality, Reason
from dsp.plan import BreathPart
from dsp.stream import Status
from resources.words import gettext as _
from resources.words import number


@dataclass(frozen=True, slots=True)
class Advice:
    """What is the matter, in one sentence, and what to do about it."""

    sentence: str
    step: str


def advice_on(reason: Reason) -> Advice:
    """Turn a reason into a sentence and a next step."""
    numbers = (_of_the_numbers, _of_the_skin, _of_the_window)
    parts = (_of_the_radio, _of_the_sensor, _of_the_stream, *numbers, _of_the_file, _of_the_disk)
    texts = {key: text for part in parts for key, text in part().items()}
    return Advice(*texts[reason])


def clinical_words(reason: Reason) -> str:
    """Say why a number is withheld, to a clinician or a researcher; a client reads `advice_on`."""
    if reason is Reason.UNEVEN_BEATS:
        return _("beats too uneven for variability measures (often the strap; not a rhythm finding)")
    return advice_on(reason).sentence


def advice_about(status: Status) -> Advice:
    """Turn a source that could not go on into a sentence and a next step; for a recording, with its line."""
    advice = advice_on(status.reason or Reason.BLUETOOTH_FAULT)
    line = re.search(r"\bline (\d{1,12})\b", status.detail)  # the only part of a detail that is for these eyes
    if status.reason is not Reason.FILE_MALFORMED or line is None:
        return advice
    return Advice(_("This file stops being a recording in line {line}.").format(line=line.group(1)), advice.step)


def strap_unreadable(*, breathing: bool) -> str:
    """Tell that the strap cannot be read, and that this is not about the person."""
    sentence = _("We can’t read the strap clearly just now. This is about the strap, not about you.")
    return f"{sentence} {_('The breathing goes on.')}" if breathing else sentence


def breath_words(part: BreathPart) -> str:
    """Give the word under the breathing shape."""
    return {
        BreathPart.INHALE: _("breathe in"),
        BreathPart.HOLD_FULL: _("stay a moment"),
        BreathPart.EXHALE: _("breathe out"),
        BreathPart.HOLD_EMPTY: _("rest a moment"),
        BreathPart.REST: _("take your time"),
    }[part]


def following_words(adherence: Adherence | None) -> str:
    """Say quietly how the shape goes on, where the person's own breath leads it; no score."""
    if adherence is None:
        return _("starting where your breath is")
    return {
        Adherence.FOLLOWING: _("going with you"),
        Adherence.NOT_FOLLOWING: _("waiting for you"),
        Adherence.CANNOT_SEE: _("the breath can’t be seen: going on by time"),
    }[adherence]


def clock_words(seconds: float) -> str:
    """Write a duration as m:ss, or h:mm:ss from an hour on."""
    whole = max(int(seconds), 0)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def age_words(seconds: float) -> str:
    """Write an age: seconds up to 99, then minutes and seconds."""
    return _("{n} s").format(n=int(seconds)) if seconds < 100 else clock_words(seconds)


def ratio_words(inhale: float, exhale: float) -> str:
    """Write the proportions of a breath."""
    return f"{number(inhale, 'g')} : {number(exhale, 'g')}"


def origin_words(origin: Modality | None) -> str:
    """Say what the heart is read from."""
    return {
        Modality.ECG: _("beats from the waveform"),
        Modality.RR: _("beats from the strap"),
        Modality.PPG: _("beats from light"),
        Modality.HR: _("the sensor’s own rate"),
    }.get(origin or Modality.RESP, "")


def gives_words(gives: tuple[Modality, ...]) -> str:
    """Say what a sensor can give."""
    names = {
        Modality.RR: _("heartbeats"),
        Modality.HR: _("heart rate"),
        Modality.ECG: _("ECG"),
        Modality.PPG: _("pulse"),
        Modality.EDA: _("skin conductance"),
        Modality.RESP: _("breathing"),
        Modality.ACC: _("movement"),
    }
    shown = [m for m in names if m in gives and not (m is Modality.HR and Modality.RR in gives)]
    words = ", ".join(names[m] for m in shown)
    is_rate_only = Modality.HR in shown and Modality.ECG not in gives
    return _("{words}; not fit for HRV").format(words=words) if is_rate_only else words


def _of_the_radio() -> dict[Reason, tuple[str, str]]:
    return {
        Reason.NO_RADIO: (
            _("This computer has no Bluetooth radio that we can see."),
            _("Plug in a Bluetooth adapter: the search goes on by itself."),
        ),
        Reason.RADIO_OFF: (
            _("Bluetooth is switched off."),
            _("Switch it on in the system’s settings: the search goes on by itself."),
        ),
        Reason.RADIO_DENIED: (
            _("Attune is not allowed to use Bluetooth yet."),
            _("Allow it in the system’s privacy settings: the search goes on by itself."),
        ),
        Reason.NO_BLUETOOTH_SERVICE: (
            _("The system’s Bluetooth service is not running."),
            _("Start it (on Linux: systemctl start bluetooth): the search goes on by itself."),
        ),
        Reason.BLUETOOTH_FAULT: (
            _("Bluetooth gave no clear answer."),
            _("Switch Bluetooth off and on, then look again."),
        ),
        Reason.LSL_MISSING: (
            _("LabStreamingLayer is not installed here."),
            _("Everything else works without it."),
        ),
    }


def _of_the_sensor() -> dict[Reason, tuple[str, str]]:
    return {
        Reason.NOT_FOUND: (_("It is not in reach."), _("Put it on damp skin, near this computer")),
        Reason.HELD_ELSEWHERE: (_("Something else is holding it."), _("Free it from phone or watch")),
        Reason.LINK_LOST: (_("It is out of reach for a moment."), _("Keep it near: we call it again")),
        Reason.BATTERY_EMPTY: (_("Its battery seems to be empty."), _("Put in a new one: we call it again")),
        Reason.OTHER_STRAP: (
            _("Another strap is here, and not the one we began with."),
            _("Connect the one that is worn"),
        ),
        Reason.NO_HEART_RATE_SERVICE: (_("This device shares no heartbeats."), _("Choose a heart strap")),
        Reason.PAIRING_REFUSED: (_("It did not agree to pair."), _("Remove it from the system’s list")),
        Reason.SILENT: (_("It is connected and quiet."), _("Wet the two patches")),
        Reason.NO_CONTACT: (_("It has no skin contact."), _("Wet the two patches")),
        Reason.UNKNOWN_SOURCE: (_("We do not know this kind of source."), _("Choose one from the list")),
    }


def _of_the_stream() -> dict[Reason, tuple[str, str]]:
    nothing_to_do = _("Nothing to do: the gap is marked")
    return {
        Reason.BAD_PACKET: (_("One message could not be read."), _("Nothing to do: the next ones count")),
        Reason.BEATS_LOST: (_("Some heartbeats did not arrive."), _("Keep the strap near this computer")),
        Reason.SAMPLES_LOST: (_("Some samples did not arrive."), _("Keep the sensor near this computer")),
        Reason.CLOCK_JUMP: (_("The sensor’s clock took a leap."), nothing_to_do),
        Reason.SUSPENDED: (_("This computer was asleep."), nothing_to_do),
        Reason.SCREEN_BEHIND: (_("The screen was behind for a moment."), _("Nothing to do: the session is whole")),
        Reason.STREAM_REFUSED: (_("The sensor did not agree to this stream."), _("Free it from phone or watch")),
        Reason.NOT_A_SENSOR: (_("This stream is nothing that a sensor sends."), _("Choose another one")),
        Reason.SEVERAL_STREAMS: (_("Several streams are called so."), _("Give each a name of its own")),
        Reason.NOT_SHARED: (
            _("Nobody in that session agreed to be shown on another computer."),
            _("Ask there; it is shared from its research window, with consent"),
        ),
        Reason.STREAM_UNKNOWN: (_("We do not know what this stream measures."), _("Choose what it measures")),
        Reason.STALE: (_("No fresh heartbeats just now."), _("Wet the two patches")),
    }


def _of_the_numbers() -> dict[Reason, tuple[str, str]]:
    return {
        Reason.NO_RR: (_("This sensor gives a rate only, not each beat."), _("A chest strap gives both")),
        Reason.TOO_FEW_BEATS: (_("Waiting for 20 beats that count."), _("It comes by itself")),
        Reason.TOO_MANY_FLAGGED: (_("Too many beats are set aside just now."), _("Sit easy; wet the two patches")),
        Reason.UNEVEN_BEATS: (
            _("The strap is not read evenly enough for this number."),
            _("Sit easy; wet the two patches"),
        ),
        Reason.GAP_INSIDE: (_("There is a pause in the heartbeats of the last minutes."), _("It comes by itself")),
        Reason.BREATH_IN_LF_BAND: (_("The breath is too slow for this number to mean anything."), _("Nothing to do")),
        Reason.NO_BREATH: (_("The breath cannot be seen in these signals."), _("Nothing to do")),
        Reason.UNSURE: (_("The signals disagree about the breath just now."), _("It comes by itself")),
        Reason.NOT_FIT_FOR_HRV: (_("This sensor gives a heart rate, not its variability."), _("Use a chest strap")),
        Reason.WAVE_UNCLEAR: (_("The waveform cannot be read clearly just now."), _("Sit easy; wet the two patches")),
        Reason.NOT_COMPUTED: (_("Not there yet."), _("It comes by itself")),
        Reason.NO_BASELINE: (_("There is no rest to compare with yet."), _("It comes with the first rest")),
    }


def _of_the_skin() -> dict[Reason, tuple[str, str]]:
    by_itself, sit_still = _("It comes by itself"), _("Rest the hand for a moment")
    return {
        Reason.SETTLING: (_("The skin signal is settling."), by_itself),
        Reason.RATE_TOO_LOW: (_("This sensor measures too seldom for this number."), _("Choose a quicker rate in it")),
        Reason.FLAT: (_("The skin signal stands still."), _("Fasten both finger electrodes")),
        Reason.RAIL: (_("The skin signal is beyond what the sensor can measure."), _("Dry or renew the electrodes")),
        Reason.NOISY: (_("The skin signal is faint."), _("Fasten both finger electrodes")),
        Reason.ARTIFACT: (_("The electrodes moved."), sit_still),
        Reason.MOVING: (_("The hand moves."), sit_still),
        Reason.NO_RESPONSES: (_("The skin signal is clear and quiet."), _("Nothing to do")),
    }


def _of_the_window() -> dict[Reason, tuple[str, str]]:
    by_itself, once_more = _("It comes by itself"), _("Rest once more, sitting easy")
    return {
        Reason.CONDITION: (_("The estimate is off for this person."), _("Nothing to do")),
        Reason.AT_EDGE: (_("At the edge of the window."), _("Nothing to do")),
        Reason.TOO_EARLY: (_("Too early to say."), _("It comes with rests on three days")),
        Reason.WEAK_SIGNAL: (_("The signals are not clear enough."), _("Sit easy; wet the two patches")),
        Reason.CONTRADICTORY: (_("Heart and skin say different things just now."), by_itself),
        Reason.TOO_SHORT: (_("There were too few clear seconds to compare with."), once_more),
        Reason.TOO_BROKEN: (_("The signals broke off too often to compare with."), once_more),
        Reason.WINDOW_OLD: (_("The last window is more than 90 days old."), _("A new rest makes a new one")),
        Reason.REST_OLD: (_("The last rest was more than a month ago."), _("A new one would fit better")),
        Reason.OTHER_SENSORS: (_("The last rest was with other sensors."), _("A new one would fit better")),
        Reason.REST_DIFFERS: (_("Today seems to differ from the usual rest."), _("A new one would tell")),
    }


def _of_the_disk() -> dict[Reason, tuple[str, str]]:
    nothing_to_do = _("Nothing to do: the gap is marked")
    kept = _("The session goes on, and its last 10 minutes are kept: save them elsewhere")
    return {
        Reason.DISK_FULL: (
            _("The disk is full."),
            _("Free some space: recording goes on by itself with the last 10 minutes kept"),
        ),
        Reason.DISK_READ_ONLY: (_("The disk takes no writing."), kept),
        Reason.DISK_GONE: (_("The disk is gone."), kept),
        Reason.DISK_FAULT: (_("The disk reports a fault."), kept),
        Reason.RECORD_DAMAGED: (_("A part of this recording cannot be read."), _("Restore it from a backup")),
        Reason.NOT_RECORDED: (_("The disk took nothing for a while."), nothing_to_do),
        Reason.PROGRAM_STOPPED: (_("Attune stopped and was started again."), nothing_to_do),
    }


def _of_the_file() -> dict[Reason, tuple[str, str]]:
    another = _("Choose another one.")
    return {
        Reason.FILE_MISSING: (_("This file is not there any more."), another),
        Reason.FILE_IS_FOLDER: (_("This is a folder, not a recording."), _("Choose a file inside it.")),
        Reason.FILE_DENIED: (_("This file may not be read by you."), _("Change its permissions, or choose another.")),
        Reason.FILE_EMPTY: (_("This file is empty."), another),
        Reason.FILE_MALFORMED: (
            _("This file cannot be read as a recording."),
            _("CSV with a header, or a text of RR intervals, one a line, can be read."),
        ),
    }
