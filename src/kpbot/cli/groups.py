"""Commands that come in groups: `kpbot records list`, `kpbot desk add` and their like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines in, JSON Lines out.")]


def _group(help_: str) -> typer.Typer:
    return typer.Typer(help=help_, no_args_is_help=True)


records_app = _group("Records that were handed over.")
faq_app = _group("How well questions are understood.")
dialogs_app = _group("Releases of dialogs, and what they do to open conversations.")
places_app = _group("The names of municipalities.")
desk_app = _group("Who works at the advisors' desk.")
events_app = _group("The programme's calendar.")
key_app = _group("Keys for personal fields in the database.")
token_app = _group("The operator's own systems that may use the API.")
desk_app.add_typer(token_app, name="token")

GROUPS = {
    "records": records_app,
    "faq": faq_app,
    "places": places_app,
    "dialogs": dialogs_app,
    "desk": desk_app,
    "events": events_app,
    "key": key_app,
}


@dialogs_app.command("release")
def dialogs_release(
    names: Annotated[list[str] | None, typer.Argument(help="Default: every dialog.")] = None,
    date: Annotated[str, typer.Option(help="ISO date of the release; default: today.")] = "",
) -> None:
    """Write what each dialog asks now into its lock.json; exit status 1 if one is refused."""
    from kpbot.cli.common import settings
    from kpbot.cli.dialogs import release as run

    raise typer.Exit(run(settings().content, names or (), date))


@dialogs_app.command("plan")
def dialogs_plan(
    name: Annotated[str, typer.Argument(help="Default: every dialog.")] = "",
    content: Annotated[Path | None, typer.Option(help="The changed content.")] = None,
    json: AsJson = False,
) -> None:
    """Count what the content would do to the open conversations; nothing is changed."""
    from kpbot.cli.common import settings
    from kpbot.cli.dialogs import plan as run

    raise typer.Exit(run(content or settings().content, name, json))


@records_app.command("list")
def records_list(json: AsJson = False) -> None:
    """List the records that were handed over."""
    from kpbot.cli.keeping import list_records as run

    run(as_json=json)


@records_app.command("show")
def records_show(reference: str, json: AsJson = False) -> None:
    """Show one record as advisors read it."""
    from kpbot.cli.keeping import show_record as run

    raise typer.Exit(run(reference, as_json=json))


@records_app.command("export")
def records_export(
    format: Annotated[  # noqa: A002 (the option's name)
        Literal["csv", "json", "xlsx", "pdf"],
        typer.Option("--format", help="One row, object or page a record."),
    ] = "csv",
) -> None:
    """Write all records to standard output."""
    from kpbot.cli.keeping import export_records as run

    raise typer.Exit(run(format))


@faq_app.command("report")
def faq_report(json: AsJson = False) -> None:
    """Measure the real questions of faq/asked: accuracy, confusions, entries nobody asks.

    From the store: how often people asked what nobody answers.
    """
    from kpbot.cli.faq import report as run

    run(as_json=json)


@faq_app.command("compile")
def faq_compile() -> None:
    """Compile the FAQ into the cache, so that the next start is quick."""
    from kpbot.cli.faq import compile_indexes as run

    run()


@places_app.command("import")
def places_import(
    gv100: Annotated[Path, typer.Option(help="The official German register, GV100AD.")],
) -> None:
    """Take the German municipalities from the official register from now on."""
    from kpbot.cli.understanding import import_places as run

    run(gv100)


@desk_app.command("add")
def desk_add(  # noqa: PLR0913 (what is known of a person)
    name: Annotated[str, typer.Argument(help="As people and colleagues read it.")],
    *,
    email: Annotated[str, typer.Option(help="Mail address, for the login.")],
    role: Annotated[Literal["advisor", "admin"], typer.Option(help="Rights.")] = "advisor",
    telegram: Annotated[str, typer.Option(help="Numeric Telegram id, for the staff bot.")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="Type the password yourself.")] = False,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Only the login service or the staff bot.")
    ] = False,
) -> None:
    """Add an advisor; the password is shown once."""
    from kpbot.cli.desk import add as run

    run(name, email=email, role=role, telegram=telegram, ask=ask, no_password=no_password)


@desk_app.command("list")
def desk_list(json: AsJson = False) -> None:
    """List the advisors."""
    from kpbot.cli.desk import list_all as run

    run(as_json=json)


@desk_app.command("remove")
def desk_remove(email: str) -> None:
    """Close every door to an advisor, at once."""
    from kpbot.cli.desk import remove as run

    raise typer.Exit(run(email))


@desk_app.command("password")
def desk_password(
    email: str,
    ask: Annotated[bool, typer.Option("--ask", help="Type the password yourself.")] = False,
) -> None:
    """Give an advisor another password and log them out everywhere."""
    from kpbot.cli.desk import password as run

    raise typer.Exit(run(email, ask=ask))


@token_app.command("add")
def token_add(
    name: Annotated[str, typer.Argument(help="What system it is for.")],
    scope: Annotated[list[str], typer.Option(help="What it may do; may be repeated.")],
) -> None:
    """Make a token for the API; it is shown once."""
    from kpbot.cli.desk import add_token as run

    run(name, scopes=tuple(scope))


@token_app.command("list")
def token_list(json: AsJson = False) -> None:
    """List the tokens, without their secrets."""
    from kpbot.cli.desk import list_tokens as run

    run(as_json=json)


@token_app.command("remove")
def token_remove(name: str) -> None:
    """Make a token worthless."""
    from kpbot.cli.desk import remove_token as run

    raise typer.Exit(run(name))


@events_app.command("list")
def events_list(json: AsJson = False) -> None:
    """List what is coming."""
    from kpbot.cli.events import list_events as run

    raise typer.Exit(run(as_json=json))


@events_app.command("import")
def events_import(
    source: Annotated[str, typer.Argument(help="An iCalendar file, or its web address.")],
    language: Annotated[
        Literal["de", "fr", "ar", "en"], typer.Option(help="Language of its texts.")
    ] = "de",
    json: AsJson = False,
) -> None:
    """Take the events of an iCalendar file into the calendar."""
    from kpbot.cli.events import import_from as run

    raise typer.Exit(run(source, language, as_json=json))


@key_app.command("new")
def key_new() -> None:
    """Make a key, for `KPBOT_FIELD_KEY`."""
    from kpbot.cli.privacy import new_key as run

    run()


@key_app.command("rotate")
def key_rotate() -> None:
    """Seal every personal field with the first key.

    Set both keys, the new one first, and restart the bot before: it may then run meanwhile. Take
    the old key out afterwards, and restart again.
    """
    from kpbot.cli.privacy import rotate_keys as run

    run()
