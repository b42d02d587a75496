"""Every command; thin. What a command needs is imported inside it: start-up time counts."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from kpbot.cli.failing import WrongUse
from kpbot.cli.groups import GROUPS, AsJson

app = typer.Typer(
    name="kpbot",
    help="First contact for municipal partnerships between Germany and North Africa.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
)
for name, group in GROUPS.items():
    app.add_typer(group, name=name)

LanguageName = Literal["de", "fr", "ar", "en"]


@app.command()
def serve() -> None:
    """Start every channel whose settings are present, and the web server."""
    from kpbot.cli.serving import serve as run

    run()


@app.command()
def chat(
    language: Annotated[LanguageName | None, typer.Option(help="Skip the question.")] = None,
    user: Annotated[str, typer.Option("--user", help="Continue this person's chat.")] = "terminal",
    database: Annotated[str, typer.Option(help="Store; default: in memory.")] = "sqlite://",
    json: AsJson = False,
) -> None:
    """Hold a conversation in the terminal."""
    from kpbot.cli.chatting import chat as run

    run(language=language, user=user, database_url=database, as_json=json)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question.")] = "",
    language: Annotated[LanguageName | None, typer.Option(help="Default: detected.")] = None,
    faq: Annotated[Path | None, typer.Option(help="Another FAQ tree.")] = None,
    json: AsJson = False,
) -> None:
    """Show what the bot would answer to a question, and why."""
    from kpbot.cli.understanding import ask as run

    run(text, language=language, faq_dir=faq, as_json=json)


@app.command()
def language(text: Annotated[str, typer.Argument()] = "", json: AsJson = False) -> None:
    """Show which language a text is in."""
    from kpbot.cli.understanding import language as run

    run(text, as_json=json)


@app.command()
def place(
    text: Annotated[str, typer.Argument()] = "",
    country: Annotated[
        Literal["DE", "EG", "DZ", "MA", "TN"] | None, typer.Option(help="Where it probably is.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Show which municipality a text names."""
    from kpbot.cli.understanding import place as run

    run(text, country=country, as_json=json)


@app.command()
def when(
    text: Annotated[str, typer.Argument()] = "",
    language: Annotated[LanguageName | None, typer.Option(help="Default: German.")] = None,
    today: Annotated[str, typer.Option(help="ISO date to count from; default: today.")] = "",
    json: AsJson = False,
) -> None:
    """Show which days a text speaks of."""
    from kpbot.cli.understanding import when as run

    run(text, language=language, today=today, as_json=json)


@app.command()
def check(
    language: Annotated[LanguageName | None, typer.Option(help="Only this language.")] = None,
    json: AsJson = False,
) -> None:
    """Find every problem of the content; exit status 1 if there is any."""
    from kpbot.cli.authoring import check as run
    from kpbot.cli.common import settings

    raise typer.Exit(run(settings().content, language, json))


@app.command()
def draw(
    dialog: Annotated[str, typer.Argument(help="Name of the dialog.")],
    format: Annotated[  # noqa: A002 (the option's name)
        Literal["svg", "mermaid", "html"], typer.Option("--format", help="What to draw.")
    ] = "svg",
) -> None:
    """Draw a dialog."""
    from kpbot.cli.authoring import draw as run
    from kpbot.cli.common import settings

    run(settings().content, dialog, format)


@app.command()
def bench(
    part: Annotated[
        Literal["engine", "turn", "events", "reading", "telegram", "faq", "all"],
        typer.Argument(help="What to measure."),
    ] = "all",
    public: Annotated[Path | None, typer.Option(help="Folder with public question sets.")] = None,
    json: AsJson = False,
) -> None:
    """Measure what steps, turns, questions, readers and libraries cost, as ratios in one run."""
    from kpbot.cli.benching import bench as run

    run(part, public, as_json=json)


@app.command()
def erase(
    reference: Annotated[str, typer.Argument(help="Reference of a record.")] = "",
    user: Annotated[str, typer.Option("--user", help="Address of a person.")] = "",
) -> None:
    """Erase everything about a person, found by a reference or an address."""
    from kpbot.cli.keeping import erase as run

    raise typer.Exit(run(reference=reference, user=user))


@app.command()
def status(json: AsJson = False) -> None:
    """Show what waits, what failed and since when, and which content was released.

    When Telegram was last asked for messages is known to the running server alone.
    """
    from kpbot.cli.keeping import status as run

    run(as_json=json)


@app.command()
def mydata(
    reference: Annotated[str, typer.Argument(help="Reference of a record.")] = "",
    user: Annotated[str, typer.Option("--user", help="Address of a person.")] = "",
    json: AsJson = False,
) -> None:
    """Show everything that is stored about a person."""
    from kpbot.cli.privacy import my_data as run

    raise typer.Exit(run(reference=reference, user=user, as_json=json))


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    json: AsJson = False,
) -> None:
    """Remove what may be kept no longer, and say how much of each kind."""
    from kpbot.cli.privacy import retention as run

    run(dry=dry_run, as_json=json)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the backup shall be.")]) -> None:
    """Write a whole backup of the SQLite database; the bot may run meanwhile."""
    from kpbot.cli.storing import backup as run

    run(file)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Take the SQLite database back to a backup; no server may run meanwhile."""
    from kpbot.cli.storing import restore as run

    run(file)


@app.command()
def migrate() -> None:
    """Bring the database to this release's version."""
    from kpbot.cli.storing import migrate as run

    run()


def main() -> None:
    """Run the command of the command line; wrong usage ends with one sentence and status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale: these are interfaces
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except WrongUse as error:
        sys.stderr.write(f"kpbot: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
