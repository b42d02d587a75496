"""Small content folders for tests: a good dialog, and edits that make it bad."""

from pathlib import Path
from typing import get_args

from kpbot.model import LANGUAGES, CommandName, OfferKind

DIALOG = """\
dialog: trip
resume: {remind: [2d], expire: 7d}
fallback: {tries: 3}
sections:
  - section: all
    ask:
      - {id: side, type: choice, of: [north, south]}
      - {id: wish, type: choices, of: [water, waste], max: 2}
      - {id: count, type: number, min: 1, max: 9, optional: true}
      - {id: note, type: text, when: {side: north, count: {gte: 3}}, optional: {wish: {has: water}}}
      - {id: mail, type: email, private: true}
retired: [fax]
flags:
  - {flag: many, when: {count: {gte: 3}}}
outcomes:
  - {to: far, when: {side: south}}
  - {to: near}
"""

WORDS = """\
title: Trip
done: "Done {reference}"
sections: {all: Everything}
questions:
  side:
    ask: Which side?
    short: Side
    options:
      north: {say: North_XX, also: [up_XX]}
      south: {say: South_XX, near: [down_XX]}
  wish:
    ask: Which wish?
    short: Wish
    options:
      water: {say: Water_XX}
      waste: {say: Waste_XX}
  count: {ask: How many?, short: Count, wrong: {range: "From {min} to {max}"}}
  note: {ask: Say more., short: Note}
  mail: {ask: Your mail?, short: Mail}
outcomes: {far: Far desk, near: Near desk}
flags: {many: Many people}
"""


def service(language: str) -> str:
    commands = "\n".join(f"  {name}: {{say: {name} {language}}}" for name in get_args(CommandName))
    offers = "\n".join(
        f"  {kind}: {{yes: {{say: sure {language}}}}}" for kind in get_args(OfferKind)
    )
    return f"""\
sentences: {{hello: "Hello"}}
commands:
{commands}
offers:
{offers}
wrong: {{range: "From {{min}} to {{max}}", type: "No."}}
yes: [yes{language}]
no: [no{language}]
greetings: {{hello: [hello{language}]}}
fillers: [please]
question_words: [who]
corrections: [sorry]
changes: [change it]
"""


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_good(folder: Path, dialog: str = DIALOG) -> Path:
    """A folder of dialogs in which nothing is wrong."""
    write(folder, "trip/dialog.yaml", dialog)
    for language in LANGUAGES:
        write(folder, f"trip/text.{language}.yaml", WORDS.replace("XX", language))
        write(folder, f"service/text.{language}.yaml", service(language))
    return folder


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """The file has the new words in place of the old, which must be there."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
