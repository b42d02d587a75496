"""The terminal as a channel: what is said is collected for whoever prints it."""

from __future__ import annotations

from kpbot.model import Message, Outbound


class TerminalChannel:
    """Messages to the person at the terminal."""

    name = "terminal"
    repeats_show = True

    def __init__(self) -> None:
        """Nothing was said yet."""
        self.said: list[Outbound] = []

    async def send(self, address: str, message: Message) -> None:  # noqa: ARG002 (one person)
        """The message can be taken from `said`."""
        if isinstance(message, Outbound):
            self.said.append(message)

    def take(self) -> list[Outbound]:
        """What was said since the last call."""
        said, self.said = self.said, []
        return said
