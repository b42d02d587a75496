"""The desk's pages as HTML: everything is escaped, nothing is kept by the browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from kpbot.channels.web.headers import POLICY_WITHOUT_TRUSTED_TYPES
from kpbot.desk.login_pages import DESK_HEADERS, NAMES
from kpbot.desk.wording import day, keep_language, language_of, moment, span, words_in
from kpbot.exports import numbers_apart
from kpbot.store.advisors import Advisor

PAGE_HEADERS = {**DESK_HEADERS, "content-security-policy": POLICY_WITHOUT_TRUSTED_TYPES}
"""htmx sets HTML that came from this server."""


def show(
    request: Request,
    advisor: Advisor,
    template: str,
    values: Mapping[str, object],
    status: int = 200,
) -> HTMLResponse:
    """The page in the language of the request."""
    response = HTMLResponse(
        html(request, advisor, template, values),
        status,
        headers={**PAGE_HEADERS, "vary": "Accept-Language, Cookie, HX-Request"},
    )
    keep_language(request, response)
    return response


def html(request: Request, advisor: Advisor, template: str, values: Mapping[str, object]) -> str:
    """The same as text."""
    language = language_of(request)
    given = {
        "words": words_in(language),
        "language": language,
        "languages": {code: _in_language(request, code) for code in NAMES},
        "language_names": NAMES,
        "advisor": advisor,
        "path": request.url.path,
        **values,
    }
    return _templates().get_template(template).render(given)


_OVERRIDES = dict.fromkeys(range(0x202A, 0x202F))
"""Characters that turn what follows round; isolates stay, they end with their element."""


def _tamed(value: object) -> object:
    """What people wrote cannot make other words read the other way round."""
    return value.translate(_OVERRIDES) if type(value) is str else value


def _in_language(request: Request, code: str) -> str:
    """The address of this page in the language; of what was sent, that of the page before."""
    path = request.url.path if request.method == "GET" else "/desk"
    kept = [(key, value) for key, value in request.query_params.items() if key != "language"]
    return f"{path}?{urlencode([*kept, ('language', code)])}"


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("kpbot.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_tamed,
    )
    templates.filters["moment"] = moment
    templates.filters["day"] = day
    templates.filters["span"] = span
    templates.filters["numbers_apart"] = numbers_apart
    return templates
