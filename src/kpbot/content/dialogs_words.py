"""The files of words: one a dialog and language, one a language for the bot's own words."""

from __future__ import annotations

from collections.abc import Mapping

from kpbot.content.problems import probable
from kpbot.content.strict import Node, Word
from kpbot.content.strict_fields import Fields, Reader
from kpbot.engine.dialog import DialogWords, Phrase, QuestionWords, ServiceWords

DIALOG_KEYS = ("title", "done", "sections", "questions", "outcomes", "flags")
QUESTION_KEYS = ("ask", "short", "again", "help", "example", "also", "cues", "wrong", "options")
PHRASE_KEYS = ("say", "also", "near", "cues")
SERVICE_KEYS = (
    "sentences",
    "commands",
    "offers",
    "wrong",
    "yes",
    "no",
    "greetings",
    "fillers",
    "question_words",
    "corrections",
    "changes",
)


def dialog_words(reader: Reader, root: Node) -> DialogWords:
    """The words of one dialog in one language."""
    fields = reader.fields(root, "words", DIALOG_KEYS)
    nodes = fields.entries("questions")
    return DialogWords(
        title=fields.word("title"),
        done=fields.word("done"),
        sections=_sentences(fields, "sections"),
        questions={name: _question(reader, name, nodes) for name in nodes},
        outcomes=_sentences(fields, "outcomes"),
        flags=_sentences(fields, "flags"),
    )


def service_words(reader: Reader, root: Node) -> ServiceWords:
    """The bot's own words in one language."""
    fields = reader.fields(root, "words", SERVICE_KEYS)
    return ServiceWords(
        sentences=_sentences(fields, "sentences"),
        commands=_phrases(reader, fields.entries("commands")),
        offers={
            kind: _phrases(reader, reader.table(node, kind).nodes)
            for kind, node in fields.entries("offers").items()
        },
        wrong=_sentences(fields, "wrong"),
        yes=fields.words("yes"),
        no=fields.words("no"),
        greetings={
            kind: reader.words(node, kind) for kind, node in fields.entries("greetings").items()
        },
        fillers=fields.words("fillers"),
        question_words=fields.words("question_words"),
        corrections=fields.words("corrections"),
        changes=fields.words("changes"),
    )


def _question(reader: Reader, name: str, nodes: Mapping[str, Node]) -> QuestionWords:
    fields = reader.fields(nodes[name], name, QUESTION_KEYS)
    return QuestionWords(
        ask=fields.word("ask"),
        short=fields.word("short"),
        again=fields.word("again"),
        help=fields.word("help"),
        example=fields.word("example"),
        also=fields.words("also"),
        cues=fields.words("cues"),
        wrong=_sentences(fields, "wrong"),
        options=_options(reader, fields.get("options"), nodes),
    )


def _options(reader: Reader, node: Node | None, nodes: Mapping[str, Node]) -> Mapping[str, Phrase]:
    """The words of the options; `options: country` means those of the question `country`."""
    if not isinstance(node, Word):
        return _phrases(reader, reader.table(node, "options").nodes)
    source = nodes.get(node.text)
    if source is None:
        sentence = f'"options" names the question "{node.text}", which has no words here.'
        reader.complain(node.line, sentence, probable(node.text, nodes))
        return {}
    silent = Reader(reader.file)  # the other question complains about its own words
    options = silent.table(source, node.text).nodes.get("options")
    if isinstance(options, Word):
        reader.complain(node.line, f'"options" of "{node.text}" is itself only a name.')
        return {}
    return _phrases(silent, silent.table(options, "options").nodes)


def _phrases(reader: Reader, nodes: Mapping[str, Node]) -> Mapping[str, Phrase]:
    return {name: _phrase(reader, name, node) for name, node in nodes.items()}


def _phrase(reader: Reader, name: str, node: Node) -> Phrase:
    fields = reader.fields(node, name, PHRASE_KEYS, required=("say",))
    return Phrase(
        fields.word("say"), fields.words("also"), fields.words("near"), fields.words("cues")
    )


def _sentences(fields: Fields, key: str) -> Mapping[str, str]:
    reader = fields.reader
    return {name: reader.word(node, name) for name, node in fields.entries(key).items()}
