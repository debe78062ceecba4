# SPDX-License-Identifier: MIT
"""The codes of the vocabulary: closed lists that travel with the data in place of prose.

`dsp/stream.py` has the values that carry them. A screen turns a code into a sentence and a next step.
"""

from enum import StrEnum

BUMP = "bump"
"""The type of the markers that go with the taps of a bump test (dsp/bump.py)."""

TAPS = 10
"""How many taps make a bump test."""


class Modality(StrEnum):
    """What a chunk's samples measure; the unit belongs to the modality."""

    ECG = "ecg"  # millivolt
    RR = "rr"  # milliseconds between two beats; its time is the second beat
    HR = "hr"  # beats per minute, as the device states it
    PPG = "ppg"  # arbitrary units
    EDA = "eda"  # microsiemens
    ACC = "acc"  # mg, three columns
    RESP = "resp"  # arbitrary units


class SensorKind(StrEnum):
    """What a sensor is to the person who puts it on."""

    STRAP = "strap"  # round the chest
    ARM_BAND = "arm_band"  # light on the arm
    SKIN = "skin"  # electrodes on fingers, palm or wrist
    STREAM = "stream"  # an LSL stream that another program sends


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


class Channel(StrEnum):
    """What the arousal estimate is made of."""

    H = "h"  # heart rate
    S = "s"  # skin conductance level
    D = "d"  # its change against the last 10 min
    R = "r"  # skin conductance responses
    V = "v"  # variability: shown, not counted


class CalibrationStep(StrEnum):
    """Where a calibration is, or what a person asks of it."""

    FELT = "felt"  # how it is now: state, level
    SETTLE = "settle"
    REST = "rest"
    TALK = "talk"
    COMFORTABLE = "comfortable"
    SKIP = "skip"  # go on without this step
    REPEAT = "repeat"  # this step, or the last one, anew
    DONE = "done"
    AGAINST = "against"  # the reference that holds: "usual" or "today"
    BACK = "back"  # have the calibration back that was before the last one
    REFUSED = "refused"  # what was gathered is no window; why says it


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
    BATTERY_EMPTY = "battery_empty"  # the link was lost, and the battery had 5 % at most
    OTHER_STRAP = "other_strap"  # of any strap: the one that was heard is away, and another one is in reach
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
    CONDITION = "condition"  # the person has one for which the index is off
    AT_EDGE = "at_edge"  # too near a bound to say on which side
    TOO_EARLY = "too_early"  # below the window is not told before the person is known
    WEAK_SIGNAL = "weak_signal"  # the channels together are not clear enough
    CONTRADICTORY = "contradictory"  # heart and skin say opposite things
    TOO_SHORT = "too_short"  # fewer clean seconds than a calibration needs
    TOO_BROKEN = "too_broken"  # too small a share of a calibration was clean
    WINDOW_OLD = "window_old"  # a window of more than 90 days ago
    REST_OLD = "rest_old"  # the last rest is more than 30 days ago
    OTHER_SENSORS = "other_sensors"  # than those that the last rest was measured with
    REST_DIFFERS = "rest_differs"  # the arrival lies further from the usual rest than days do as a rule
    WAVE_UNCLEAR = "wave_unclear"  # the ECG that beats are taken from cannot be read
    FILE_MISSING = "file_missing"
    FILE_IS_FOLDER = "file_is_folder"
    FILE_DENIED = "file_denied"
    FILE_EMPTY = "file_empty"
    FILE_MALFORMED = "file_malformed"
    UNKNOWN_SOURCE = "unknown_source"
    LSL_MISSING = "lsl_missing"
    STREAM_REFUSED = "stream_refused"  # a device that does not give what it is asked for
    NOT_A_SENSOR = "not_a_sensor"  # an LSL stream that no sensor can be
    SEVERAL_STREAMS = "several_streams"  # an address that more than one LSL stream answers to
    DISK_FULL = "disk_full"
    DISK_READ_ONLY = "disk_read_only"
    DISK_GONE = "disk_gone"  # the disk or the session's folder was taken away
    DISK_FAULT = "disk_fault"
    RECORD_DAMAGED = "record_damaged"  # what was stored cannot be read any more
    NOT_RECORDED = "not_recorded"  # the disk took nothing for longer than can be kept in memory
    PROGRAM_STOPPED = "program_stopped"  # Attune, or the computer, stopped and the session went on later
    NOT_SHARED = "not_shared"  # another Attune's session in which nobody agreed to be looked on
    STREAM_UNKNOWN = "stream_unknown"  # an LSL stream that does not say what it measures, or in which unit


