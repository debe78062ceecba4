# SPDX-License-Identifier: MIT
"""The commands and their options; what a command needs is imported when it runs, so that help is quick."""

import math
from pathlib import Path
from typing import Annotated

import typer

from app.cli.completing import completing
from app.cli.examples import examples_of
from app.cli.keeping_commands import PassphraseFile
from app.cli.store_commands import add_store_commands
from app.cli.study_commands import add_study_commands
from resources.words import gettext as _

Lines = Annotated[bool, typer.Option("--json", help=_("JSON, one object a line."))]
Beats = Annotated[bool, typer.Option("--beats", help=_("Each beat too, when detected and when confirmed (JSON)."))]

commands = typer.Typer(
    help=_("Attune: the heartbeat of a strap on a live screen, and a breath to follow."),
    epilog="\n\n".join(
        (
            _("attune COMMAND --help says more of a command, with examples; attune doctor says what works here."),
            _("The environment variable ATTUNE_HOME names another folder for the store and the settings."),
            _("Exit codes: 0 fine, 1 not done and standard error says why, 2 the command was not understood."),
        )
    ),
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _say_version(*, is_asked: bool) -> None:
    """Write the version and end."""
    if is_asked:
        from app.cli.lines import write_line
        from app.cli.plain import plainly
        from app.versions import version_of

        with plainly():
            write_line(f"attune {version_of('attune-biofeedback') or _('run from its own folder')}\n")
        raise typer.Exit


@commands.callback(invoke_without_command=True)
def attune(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help=_("Start with the synthetic person."))] = False,
    version: Annotated[bool, typer.Option("--version", help=_("Say which version this is."))] = False,
) -> None:
    """Open the window, or run a command."""
    from app.cli.plain import plainly

    _say_version(is_asked=version)
    if context.invoked_subcommand is not None:
        if demo:
            raise typer.BadParameter(_("opens the window, and goes with no command"), param_hint="--demo")
        return
    with plainly():
        from app.window import run_window

        raise typer.Exit(run_window(is_demo=demo))


@commands.command(
    help=_("Run a session without a window: a live panel, or JSON lines."),
    epilog=examples_of("live"),
)
def live(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE[@PERSON]...",
            help=_(
                "ble:ADDRESS, ble:any, lsl:NAME, lsl:type=TYPE, demo, demo:SEED or file:PATH (in real time). "
                "Where several streams have one name: 'lsl:name=NAME&type=TYPE&source_id=ID', as attune devices says. "
                "Of a BITalino, ?port=A1 to A6 (A3 if not said) and &board=2015 may follow the address."
            ),
            autocompletion=completing("ble:any", "ble:", "lsl:", "lsl:type=", "demo", "file:"),
        ),
    ] = None,
    *,
    seconds: Annotated[float | None, typer.Option(min=0.0, help=_("End after so many seconds."))] = None,
    pace: Annotated[
        float | None, typer.Option(min=4.0, max=12.0, help=_("Start the breathing pacer at so many breaths a minute."))
    ] = None,
    protocol: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help=_("Go through a protocol: resonance_training, touch_and_return, a file."),
            autocompletion=completing("resonance_training", "touch_and_return"),
        ),
    ] = None,
    record: Annotated[bool, typer.Option("--record", help=_("Store the session; asks for consent first."))] = False,
    consent: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE[@PERSON]", help=_("Who agreed before, so that nothing is asked; with --record or --lsl.")
        ),
    ] = None,
    lsl: Annotated[
        bool, typer.Option("--lsl", help=_("Send the session by LSL, to the programs on this computer."))
    ] = False,
    lsl_network: Annotated[
        bool,
        typer.Option("--lsl-network", help=_("Send it to other computers too; everybody must have agreed to that.")),
    ] = False,
    bump: Annotated[
        bool, typer.Option("--bump", help=_("A bump test: tap the sensor and the space bar, ten times; says how late."))
    ] = False,
    go_on: Annotated[
        bool,
        typer.Option(
            "--go-on", help=_("Go on with the session that a crash interrupted, from its own sources if none is given.")
        ),
    ] = False,
    passphrase_file: PassphraseFile = None,
    json: Lines = False,
    beats: Beats = False,
) -> None:
    """Run a session without a window: a live panel, or JSON lines."""
    from app.cli.leading import Leading, protocol_named
    from app.cli.live import Wishes
    from app.cli.live import live as run
    from app.cli.lsl_out import Sending
    from app.cli.plain import plainly
    from app.cli.record import Storing

    sends = lsl or lsl_network
    if consent and not (record or sends):
        raise typer.BadParameter(_("goes with --record or --lsl"), param_hint="--consent")
    if go_on and record:
        raise typer.BadParameter(_("goes without --record: the session is stored already"), param_hint="--go-on")
    if not sources and not go_on:
        raise typer.BadParameter(_("there must be a source, as in: attune live ble:any"), param_hint="SOURCE")
    storing = Storing(consent or (), passphrase_file, goes_on=go_on) if record or go_on else None
    out = Sending(lsl_network, consent or (), passphrase_file) if sends else None
    with plainly():
        leading = Leading(pace, protocol_named(protocol) if protocol else None)
        wishes = Wishes(seconds, leading, as_lines=json, with_beats=beats, storing=storing, out=out, bumps=bump)
        run(sources or (), wishes)


