"""Text as Telegram sees it: lengths in UTF-16 units, entities, HTML; and its refusals."""

from __future__ import annotations

import re
from html import unescape

from bot_api.params import Params
from bot_api.world import Raw, bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?")
_MENTION = re.compile(r"(?<!\w)@[A-Za-z0-9_]{3,32}")
_NAMES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "tg-spoiler": "spoiler",
    "blockquote": "blockquote", "span": "spoiler",
}  # fmt: skip


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def said_entities(text: str) -> list[Raw]:
    """What Telegram finds itself in the text of a person: commands and mentions."""
    commands = _found("bot_command", _COMMAND, text)
    inside = {at for command in commands for at in range(command["offset"], _end(command))}
    mentions = [each for each in _found("mention", _MENTION, text) if each["offset"] not in inside]
    return sorted(commands + mentions, key=lambda entity: int(entity["offset"]))


def _found(kind: str, pattern: re.Pattern[str], text: str) -> list[Raw]:
    return [
        {"type": kind, "offset": units(text[: hit.start()]), "length": units(hit[0])}
        for hit in pattern.finditer(text)
    ]


def _end(entity: Raw) -> int:
    return int(entity["offset"]) + int(entity["length"])


def formatted(params: Params, name: str, longest: int, entities_name: str) -> tuple[str, list[Raw]]:
    """The text of a call and its entities, trimmed. Raises Refused."""
    text = params.text(name)
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, entities = from_html(text)
    elif mode in {"markdownv2", "markdown"}:
        text, entities = from_markdown(text)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        entities = _checked(text, params.values.get(entities_name, []))
    trimmed = text.lstrip()
    dropped = units(text) - units(trimmed)
    trimmed = trimmed.rstrip()
    if units(trimmed) > longest:
        raise bad_request(
            "message is too long" if name == "text" else "message caption is too long"
        )
    return trimmed, _moved(entities, dropped, units(trimmed))


def _moved(entities: list[Raw], dropped: int, length: int) -> list[Raw]:
    """The entities of the trimmed text; those that covered only what was cut are gone."""
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - dropped)
        end = min(length, entity["offset"] + entity["length"] - dropped)
        if start < end:
            moved.append({**entity, "offset": start, "length": end - start})
    return sorted(moved, key=lambda entity: (entity["offset"], -entity["length"]))


def _checked(text: str, entities: object) -> list[Raw]:
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array")
    encoded = text.encode("utf-16-le")
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse entities: expected an object with a type")
        start, length = entity.get("offset"), entity.get("length")
        if not isinstance(start, int) or not isinstance(length, int) or start < 0 or length <= 0:
            raise bad_request("can't parse entities: invalid offset or length")
        end = start + length
        if end > len(encoded) // 2:
            raise bad_request("can't parse entities: entity ends after the text")
        if any(0xDC <= encoded[2 * at + 1] <= 0xDF for at in (start, end) if 2 * at < len(encoded)):
            raise bad_request("can't parse entities: entity cuts a UTF-16 surrogate pair")
    return [dict(entity) for entity in entities]


def from_html(source: str) -> tuple[str, list[Raw]]:
    """Text and entities of HTML. Raises Refused where tags are unknown or badly nested."""
    text = ""
    entities: list[Raw] = []
    opened: list[tuple[str, Raw]] = []
    at = 0
    for tag in re.finditer(r"<(/?)([A-Za-z-]*)([^>]*)(>?)", source):
        text += unescape(source[at : tag.start()])
        at = tag.end()
        offset = len(source[: tag.start()].encode())
        name = tag[2].lower()
        if not tag[4]:
            raise bad_request(f"can't parse entities: Unclosed start tag at byte offset {offset}")
        if tag[1]:
            entities.extend(_ended(opened, name, offset, text))
        elif name not in _NAMES:
            raise bad_request(
                f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}'
            )
        else:
            opened.append((name, {"type": _NAMES[name], "offset": units(text), **_link(tag[3])}))
    if opened:
        raise bad_request(
            "can't parse entities: Can't find end tag corresponding to start tag "
            f'"{opened[-1][0]}"'
        )
    return text + unescape(source[at:]), entities


def _link(attributes: str) -> Raw:
    found = re.search(r"""href\s*=\s*["']?([^"'\s>]+)""", attributes)
    return {"url": unescape(found[1])} if found else {}


def _ended(opened: list[tuple[str, Raw]], name: str, offset: int, text: str) -> list[Raw]:
    if not opened:
        raise bad_request(f"can't parse entities: Unexpected end tag at byte offset {offset}")
    begun, entity = opened.pop()
    if name not in {"", begun}:
        raise bad_request(
            f"can't parse entities: Unmatched end tag at byte offset {offset}, "
            f'expected "</{begun}>", found "</{name}>"'
        )
    length = units(text) - entity["offset"]
    return [{**entity, "length": length}] if length else []


_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler",
          "`": "code"}  # fmt: skip
_RESERVED = set("[]()>#+-=|{}.!~*_`")


def from_markdown(source: str) -> tuple[str, list[Raw]]:
    """Text and entities of MarkdownV2 without links. Raises Refused as Telegram does."""
    text = ""
    entities: list[Raw] = []
    opened: list[tuple[str, int, int]] = []
    at = 0
    while at < len(source):
        mark = next((m for m in ("__", "||", "*", "_", "~", "`") if source.startswith(m, at)), "")
        offset = len(source[:at].encode())
        if source[at] == "\\" and at + 1 < len(source):
            text += source[at + 1]
            at += 2
        elif mark:
            if opened and opened[-1][0] == mark:
                _, start, _ = opened.pop()
                length = units(text) - start
                entities.append({"type": _MARKS[mark], "offset": start, "length": length})
            else:
                opened.append((mark, units(text), offset))
            at += len(mark)
        elif source[at] in _RESERVED:
            raise bad_request(
                f"can't parse entities: Character '{source[at]}' is reserved "
                "and must be escaped with the preceding '\\'"
            )
        else:
            text += source[at]
            at += 1
    if opened:
        mark, _, offset = opened[-1]
        raise bad_request(
            f"can't parse entities: Can't find end of {_MARKS[mark].title()} entity "
            f"at byte offset {offset}"
        )
    return text, entities
