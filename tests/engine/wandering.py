"""Random conversations and random dialogs.

A uniform random walk finds little: a conversation starts at a random depth by plain answers and
then prefers what goes wrong elsewhere: edits, backs, old presses, releases, detours.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from building import KNOWN, UNKNOWN, Chat, dialog, fitting, house, question, shipped
from hypothesis import strategies as st

from kpbot.engine.dialog import Dialogs, Question
from kpbot.engine.guards import (
    All,
    AnyOf,
    AtLeast,
    Below,
    Guard,
    Has,
    HasAnswer,
    Is,
    IsNot,
    named,
)
from kpbot.model import (
    COMMAND,
    LANGUAGES,
    OFFER,
    Answered,
    Asked,
    Attached,
    Commanded,
    CommandName,
    Due,
    Edited,
    Greeted,
    Happening,
    Hit,
    Opened,
    Part,
    Pressed,
    QuestionType,
    Selected,
    Unclear,
    Unsure,
)

Move = tuple[str, int, int]
"""What is done, and two numbers that choose among what is there then."""

_WEIGHTS = {
    "answer": 6,
    "button": 6,
    "old": 6,
    "change": 5,
    "other": 4,
    "back": 4,
    "offer": 4,
    "several": 2,
    "select": 2,
    "skip": 2,
    "keep": 2,
    "known": 2,
    "unknown": 1,
    "which": 1,
    "unsure": 2,
    "doubt": 1,
    "edited": 1,
    "miss": 2,
    "review": 2,
    "language": 2,
    "brief": 1,
    "command": 2,
    "human": 1,
    "send": 1,
    "greet": 1,
    "attach": 1,
    "due": 1,
}
_NUMBERS = st.integers(0, 59)
MOVES = st.tuples(
    st.sampled_from([kind for kind, weight in _WEIGHTS.items() for _ in range(weight)]),
    _NUMBERS,
    _NUMBERS,
)
_HARMLESS: tuple[CommandName, ...] = (
    "cancel",
    "continue",
    "delete",
    "help",
    "menu",
    "mydata",
    "pause",
    "privacy",
    "question",
    "start",
    "status",
)


@dataclass(frozen=True)
class World:
    """Dialogs and the name of the one that is filled in."""

    dialogs: Dialogs = field(repr=False)
    name: str

    def __repr__(self) -> str:
        """Without the words, which are many."""
        questions = "" if self.name != "tiny" else f"{self.dialogs.dialogs[self.name].questions}"
        return f"World({self.name} {questions})"


@st.composite
def journeys(draw: st.DrawFn, longest: int = 16) -> tuple[list[int], list[Move]]:
    """Numbers of the plain answers at the start, and the moves after them."""
    plain = draw(st.lists(_NUMBERS, max_size=40))
    return plain, draw(st.lists(MOVES, min_size=1, max_size=longest))


def set_out(chat: Chat, name: str, plain: list[int]) -> Chat:
    """The dialog was begun and as many questions answered as there are numbers."""
    chat.begin(name)
    for number in plain:
        if chat.conversation.active is None or chat.place is None:
            break
        waiting = chat.dialog.by_id[chat.place]
        if number % 7 == 0 and waiting.id in chat.walked.skippable:
            chat.command("skip")
        else:
            chat.answer(**{waiting.id: fitting(waiting, number)})
    return chat


def wander(chat: Chat, name: str, moves: list[Move]) -> Iterator[tuple[Chat, Happening]]:
    """One event a move, before it happens; in the menu the dialog is taken up again."""
    for move in moves:
        if chat.conversation.active is None and move[0] not in {"command", "greet", "due", "old"}:
            chat.begin(name)
        happening = happening_of(chat, move)
        yield chat, happening
        chat.send(happening)


def happening_of(chat: Chat, move: Move) -> Happening:
    kind, one, two = move
    if kind in _ANYWHERE:
        return _ANYWHERE[kind](chat, one, two)
    if chat.conversation.active not in chat.dialogs.dialogs:
        return Opened()
    return _IN_DIALOG[kind](chat, one, two)


def _pick(items: Any, number: int) -> Any:
    items = tuple(items)
    return items[number % len(items)] if items else None


def _question(chat: Chat, number: int) -> Question:
    return _pick([chat.dialog.by_id[name] for name in chat.walked.applying], number)


def _waiting(chat: Chat, number: int) -> Question:
    return chat.dialog.by_id[chat.place] if chat.place else _question(chat, number)


def _part(asked: Question, number: int) -> Part:
    return Part(asked.id, fitting(asked, number), f"typed {number}")


def _answer(chat: Chat, one: int, two: int) -> Happening:
    return Answered((_part(_waiting(chat, two), one),))


def _other(chat: Chat, one: int, two: int) -> Happening:
    """An answer to any question of the dialog, applying or not."""
    return Answered((_part(_pick(chat.dialog.questions, two), one),))


def _several(chat: Chat, one: int, two: int) -> Happening:
    asked = {_question(chat, each).id: _question(chat, each) for each in (two, two + 1, one)}
    return Answered(tuple(_part(each, one) for each in asked.values()))


def _button(chat: Chat, one: int, _: int) -> Happening:
    """A press on a button of the last message."""
    shown = [each for each in chat.buttons if each.turn == chat.turn]
    return _pick(shown, one) or Opened()


def _old(chat: Chat, one: int, two: int) -> Happening:
    """A press on any button that was ever shown."""
    asked = [each for each in chat.buttons if each.question not in {COMMAND, OFFER}]
    return _pick(asked if two % 4 else chat.buttons, one) or Opened()


def _select(chat: Chat, one: int, two: int) -> Happening:
    asked = _waiting(chat, two)
    value = fitting(asked, one)
    turn = chat.turn - (two % 5 == 0)
    chosen = value if isinstance(value, tuple) else asked.of[: one % 4]
    return Selected(turn, asked.id, chosen if two % 7 else asked.of)


def _keep(chat: Chat, one: int, two: int) -> Happening:
    return Pressed(chat.turn - (one % 5 == 0), _waiting(chat, two).id, "keep")


def _offer(chat: Chat, one: int, two: int) -> Happening:
    table = chat.table
    choices = ("yes", "yes", "no", "question", "answer", "none", "partner_countries")
    turn = table.turn if table else chat.turn
    return Pressed(turn - (two % 9 == 0), OFFER, _pick(choices, one))


def _doubt(chat: Chat, one: int, two: int) -> Happening:
    return Unsure("Was?", _part(_waiting(chat, two), one), _pick((KNOWN, UNKNOWN), one))


def _miss(_: Chat, one: int, __: int) -> Happening:
    bounds = {"min": "1", "max": "9", "value": "x", "example": "7"}
    problem = _pick(("type", "range", "few", "many", "email_at", "short", "alone", "date"), one)
    return Unclear(_pick(("hm", "so etwa drei oder vier", ""), one), problem, bounds)


def _due(chat: Chat, one: int, two: int) -> Happening:
    name = _pick(chat.dialogs.dialogs, two)
    return Due(_pick((f"remind:{name}:0", f"expire:{name}", f"remind:{name}:1", "other"), one))


_IN_DIALOG: dict[str, Callable[[Chat, int, int], Happening]] = {
    "answer": _answer,
    "other": _other,
    "several": _several,
    "select": _select,
    "keep": _keep,
    "doubt": _doubt,
    "unsure": lambda chat, one, two: Unsure("so", _part(_question(chat, two), one)),
    "edited": lambda chat, one, two: Unsure("so", _part(_question(chat, two), one), edited=True),
    "change": lambda chat, one, _: Commanded("change", _question(chat, one).id if one else ""),
}
_ANYWHERE: dict[str, Callable[[Chat, int, int], Happening]] = {
    "button": _button,
    "old": _old,
    "offer": _offer,
    "miss": _miss,
    "due": _due,
    "back": lambda *_: Commanded("back"),
    "skip": lambda *_: Commanded("skip"),
    "known": lambda *_: KNOWN,
    "unknown": lambda *_: UNKNOWN,
    "which": lambda *_: Asked("Was?", (Hit("partner_countries"), Hit("funding_deadlines", "none"))),
    "review": lambda *_: Commanded("review"),
    "language": lambda _, one, __: Commanded("language", _pick(LANGUAGES, one)),
    "brief": lambda *_: Commanded("brief"),
    "human": lambda *_: Commanded("human"),
    "send": lambda *_: Commanded("send"),
    "command": lambda _, one, __: Commanded(_pick(_HARMLESS, one)),
    "greet": lambda _, one, __: _pick(
        (Opened(), Greeted("hello"), Greeted("thanks"), Greeted("bye")), one
    ),
    "attach": lambda _, one, __: _pick((Attached("voice"), Edited("anders")), one),
}

# ── random dialogs ───────────────────────────────────────────────────────────────────────────

_KINDS: tuple[QuestionType, ...] = (
    "yesno",
    "choice",
    "choices",
    "text",
    "number",
    "yesno",
    "choice",
    "date",
    "year",
    "email",
    "phone",
    "place",
)
_OPTIONS = ("red", "green", "blue", "grey")
_NAMES = tuple(f"q{number}" for number in range(12))


@st.composite
def guards(draw: st.DrawFn, earlier: list[Question]) -> Guard:
    """A guard that names only the questions before."""
    if draw(st.integers(0, 4)) == 0:
        parts = (draw(guards(earlier[:1])), draw(guards(earlier)))
        return draw(st.sampled_from((All(parts), AnyOf(parts))))
    asked = draw(st.sampled_from(earlier))
    answered = HasAnswer(asked.id, expected=draw(st.booleans()))
    options = asked.of[: draw(st.integers(1, 2))]
    match asked.type:
        case "yesno":
            fits: tuple[Guard, ...] = (Is(asked.id, (True,)), IsNot(asked.id, (True,)))
        case "choice":
            fits = (Is(asked.id, options), IsNot(asked.id, options))
        case "choices":
            fits = (Has(asked.id, options),)
        case "number":
            fits = (AtLeast(asked.id, 5), Below(asked.id, 5))
        case _:
            fits = (answered,)
    return draw(st.sampled_from((*fits, *fits, answered)))


@st.composite
def questions(draw: st.DrawFn, name: str, earlier: list[Question]) -> Question:
    kind = draw(st.sampled_from(_KINDS))
    guarded = draw(st.booleans()) if earlier else False
    made = question(
        name,
        kind,
        when=draw(guards(earlier)) if guarded else None,
        optional=draw(st.sampled_from((False, False, True))),
        section=draw(st.sampled_from(("one", "two"))),
    )
    if earlier and draw(st.integers(0, 5)) == 0:
        made = replace(made, optional=draw(guards(earlier)))
    if kind in {"choice", "choices"}:
        made = replace(made, of=_OPTIONS[: draw(st.integers(2, 4))])
    if kind == "choices":
        made = replace(made, exclusive=draw(st.sampled_from(((), made.of[:1]))))
        made = replace(made, maximum=draw(st.sampled_from((None, 1, 2))))
    if kind in {"number", "year"}:
        made = replace(made, minimum=1, maximum=draw(st.integers(4, 9)), keep=draw(st.booleans()))
    if earlier and kind in {"yesno", "choice"} and draw(st.integers(0, 4)) == 0:
        made = replace(made, implied=((draw(guards(earlier)), fitting(made, 1)),))
    return made


@st.composite
def dialogs(draw: st.DrawFn) -> Dialogs:
    """A small dialog, valid as the linter wants it."""
    asked: list[Question] = []
    if draw(st.booleans()):
        asked.append(question("consent", "consent", section="one"))
    for name in _NAMES[: draw(st.integers(1, 7))]:
        asked.append(draw(questions(name, [each for each in asked if each.type != "consent"])))
    return house(dialog(*asked))


@st.composite
def releases(draw: st.DrawFn, before: Dialogs, name: str, version: int) -> World:
    """The dialogs after some changes of this one."""
    old = before.dialogs[name]
    asked = list(old.questions)
    for _ in range(draw(st.integers(1, 3))):
        asked = _changed(draw, asked, version)
    made = replace(
        old,
        questions=_valid(asked),
        version=f"{name}-{version}",
        open=draw(st.integers(0, 9)) > 0,
    )
    fresh = house(made)
    words = {**before.words, **fresh.words}
    return World(Dialogs({**before.dialogs, name: made}, words, before.service), name)


def _changed(draw: st.DrawFn, asked: list[Question], version: int) -> list[Question]:
    kind = draw(st.sampled_from(("add", "drop", "move", "rename", "narrow", "consent", "must")))
    here = draw(st.integers(0, len(asked) - 1))
    chosen = asked[here]
    rest = asked[:here] + asked[here + 1 :]
    there = draw(st.integers(0, len(rest)))
    match kind:
        case "add":
            new = f"new{version}_{len(asked)}"
            if any(each.id == new for each in asked):
                return asked
            earlier = [each for each in asked[:here] if each.type != "consent"]
            return [*asked[:here], draw(questions(new, earlier)), *asked[here:]]
        case "drop" if rest:
            return rest
        case "move":
            return [*rest[:there], chosen, *rest[there:]]
        case "rename":
            renamed = replace(chosen, id=f"{chosen.id}_{version}", was=chosen.id)
            return [*asked[:here], renamed, *asked[here + 1 :]]
        case "narrow":
            return [_narrowed(each) if each is chosen else each for each in asked]
        case "consent":
            return [
                replace(each, revision=each.revision + 1) if each.type == "consent" else each
                for each in asked
            ]
        case "must":
            return [replace(each, optional=False) if each is chosen else each for each in asked]
        case _:
            return asked


def _narrowed(asked: Question) -> Question:
    if asked.type == "choice" and len(asked.of) > 1:
        kept = asked.of[1:]
        return replace(asked, of=kept, implied=(), other=None, other_text=None)
    if asked.type == "choices" and len(asked.of) > 1:
        exclusive = tuple(option for option in asked.exclusive if option in asked.of[1:])
        return replace(asked, of=asked.of[1:], exclusive=exclusive, maximum=1, other=None)
    if asked.type in {"number", "year"}:
        return replace(asked, minimum=2, maximum=3)
    return asked


def _valid(asked: list[Question]) -> tuple[Question, ...]:
    """No guard looks ahead or at what is gone: such a guard is left out."""
    seen: set[str] = set()
    valid = []
    for each in asked:
        when = each.when if each.when and set(named(each.when)) <= seen else None
        optional = each.optional
        if not isinstance(optional, bool) and not set(named(optional)) <= seen:
            optional = True
        implied = tuple(pair for pair in each.implied if set(named(pair[0])) <= seen)
        other = each.other_text if each.other_text in {q.id for q in asked} else None
        valid.append(replace(each, when=when, optional=optional, implied=implied, other_text=other))
        seen.add(each.id)
    return tuple(valid)


def small_or_shipped() -> st.SearchStrategy[World]:
    names = ("intake", "intake", "question")
    return st.one_of(
        dialogs().map(lambda made: World(made, "tiny")),
        st.sampled_from(names).map(lambda name: World(shipped(), name)),
    )


@st.composite
def changing(draw: st.DrawFn) -> list[World]:
    """Dialogs and their next releases."""
    worlds = [draw(small_or_shipped())]
    for version in range(draw(st.integers(1, 4))):
        worlds.append(draw(releases(worlds[-1].dialogs, worlds[0].name, version)))
    return worlds
