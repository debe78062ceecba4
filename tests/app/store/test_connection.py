# SPDX-License-Identifier: MIT
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from app.store.connection import address_of


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PureWindowsPath(r"C:\Users\Ana Ruiz\S-4TQ9Z\client.db"), "file:///C:/Users/Ana%20Ruiz/S-4TQ9Z/client.db"),
        (PureWindowsPath(r"\\server\share\client.db"), "file://server/share/client.db"),
        (PurePosixPath("/home/ana/50% #1?/client.db"), "file:///home/ana/50%25%20%231%3F/client.db"),
    ],
)
def test_a_path_becomes_an_address_on_every_system(path: PurePosixPath | PureWindowsPath, address: str) -> None:
    assert address_of(path) == address
