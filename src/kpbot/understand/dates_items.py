"""From text to items: tokens, the phrases they form, and what each may mean where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpbot.model import Language
from kpbot.understand.dates_context import Item, tags_here
from kpbot.understand.dates_lexicon import Tags, lexicon, longest_phrase, misspelt

# Each alternative ends before anything that would make it part of a longer figure: a telephone
# number, an amount, a time. Repetitions are bounded or over single characters, so it is linear.
_TOKEN = re.compile(
    r"""
    (?<![\d.,/:+-]) (?P<iso> \d{4}(?P<dash>[-/.])\d{1,2}(?P=dash)\d{1,2} ) (?! \w | [-.,/:]\d )
  | (?<![\d.,/:+]) (?P<full>
        \d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2}) | \d{1,2}/\d{1,2}/(?:\d{4}|\d{2})
      | (?<!\d-)\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})
    ) (?! \w | [-.,/:]\d )
  | (?<![\d.,/:+]) (?P<short> \d{1,2}(?:\.\d{1,2}\.?|\.\s\d{1,2}\.|/\d{1,2}) ) (?! \d | [.,/:]\d )
  | (?P<figure> \d+(?:[.,:/]\d+)+ )
  | (?P<ordinal> \d{1,2}(?:st|nd|rd|th|er|ere|re|nde|eme|ieme|e|ter|ten|te|tes)(?!\w)
      | \d{1,2}\.(?!\d) )
  | (?P<number> \d+ )
  | (?P<named> [QqTtSsHh][1-4](?!\w) )
  | (?P<word> [^\W\d_]+ )
  | (?P<mark> [^\w\s'] )
    """,
    re.VERBOSE,
)
# Arabic writes and, so, with, for, as and the article in one word with what follows.
_PREFIXES: tuple[tuple[str, Tags, str], ...] = (
    ("لل", {"in": 0}, "ال"),
    ("و", {"and": 0}, ""),
    ("ف", {"in": 0}, ""),
    ("ب", {"in": 0}, ""),
    ("ل", {"in": 0}, ""),
)
_RANGE_MARKS = "-–—−/"
_SHORTEST_STEM = 2
_YEARS = range(1000, 3000)
_CENTURY = 2000
_HALVES_AND_QUARTERS = {
    "q": "quarter_name",
    "t": "quarter_name",
    "s": "half_name",
    "h": "half_name",
}


@dataclass(slots=True)
class Token:
    """A piece of the text, as it was recognised."""

    kind: str
    text: str  # without marks, lower case
    capital: bool


def items(plain_text: str, language: Language) -> list[Item]:
    """Every token of the text is in one item, and an item's tags fit its neighbours."""
    found = list(_phrases(_tokens(plain_text), language))
    for position, item in enumerate(found):
        if item.tags:
            item.tags = tags_here(found, position, language)
    return found


def _tokens(plain_text: str) -> list[Token]:
    return [
        Token(match.lastgroup or "", match.group().casefold(), match.group()[:1].isupper())
        for match in _TOKEN.finditer(plain_text)
    ]


def _phrases(tokens: list[Token], language: Language) -> Iterator[Item]:
    position = 0
    while position < len(tokens):
        if tokens[position].kind in {"word", "number", "ordinal"}:
            found, end = _phrase(tokens, position, language)
        else:
            found, end = _figure(tokens, position, language), position + 1
        yield from found
        # The full stop of an abbreviation belongs to it.
        if end < len(tokens) and tokens[end].text == "." and _is_abbreviation(found):
            end += 1
        position = end


def _is_abbreviation(found: list[Item]) -> bool:
    return bool(found) and not found[-1].tags.keys().isdisjoint(
        {"month_short", "weekday_short", "title"}
    )


def _phrase(tokens: list[Token], start: int, language: Language) -> tuple[list[Item], int]:
    """The items are the longest phrase from here on, or the single token."""
    token = tokens[start]
    for prefixes, stem in _stems(token, language):
        tags, end = _longest(tokens, start, stem, language)
        if tags is not None:
            return [*prefixes, Item(token.text, tags, token.capital)], end
    tags = misspelt(token.text, language) if token.kind == "word" else _number_tags(token)
    return [Item(token.text, dict(tags or {}), token.capital)], start + 1


def _stems(token: Token, language: Language) -> Iterator[tuple[list[Item], str]]:
    yield [], token.text
    if language != "ar" or token.kind != "word":
        return
    for prefix, tags, replacement in _PREFIXES:
        rest = replacement + token.text.removeprefix(prefix)
        if not token.text.startswith(prefix) or len(rest) < _SHORTEST_STEM:
            continue
        yield [Item(prefix, dict(tags))], rest
        for second, more, other in _PREFIXES if prefix == "و" else ():
            if rest.startswith(second) and len(rest) > _SHORTEST_STEM:
                yield (
                    [Item(prefix, dict(tags)), Item(second, dict(more))],
                    other + rest.removeprefix(second),
                )


def _longest(
    tokens: list[Token], start: int, stem: str, language: Language
) -> tuple[Tags | None, int]:
    """The tags are those of the longest phrase whose first word is the stem."""
    words, ends = [stem], [start + 1]
    position = start + 1
    while position < len(tokens) and len(words) < longest_phrase(language):
        token = tokens[position]
        position += 1
        if token.text == "-":
            continue
        if token.kind not in {"word", "number", "ordinal"}:
            break
        words.append(token.text)
        ends.append(position)
    known = lexicon(language)
    for length in range(len(words), 0, -1):
        tags = known.get(" ".join(words[:length]))
        if tags is not None:
            return dict(tags), ends[length - 1]
    return None, start


def _number_tags(token: Token) -> Tags:
    digits = token.text.rstrip(".")
    ordinal = token.kind == "ordinal"
    if ordinal:
        digits = re.sub(r"\D", "", digits)
    if len(digits) > 4:
        return {}
    value = int(digits)
    tags = {"ordinal": value} if ordinal else {"number": value}
    if 1 <= value <= 31:
        tags["day"] = value
    if not ordinal and value in _YEARS and len(digits) == 4:
        tags["year"] = value
    return tags


def _figure(tokens: list[Token], position: int, language: Language) -> list[Item]:
    token = tokens[position]
    match token.kind:
        case "iso":
            year, month, day = (int(part) for part in re.split(r"\D", token.text))
            return _date_items(day, month, year)
        case "full":
            day, month, year = (int(part) for part in re.findall(r"\d+", token.text))
            return _date_items(day, month, year if year > 99 else _CENTURY + year)
        case "short":
            return _short_date(tokens, position, language)
        case "named":
            tag = _HALVES_AND_QUARTERS[token.text[0]]
            tags = {tag: int(token.text[1])}
            if token.text[0] != "q":
                tags["weak"] = 0
            return [Item(token.text, tags)]
        case "mark":
            dash = token.text in _RANGE_MARKS
            tags = {"to": 0, "dash": 0} if dash else {"comma": 0} if token.text in ",،" else {}
            return [Item(token.text, tags, is_word=False)]
        case _:
            season_year = re.fullmatch(r"(\d{4})/\d{2,4}", token.text)  # winter 2027/28
            return [Item(token.text, {"year": int(season_year[1])} if season_year else {})]


def _date_items(day: int, month: int, year: int | None = None) -> list[Item]:
    # "impossible" keeps 31.13. from being read as anything else.
    tag = "numeric" if 1 <= day <= 31 and 1 <= month <= 12 else "impossible"
    found = [Item(str(day), {"day": day, tag: 0}), Item(str(month), {"month": month, tag: 0})]
    return found if year is None else [*found, Item(str(year), {"year": year, tag: 0})]


def _short_date(tokens: list[Token], position: int, language: Language) -> list[Item]:
    token = tokens[position]
    day, month = (int(part) for part in re.findall(r"\d+", token.text))
    if month > 12 and "/" in token.text and 1 <= day < month <= 31:
        return [
            Item(str(day), {"day": day}),
            Item("/", {"to": 0}),
            Item(str(month), {"day": month}),
        ]
    if _reads_as_date(tokens, position, language):
        return _date_items(day, month)
    return [Item(token.text)]


def _reads_as_date(tokens: list[Token], position: int, language: Language) -> bool:
    """3.5 is a date only in the company of words that say so."""
    token = tokens[position]
    known = lexicon(language)
    dot = position > 1 and tokens[position - 1].text == "."  # "Mo. 8.3."
    preceding = tokens[position - (2 if dot else 1)].text if position else ""
    before = known.get(preceding, {}).keys()
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    after = known.get(following.text, {}).keys() if following else set()
    if "label" in before or "amount" in after or (following and following.text == "%"):
        return False
    if {"on", "weekday", "weekday_short"} & before or preceding == ",":
        return True
    dotted = token.text.endswith(".")
    if {"from", "until", "since", "after", "before", "between", "to", "and"} & before or (
        preceding and preceding in _RANGE_MARKS
    ):
        return dotted or following is None or following.kind != "word" or bool(after)
    return len(tokens) == 1 or (dotted and following is not None)
