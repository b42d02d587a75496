"""The vocabulary survives the way into JSON and back."""

import json
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kpbot.model import (
    Answer,
    Attached,
    Card,
    Content,
    Conversation,
    Draft,
    Due,
    Edited,
    Letter,
    Notification,
    Opened,
    Outbound,
    Pressed,
    Said,
    Selected,
)
from kpbot.store.codec import (
    conversation_from_json,
    conversation_to_json,
    message_from,
    tagged,
)
from walk import NOW

ANSWERS = st.dictionaries(st.text(max_size=4), st.from_type(Answer), max_size=3)
DRAFTS = st.dictionaries(
    st.text(max_size=4), st.builds(Draft, answers=ANSWERS, parked=ANSWERS), max_size=2
)


@settings(max_examples=25)
@given(st.builds(Conversation, drafts=DRAFTS))
def test_a_conversation_comes_back_as_it_was(conversation: Conversation) -> None:
    assert conversation_from_json(conversation_to_json(conversation)) == conversation


@pytest.mark.parametrize("kind", [Outbound, Letter, Card])
@settings(max_examples=25)
@given(st.data())
def test_a_message_comes_back_as_it_was(kind: type, data: st.DataObject) -> None:
    message = data.draw(st.from_type(kind))
    kept = json.loads(json.dumps(tagged(message)))
    assert kept["type"] == kind.__name__
    assert message_from(kept) == message


def test_a_notification_comes_back_as_it_was() -> None:
    data = {"state": "open", "advisor": None, "record": {"topics": ["a"], "population": 12}}
    news = Notification("case.opened", "KP-23456", NOW, data)
    assert message_from(json.loads(json.dumps(tagged(news)))) == news


@pytest.mark.parametrize("kind", get_args(Content))
@settings(max_examples=25)
@given(st.data())
def test_a_content_comes_back_as_it_was(kind: type, data: st.DataObject) -> None:
    content = data.draw(st.from_type(kind))
    kept = json.loads(json.dumps(tagged(content)))
    assert kept.pop("type") == kind.__name__
    assert TypeAdapter(kind).validate_python(kept) == content


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (Opened(), {"type": "Opened"}),
        (Said("hallo"), {"type": "Said", "text": "hallo"}),
        (Edited("hallo"), {"type": "Edited", "text": "hallo"}),
        (
            Pressed(3, "group", "media"),
            {
                "type": "Pressed",
                "turn": 3,
                "question": "group",
                "choice": "media",
                "conversation": "",
            },
        ),
        (
            Selected(3, "topics", ("a", "b")),
            {
                "type": "Selected",
                "turn": 3,
                "question": "topics",
                "choices": ["a", "b"],
                "conversation": "",
            },
        ),
        (Attached("photo", "hallo"), {"type": "Attached", "kind": "photo", "text": "hallo"}),
        (Due("expire:intake"), {"type": "Due", "timer": "expire:intake"}),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_content_is_kept_under_the_names_of_its_fields(content: Content, kept: dict) -> None:
    assert tagged(content) == kept


@pytest.mark.parametrize("data", [{}, {"type": "Said", "text": "x"}, {"type": "Outbound"}])
def test_what_is_no_message_is_an_error(data: dict) -> None:
    with pytest.raises((KeyError, ValueError)):
        message_from(data)


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "{}", '{"id": 1}'])
def test_what_is_no_conversation_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="Conversation"):
        conversation_from_json(text)
