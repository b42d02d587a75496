"""The statistics page: pictures, and below each the table that says the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response

from kpbot.cases import Case
from kpbot.desk import figures
from kpbot.desk.drawing import Bar, bars
from kpbot.desk.forms import Who, day_of
from kpbot.desk.house import DeskHouse
from kpbot.desk.login_pages import DeskLanguage, Words
from kpbot.desk.rendering import show
from kpbot.desk.wording import language_of, words_in
from kpbot.engine.counting import UNKNOWN
from kpbot.events import GERMANY, programme_day
from kpbot.store import case_list, counts
from kpbot.store.counts import Total

USUAL = timedelta(days=90)
MOST_DRAWN = 20
"""Questions in the picture; the table has all of them."""


def statistics_routes(house: DeskHouse) -> APIRouter:
    """/desk/statistics."""
    router = APIRouter(include_in_schema=False)

    @router.get("/desk/statistics")
    def statistics(request: Request, advisor: Who) -> Response:
        since, until = period(request, house)
        cases, totals = read(house, since, until)
        language = language_of(request)
        words = words_in(language)
        of_cases = figures.of_cases(cases, house.clock())
        values = {
            "since": since,
            "until": until,
            "cases": of_cases,
            "bands": _bands(of_cases, words),
            "funnels": [
                _funnel(house, each, language, words)
                for each in figures.funnels(totals, house.dialogs)
            ],
            "questions": _questions(house, figures.questions(totals), language, words),
        }
        return show(request, advisor, "statistics.html", values)

    return router


def period(request: Request, house: DeskHouse) -> tuple[date, date]:
    """The days that were asked for, both included; else the last ninety."""
    today = programme_day(house.clock())
    until = day_of(request.query_params.get("until", "")) or today
    since = day_of(request.query_params.get("since", "")) or until - USUAL
    return min(since, until), max(since, until)


def read(house: DeskHouse, since: date, until: date) -> tuple[list[Case], list[Total]]:
    """The cases and counts of these days."""
    begin = datetime.combine(since, time(), GERMANY)
    end = datetime.combine(until + timedelta(days=1), time(), GERMANY)

    def work(connection: sa.Connection) -> tuple[list[Case], list[Total]]:
        cases = case_list.figures(connection, begin, end)
        return cases, counts.totals(connection, since, until)

    return house.database.read(work)


def _bands(found: figures.Cases, words: Words) -> dict[str, object]:
    rows = [(words[f"band_{name}"], number) for name, number in found.bands.items()]
    drawn = [Bar(label, (("good", number),), str(number)) for label, number in rows]
    return {"rows": rows, "svg": bars(drawn, words["first_answer"])}


def _funnel(
    house: DeskHouse, funnel: figures.Funnel, language: DeskLanguage, words: Words
) -> dict[str, object]:
    dialog = house.dialogs.words[funnel.dialog][language]
    spoken = words[f"in_{funnel.language}"]
    title = f"{dialog.title} · {spoken}"
    rows = [
        {
            "label": dialog.questions[step.id].short,
            "asked": number(step.asked, words),
            "answered": number(step.answered, words),
            "missed": number(step.missed, words),
        }
        for step in funnel.steps
    ]
    drawn = [
        Bar(words["begun"], (("good", funnel.begun),), number(funnel.begun, words)),
        *(
            Bar(
                dialog.questions[step.id].short,
                (("good", step.answered), ("left", _left(step.asked, step.answered))),
                number(step.answered, words),
            )
            for step in funnel.steps
        ),
        Bar(words["submitted"], (("good", funnel.submitted),), number(funnel.submitted, words)),
    ]
    return {
        "title": title,
        "rows": rows,
        "begun": number(funnel.begun, words),
        "submitted": number(funnel.submitted, words),
        "svg": bars(drawn, title),
    }


def _questions(
    house: DeskHouse,
    found: tuple[figures.Question, ...],
    language: DeskLanguage,
    words: Words,
) -> dict[str, object]:
    rows = [
        {
            "label": _title(house, each.intent, language, words),
            "answered": number(each.answered, words),
            "partly": number(each.partly, words),
            "unanswered": number(each.unanswered, words),
        }
        for each in found
    ]
    drawn = [
        Bar(
            str(row["label"]),
            (("good", each.answered), ("part", each.partly), ("bad", each.unanswered)),
            f"{row['answered']} / {row['partly']} / {row['unanswered']}",
        )
        for row, each in zip(rows[:MOST_DRAWN], found[:MOST_DRAWN], strict=True)
    ]
    return {"rows": rows, "svg": bars(drawn, words["questions"]) if drawn else ""}


def _title(house: DeskHouse, intent: str, language: DeskLanguage, words: Words) -> str:
    return words["unknown_question"] if intent == UNKNOWN else house.title_of(intent, language)


def number(count: int | None, words: Words) -> str:
    """The number as people read it."""
    return words["few"] if count is None else str(count)


def _left(asked: int | None, answered: int | None) -> int | None:
    if asked is None or answered is None:
        return None
    return max(0, asked - answered)
