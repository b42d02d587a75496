"""The vocabulary as JSON and back."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from kpbot.model import Content, Conversation, Message


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def conversation_to_json(conversation: Conversation) -> str:
    """The conversation as JSON text."""
    return _adapter(Conversation).dump_json(conversation).decode()


def conversation_from_json(text: str) -> Conversation:
    """The conversation that was kept. Raises pydantic.ValidationError if it is none."""
    conversation: Conversation = _adapter(Conversation).validate_json(text)
    return conversation


def tagged(item: Content | Message) -> dict[str, Any]:
    """The item as a JSON object that names its type."""
    kind: Any = type(item)
    data: dict[str, Any] = _adapter(kind).dump_python(item, mode="json")
    return {"type": kind.__name__, **data}


def message_from(data: dict[str, Any]) -> Message:
    """The message that was kept."""
    kinds = {kind.__name__: kind for kind in get_args(Message)}
    fields = {key: value for key, value in data.items() if key != "type"}
    message: Message = _adapter(kinds[data["type"]]).validate_python(fields)
    return message
