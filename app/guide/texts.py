# SPDX-License-Identifier: MIT
"""Texts that a clinic writes into its own files: washed, of a bounded length, and never empty."""

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from sensors.foreign_text import clean_text


def visible(name: str, *, most: int = 64) -> AfterValidator:
    """Give what makes a text one that can be shown.

    Parameters
    ----------
    name : str
        What the refusal calls it.
    most : int
        Characters at most.
    """

    def washed(text: str) -> str:
        words = clean_text(text, most=most)
        if not words:
            raise PydanticCustomError(name, "must have a visible character")
        return words

    return AfterValidator(washed)
