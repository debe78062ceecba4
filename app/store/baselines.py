# SPDX-License-Identifier: MIT
"""The rests that a person's calibrations found, and the rate that their resonance assessment found, session by session.

They are what "start as last time" begins with. Law: sealed with the person's own key, so that they go with it; one
calibration a session, the last; of a session that is deleted none stays.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from app.store.vault_settings import VaultSettings
from app.store.wishes import AUTHOR as AUTHOR  # noqa: PLC0414  # the commands of both are told by one
from app.store.wishes import Wishes, WishesTold
from dsp.baseline import Baseline
from dsp.codes import Action
from dsp.finding import Resonance
from dsp.stream import Command, Frame, Value

if TYPE_CHECKING:
    from app.store.vault import Vault

BASELINES, RESONANCES = "baselines", "resonances"
"""The settings of a person that hold them, each a JSON text."""

_MOST = 12  # sessions, as many as count (dsp/arousal/held.py)
_DAY_S = 86400.0


@dataclass(frozen=True, slots=True)
class Kept:
    """What one session found: when (seconds since 1970 UTC), and its values."""

    session: str
    t_utc_s: float
    values: Mapping[str, Value]

    def age_days(self, now_utc_s: float) -> int:
        """Tell how many whole days ago that was."""
        return max(int((now_utc_s - self.t_utc_s) // _DAY_S), 0)


class Baselines:
    """What calibrations and assessments found, in one vault.

    Parameters
    ----------
    settings : VaultSettings
        Keeps it among each person's own settings.
    """

    def __init__(self, settings: VaultSettings) -> None:
        self._settings = settings

    def keep(self, code: str, session: str, t_utc_s: float, baseline: Baseline) -> None:
        """Keep a finished calibration of a person's session; it takes the place of an earlier one of that session."""
        self._add(BASELINES, code, Kept(session, t_utc_s, dict(baseline.to_values())))

    def keep_rate(self, code: str, session: str, t_utc_s: float, found: Resonance) -> None:
        """Keep what a resonance assessment found; nothing where the heart was not seen to answer."""
        if found.assessment is not None and found.assessment.is_seen:
            best, second = found.assessment.best, found.assessment.second
            values = {"best": best, "second": second, "certainty": found.assessment.certainty}
            self._add(RESONANCES, code, Kept(session, t_utc_s, values))

    def choose_rate(self, code: str, session: str, t_utc_s: float, breaths_per_min: float) -> None:
        """Keep the rate that a person chose for themselves; it takes the place of what the session found best."""
        found = next((one.values for one in self.rates(code) if one.session == session), {})
        self._add(RESONANCES, code, Kept(session, t_utc_s, {**found, "best": breaths_per_min}))

    def of(self, code: str) -> tuple[Kept, ...]:
        """Give a person's baselines, the oldest first."""
        return self._read(BASELINES, code)

    def rates(self, code: str) -> tuple[Kept, ...]:
        """Give what a person's resonance assessments found, the oldest first."""
        return self._read(RESONANCES, code)

    def best_rate(self, code: str) -> float | None:
        """Give the rate that the newest assessment found, breaths a minute: where a pace may come to rest."""
        newest = self.rates(code)[-1:]
        return float(newest[0].values["best"]) if newest else None

    def commands(
        self, code: str, person: str, t: float, now_utc_s: float, before_utc_s: float = math.inf
    ) -> Sequence[Command]:
        """Give a person's baselines, the oldest first, and their rate as the commands with which a session starts.

        Parameters
        ----------
        code, person : str
            Whose, and by which name the items use.
        t : float
            The session clock's time.
        now_utc_s : float
            Wall time, seconds since 1970 UTC.
        before_utc_s : float
            What was found later does not count.
        """
        rests = [one for one in self.of(code) if one.t_utc_s < before_utc_s]
        rates = [one for one in self.rates(code) if one.t_utc_s < before_utc_s]
        aged = [{**one.values, "age_days": one.age_days(now_utc_s)} for one in rests]
        commands = [Command(t, Action.BASELINE, AUTHOR, person, tuple(values.items())) for values in aged]
        for newest in rates[-1:]:
            told = {"way": "known", **newest.values, "age_days": newest.age_days(now_utc_s)}
            commands.append(Command(t, Action.RESONANCE, AUTHOR, person, tuple(told.items())))
        return commands

    def forget(self, code: str, session: str) -> None:
        """Keep nothing more of what a session found."""
        for name in (BASELINES, RESONANCES):
            kept = self._read(name, code)
            if any(one.session == session for one in kept):
                self._write(name, code, [one for one in kept if one.session != session])

    def move(self, session: str, before: str, code: str) -> None:
        """Give what a session found to the person whose it is."""
        for name in (BASELINES, RESONANCES):
            for one in self._read(name, before):
                if one.session == session:
                    self._add(name, code, one)
        self.forget(before, session)

    def _add(self, name: str, code: str, new: Kept) -> None:
        kept = [one for one in self._read(name, code) if one.session != new.session]
        self._write(name, code, sorted([*kept, new], key=lambda one: one.t_utc_s)[-_MOST:])

    def _read(self, name: str, code: str) -> tuple[Kept, ...]:
        text = self._settings.all(code).get(name)
        rows = cast("list[tuple[str, float, dict[str, Value]]]", json.loads(text)) if isinstance(text, str) else []
        return tuple(Kept(session, t_utc_s, values) for session, t_utc_s, values in rows)

    def _write(self, name: str, code: str, kept: Iterable[Kept]) -> None:
        self._settings.set(name, json.dumps([(one.session, one.t_utc_s, dict(one.values)) for one in kept]), code)


