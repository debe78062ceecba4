# SPDX-License-Identifier: MIT
"""The one error of the reading process."""


class UnreadableError(Exception):
    """A file that is not what it should be; the sentence goes on after the file's name."""