@commands.command(help=_("Run the same path over recordings, merged by time."), epilog=examples_of("replay"))
def replay(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...|SESSION",
            readable=False,
            help=_("CSV, a text of RR intervals, XDF or EDF+; or the code of a stored session, compared with itself."),
        ),
    ],
    *,
    speed: Annotated[str, typer.Option(metavar="max|X", help=_("As fast as it goes, or X times life."))] = "max",
    rest: Annotated[str | None, typer.Option(metavar="A:B", help=_("The seconds of a rest to compare with."))] = None,
    talk: Annotated[str | None, typer.Option(metavar="A:B", help=_("The seconds of a neutral talk."))] = None,
    relax: Annotated[str | None, typer.Option(metavar="A:B", help=_("The seconds of a comfortable time."))] = None,
    clock: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Of an XDF with several clocks: the stream or host to go by."))
    ] = None,
    passphrase_file: PassphraseFile = None,
    json: Lines = False,
    beats: Beats = False,
) -> None:
    """Run the same path over recordings, merged by time."""
    from app.cli.calibrated import calibration, read_span
    from app.cli.plain import plainly
    from app.cli.replay import replay as run

    given = (("--rest", rest), ("--talk", talk), ("--relax", relax))
    session = _stored_session(files)
    if session is not None:
        _replay_session(session, given, passphrase_file, speed=_speed(speed), as_lines=json, with_beats=beats)
        return
    spans = [None if text is None else read_span(text, option) for option, text in given]
    commands = calibration(*spans)
    with plainly():
        run(files, speed=_speed(speed), as_lines=json, with_beats=beats, commands=commands, clock=clock)


@commands.command(
    help=_("List the straps, other sensors and LSL streams in reach."),
    epilog=examples_of("devices"),
)
def devices(
    seconds: Annotated[float, typer.Option(min=0.1, help=_("How long to search."))] = 10.0, json: Lines = False
) -> None:
    """List the straps, other sensors and LSL streams in reach."""
    from app.cli.devices import devices as run
    from app.cli.lines import warn
    from app.cli.plain import plainly
    from app.wiring import Wiring

    with plainly():
        wiring = Wiring()
        warn(wiring.problem)
        run([wiring.search, wiring.search_streams], seconds=seconds, as_lines=json)


@commands.command(help=_("Say what works here, and for each fault its fix."), epilog=examples_of("doctor"))
def doctor(json: Annotated[bool, typer.Option("--json", help=_("One JSON object."))] = False) -> None:
    """Say what works here, and for each fault its fix."""
    from app.cli.examination import show_checks
    from app.cli.plain import plainly
    from app.clock import choose_session_clock
    from app.doctor import examine
    from app.folders import data_folder
    from app.wiring import Wiring

    with plainly():
        wiring = Wiring()
        checks = examine(data_folder(), choose_session_clock(), wiring.search, wiring.problem)
        show_checks(checks, as_lines=json)


add_study_commands(commands)
add_store_commands(commands)


def _stored_session(files: list[Path]) -> str | None:
    """Give the code of a stored session where that is what was asked for."""
    from app.store.codes import is_code, read_code

    code = read_code(str(files[0]), "S")
    return code if len(files) == 1 and is_code(code, "S") and not files[0].exists() else None


def _replay_session(
    session: str,
    given: tuple[tuple[str, str | None], ...],
    passphrase_file: Path | None,
    *,
    speed: float | None,
    as_lines: bool,
    with_beats: bool,
) -> None:
    """Replay a stored session; it has its calibration in it."""
    from app.cli.plain import plainly
    from app.cli.replay_stored import replay_session

    for option, text in given:
        if text is not None:
            raise typer.BadParameter(_("goes with files: a session has its calibration in it"), param_hint=option)
    with plainly():
        is_equal = replay_session(session, passphrase_file, speed=speed, as_lines=as_lines, with_beats=with_beats)
    if not is_equal:
        raise typer.Exit(1)


def _speed(text: str) -> float | None:
    """Read `max` (None) or a number above 0."""
    if text == "max":
        return None
    try:
        speed = float(text)
    except ValueError:
        speed = math.nan
    if not (math.isfinite(speed) and speed > 0):
        raise typer.BadParameter(_("must be max or a number above 0, not {text}").format(text=repr(text)))
    return speed
