# SPDX-License-Identifier: MIT
"""The codes of the vocabulary: closed lists that travel with the data in place of prose.

`dsp/stream.py` has the values that carry them. A screen turns a code into a sentence and a next step.
"""

from enum import StrEnum


class Modality(StrEnum):
    """What a chunk's samples measure; the unit belongs to the modality."""

    ECG = "ecg"  # millivolt
    RR = "rr"  # milliseconds between two beats; its time is the second beat
    HR = "hr"  # beats per minute, as the device states it
    PPG = "ppg"  # arbitrary units
    EDA = "eda"  # microsiemens
    ACC = "acc"  # mg, three columns
    RESP = "resp"  # arbitrary units


class Verdict(StrEnum):
    """What is known of a beat's interval."""

    PROVISIONAL = "provisional"
    NORMAL = "normal"
    ECTOPIC = "ectopic"
    MISSED = "missed"
    EXTRA = "extra"
    IMPLAUSIBLE = "implausible"
    AFTER_GAP = "after_gap"


class Zone(StrEnum):
    """Where the arousal estimate lies in the person's own window: an estimate, never a diagnosis."""

    ABOVE = "above"
    WITHIN = "within"
    BELOW = "below"
    UNKNOWN = "unknown"


class SourceState(StrEnum):
    """The life of a source, from nothing to samples and back."""

    IDLE = "idle"
    SCANNING = "scanning"
    CONNECTING = "connecting"
    DISCOVERING = "discovering"
    SUBSCRIBING = "subscribing"
    STREAMING = "streaming"
    STALE = "stale"
    RECONNECTING = "reconnecting"
    FAILED = "failed"
    STOPPED = "stopped"


class Reason(StrEnum):
    """Why something is missing, refused or withheld; a screen turns it into a sentence and a next step."""

    NO_RADIO = "no_radio"
    RADIO_OFF = "radio_off"
    RADIO_DENIED = "radio_denied"
    NO_BLUETOOTH_SERVICE = "no_bluetooth_service"
    NOT_FOUND = "not_found"
    HELD_ELSEWHERE = "held_elsewhere"
    LINK_LOST = "link_lost"
    NO_HEART_RATE_SERVICE = "no_heart_rate_service"
    PAIRING_REFUSED = "pairing_refused"
    BLUETOOTH_FAULT = "bluetooth_fault"
    BAD_PACKET = "bad_packet"
    SILENT = "silent"
    NO_CONTACT = "no_contact"
    BEATS_LOST = "beats_lost"
    SAMPLES_LOST = "samples_lost"
    CLOCK_JUMP = "clock_jump"
    SUSPENDED = "suspended"
    SCREEN_BEHIND = "screen_behind"
    NO_RR = "no_rr"
    TOO_FEW_BEATS = "too_few_beats"
    TOO_MANY_FLAGGED = "too_many_flagged"
    UNEVEN_BEATS = "uneven_beats"  # beats too uneven for variability measures: often the strap, not a finding
    STALE = "stale"
    NOT_COMPUTED = "not_computed"
    NO_BASELINE = "no_baseline"
    SETTLING = "settling"  # too little of the signal yet
    RATE_TOO_LOW = "rate_too_low"  # too few samples a second
    FLAT = "flat"  # the signal stands still
    RAIL = "rail"  # beyond what the sensor can measure
    NOISY = "noisy"
    ARTIFACT = "artifact"  # the signal moves as its source cannot
    MOVING = "moving"  # the same, together with motion
    NO_RESPONSES = "no_responses"  # a clear skin signal without one response
    GAP_INSIDE = "gap_inside"  # data are missing within the window
    BREATH_IN_LF_BAND = "breath_in_lf_band"  # breathing below 9/min: the bands do not mean what they are called
    NO_BREATH = "no_breath"  # neither a pacer nor a clear breath to measure against
    UNSURE = "unsure"  # the signals do not agree on one answer
    NOT_FIT_FOR_HRV = "not_fit_for_hrv"  # pulse intervals of light: good for a rate, not for variability
    FILE_MISSING = "file_missing"
    FILE_IS_FOLDER = "file_is_folder"
    FILE_DENIED = "file_denied"
    FILE_EMPTY = "file_empty"
    FILE_MALFORMED = "file_malformed"
    UNKNOWN_SOURCE = "unknown_source"
    LSL_MISSING = "lsl_missing"
    STREAM_REFUSED = "stream_refused"  # a device that does not give what it is asked for
    NOT_A_SENSOR = "not_a_sensor"  # an LSL stream that no sensor can be
    STREAM_UNKNOWN = "stream_unknown"  # an LSL stream that does not say what it measures, or in which unit


class NoticeCode(StrEnum):
    """What a notice is about; its values say the rest."""

    BATTERY = "battery"  # percent
    CONTACT = "contact"  # on: bool
    DEVICE = "device"  # maker, model, serial, firmware
    BODY_LOCATION = "body_location"  # location: str
    NO_RR = "no_rr"  # the device sends a rate but no intervals
    BAD_PACKET = "bad_packet"  # hex
    STREAM_REFUSED = "stream_refused"  # modality, detail: the device gives the rest of what it can, and not this
    SYNTHETIC = "synthetic"  # the person is made up
    PULSE_INTERVALS = "pulse_intervals"  # fit_for_hrv: bool; the intervals are of pulses in the skin


class Action(StrEnum):
    """What a person decided; each changes the computing, so each is data."""

    PACE = "pace"  # breaths_per_min, inhale, exhale, hold_full, hold_empty: start, or glide there
    PAUSE = "pause"
    RESUME = "resume"
    TOO_SLOW = "too_slow"
    STOP_CUES = "stop_cues"
    ASSIGN = "assign"  # source, to


class CueKind(StrEnum):
    """What is offered now."""

    SILENCE = "silence"
    BREATH = "breath"
    PAUSED = "paused"
