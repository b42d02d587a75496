"""The advisors' bot: cases as cards in their chat, worked on where they are read."""

from kpbot.channels.staff.channel import Act, StaffChannel

__all__ = ["Act", "StaffChannel"]
