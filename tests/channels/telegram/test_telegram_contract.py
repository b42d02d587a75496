"""Telegram does what every channel must do."""

from __future__ import annotations

import pytest
from bot_running import Talk

from channels.contract import ChannelContract

pytestmark = pytest.mark.slow


class TestTelegram(ChannelContract):
    @pytest.fixture
    def talk(self, talk: Talk) -> Talk:
        return talk

    def test_a_long_text_arrives_whole(self, talk: Talk) -> None:
        """Telegram itself drops the white space at both ends of a message."""
        long = "".join(f"{number:>7}" for number in range(1500))
        assert " ".join(talk.deliver(long)).split() == long.split()