class NoticeCode(StrEnum):
    """What a notice is about; its values say the rest."""

    BATTERY = "battery"  # percent
    CONTACT = "contact"  # on: bool
    DEVICE = "device"  # maker, model, serial, firmware
    BODY_LOCATION = "body_location"  # location: str
    RESPONSE_RULE = "response_rule"  # least_microsiemens: the smallest skin response that counts on this device
    NO_RR = "no_rr"  # the device sends a rate but no intervals
    BAD_PACKET = "bad_packet"  # hex
    STREAM_REFUSED = "stream_refused"  # modality, detail: the device gives the rest of what it can, and not this
    SYNTHETIC = "synthetic"  # the person is made up
    PULSE_INTERVALS = "pulse_intervals"  # fit_for_hrv: bool; the intervals are of pulses in the skin
    TAPPED_TWICE = "tapped_twice"  # its wearer tapped it twice; from a source that belongs to nobody
    WINDOW = "window"  # lower, upper: the bounds that hold from now on, without what a slow settling takes them along
    OFFSET = "offset"  # modality, median_s, low_s, high_s, taps: how late a stream is, by a bump test (dsp/bump.py)
    REST_WANTED = "rest_wanted"  # why: str; the window holds, and a new rest would make a better one


class Action(StrEnum):
    """What a person decided; each changes the computing, so each is data."""

    PACE = "pace"  # breaths_per_min, inhale, exhale, hold_full, hold_empty: start, or glide there; closed_loop, floor
    PAUSE = "pause"
    RESUME = "resume"
    TOO_SLOW = "too_slow"
    STOP_CUES = "stop_cues"
    OFFER = "offer"  # offer, is_breath: something that may help, handed to the person
    ANSWER = "answer"  # offer, answer: yes, no or done; instead_of: what was offered, where another thing was taken up
    STEP = "step"  # index, of, name, minutes, opens_after_s: where a protocol is, and what the next step waits for
    RESONANCE = "resonance"  # way: stepped, sliding or recheck; about, seed: a pace in steps, and what it finds;
    # way: known (of an earlier session) or chosen (by the person); best: the rate at which a pace comes to rest
    ASSIGN = "assign"  # source, to
    CALIBRATE = "calibrate"  # step, seconds; with FELT: state, level; with AGAINST: reference
    BASELINE = "baseline"  # a stored one: `dsp.baseline.Baseline.to_values`
    BOUNDS = "bounds"  # upper, lower, reason; or revert
    CONDITION = "condition"  # name, on: a condition of the person, or "no_breath_cues"
    FELT = "felt"  # rating; when: before or after, of the session as a whole
    CARD = "card"  # card, kind, words, picture: one of the person's own among what may be offered; without words, gone
    SENSED = "sensed"  # word: what the person notices of themselves, in one of their words
    LANE = "lane"  # words: the person's own words for that, one a line
    KIND_WORDS = "kind_words"  # words: to themselves, for the next start; without words there are none
    VIEW = "view"  # style, guide, sound, sees, pace, sources: how the person has their screen, for the next start


class Adherence(StrEnum):
    """Whether the breath follows the pacer, over the last 6 breaths."""

    FOLLOWING = "following"
    NOT_FOLLOWING = "not_following"
    CANNOT_SEE = "cannot_see"  # the person is trusted


class CueQuestion(StrEnum):
    """What a cue asks, for a screen to say kindly."""

    STAY_HERE = "stay_here"  # the pace went back twice: shall we stay here?
    DROP_IT = "drop_it"  # arousal rises while the person follows: drop the pacer?


class CueKind(StrEnum):
    """What is offered now."""

    SILENCE = "silence"
    BREATH = "breath"
    PAUSED = "paused"