class Findings:
    """A sink that gathers what a running session finds; `keep` puts that of the stored persons into the vault."""

    def __init__(self) -> None:
        self._baselines: dict[str, Baseline] = {}
        self._rates: dict[str, Resonance] = {}
        self._chosen: dict[str, float] = {}
        self._wishes = WishesTold()

    def put(self, frame: Frame) -> None:
        """Take what the frame finds; the newest of each person counts."""
        for value in (*frame.baselines, *frame.resonances, frame.item):
            self.take(value)

    def take(self, value: object) -> None:
        """Take a value or an item of a session; a baseline of an earlier day that is had back leaves none of today."""
        if isinstance(value, Baseline):
            self._take_rest(value)
        elif isinstance(value, Resonance):
            self._rates[value.person] = value
        elif isinstance(value, Command):
            self._wishes.take(value)
            self._choose(value)

    def keep(self, vault: "Vault", session: str) -> None:
        """Keep what was found of those who still agree; waits for the disk, so not on the session's event loop.

        Parameters
        ----------
        vault : Vault
            The open store.
        session : str
            The session's code.
        """
        persons = {*self._baselines, *self._rates, *self._chosen, *self._wishes.told}
        if not persons:
            return
        head = vault.sessions.entry(session).head
        for person, code in head.codes.items():
            self._keep_of(person, vault, (code, session, head.started_utc_s))

    def _keep_of(self, person: str, vault: "Vault", place: tuple[str, str, float]) -> None:
        """Keep what was found of one person; `place` is their code, the session and when it began."""
        if person in self._baselines:
            vault.baselines.keep(*place, self._baselines[person])
        if person in self._rates:
            vault.baselines.keep_rate(*place, self._rates[person])
        if person in self._chosen:
            vault.baselines.choose_rate(*place, self._chosen[person])
        if told := self._wishes.told.get(person):
            Wishes(vault.settings).keep(place[0], told)

    def _take_rest(self, rest: Baseline) -> None:
        before = self._baselines.pop(rest.person, None)
        if before is None or before.channels != rest.channels:  # more than a step added to the same rest
            self._wishes.revert_bounds(rest.person, rest.t)
        if rest.age_days == 0:
            self._baselines[rest.person] = rest

    def _choose(self, command: Command) -> None:
        values = dict(command.values)
        best = values.get("best")
        if command.action is Action.RESONANCE and values.get("way") == "chosen" and isinstance(best, float | int):
            self._chosen[command.person] = float(best)
