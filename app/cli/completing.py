# SPDX-License-Identifier: MIT
"""What the shell completes where an option or argument takes one of a few words."""

from collections.abc import Callable, Sequence


def completing(*words: str) -> Callable[[str], Sequence[str]]:
    """Make what typer asks for completions.

    Parameters
    ----------
    *words : str
        All that can stand there, or how it can begin.
    """

    def complete(incomplete: str) -> Sequence[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete
