# SPDX-License-Identifier: MIT
"""The help of the command line: examples that the program takes, and what the shell completes."""

import os
import shlex

import pytest
import typer
from typer.testing import CliRunner

from app.cli.commands import commands
from app.cli.examples import examples_of

GROUP = typer.main.get_group(commands)


@pytest.mark.parametrize("name", sorted(GROUP.commands))
def test_every_command_has_examples_that_it_takes(name: str) -> None:
    _title, *lines = examples_of(name).split("\n\n")
    assert lines
    for line in lines:
        program, command, *words = shlex.split(line.rpartition(": ")[0])
        assert (program, command) == ("attune", name)
        GROUP.commands[name].make_context(name, words)  # raises a usage error where it does not take them


def test_the_examples_stand_below_the_options() -> None:
    told = CliRunner().invoke(
        commands, ["export", "--help"], env={"COLUMNS": "200", "TERM": "dumb"}, prog_name="attune"
    )
    assert told.exit_code == 0
    assert told.stdout.index("--passphrase-file") < told.stdout.index("attune export S-4TQ9Z --to bids")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("attune export S-4TQ9Z --to b", ["bids"]),
        ("attune live d", ["demo"]),
        ("attune anal", ["analyze"]),
        ("attune report S-4TQ9Z --for h", ["handout"]),
    ],
)
def test_the_shell_completes_commands_and_what_an_option_takes(line: str, expected: list[str]) -> None:
    words = line.split()
    asked = {"_ATTUNE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    told = CliRunner().invoke(commands, [], env={**os.environ, **asked}, prog_name="attune")
    assert told.stdout.split() == expected
