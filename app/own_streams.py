# SPDX-License-Identifier: MIT
"""Our own LSL streams, as a search for streams knows them: nobody's sensors."""


class OwnStreams:
    """What our own streams' source ids begin with while they are sent, so that no search shows them as sensors."""

    def __init__(self) -> None:
        self.beginning = ""

    def has(self, source_id: str) -> bool:
        """Tell whether a stream with this source id is our own."""
        return bool(self.beginning) and source_id.startswith(self.beginning)
