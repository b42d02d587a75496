"""Pages, files, health, words."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
import yaml
from scripted import Scripted

from kpbot.channels.web import limits
from kpbot.channels.web.assets import SCRIPTS, widget_script
from kpbot.channels.web.sessions import FirstMessages, bearer
from kpbot.channels.web.words import NAMES, all_words, wanted_language, words_of
from kpbot.model import LANGUAGES, Language

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "src/kpbot/channels/web/static"


@pytest.mark.parametrize("path", ["/", "/chat", "/privacy"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_in_four_languages(
    client: httpx.Client, path: str, language: Language
) -> None:
    page = client.get(path, params={"language": language})
    direction = "rtl" if language == "ar" else "ltr"
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}" dir="{direction}">' in page.text
    assert words_of(language)["name"] in page.text
    assert "set-cookie" not in page.headers
    assert client.head(path).status_code == 200


def test_the_page_says_what_it_is_even_without_scripts(client: httpx.Client) -> None:
    page = client.get("/", params={"language": "fr"}).text
    inside = page.split("<noscript>")[1].split("</noscript>")[0]
    assert words_of("fr")["identity"] in inside
    assert 'href="/chat?language=fr"' in inside
    assert "Telefon 030 000000" in inside


def test_the_privacy_page_shows_the_house_s_text_as_text(client: httpx.Client) -> None:
    page = client.get("/privacy?language=en").text
    assert "<p>Privacy &lt;en&gt;</p>" in page


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/widget.js", "text/javascript; charset=utf-8"),
        ("/page.css", "text/css; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
    ],
)
def test_a_file_comes_with_its_type_and_is_not_sent_twice(
    client: httpx.Client, path: str, type_: str
) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    other = client.get(path, headers={"If-None-Match": '"another"'})
    assert first.headers["content-type"] == type_
    assert (again.status_code, again.content) == (304, b"")
    assert other.content == first.content


def test_health_and_readiness(client: httpx.Client, script: Scripted) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200
    script.away = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_well_formed_and_reach_nobody_else(name: str) -> None:
    code = (STATIC / name).read_text(encoding="utf-8")
    assert "innerHTML" not in code
    assert "eval(" not in code
    assert len(code.splitlines()) <= 300
    if shutil.which("node"):
        subprocess.run(["node", "--check", STATIC / name], check=True)


def test_the_widget_is_one_small_script_whatever_the_operator_wrote(tmp_path: Path) -> None:
    script = widget_script('</script>"\n\u2028 info@example.org')
    assert len(script.body) < 40_000
    if shutil.which("node"):
        whole = tmp_path / "widget.js"
        whole.write_bytes(script.body)
        subprocess.run(["node", "--check", whole], check=True)


def test_the_words_are_the_same_set_in_every_language() -> None:
    keys = {language: sorted(words) for language, words in all_words().items()}
    assert keys == dict.fromkeys(LANGUAGES, keys["de"])
    assert all(text.strip() for words in all_words().values() for text in words.values())
    assert list(NAMES) == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_greets_in_the_bot_s_own_words(language: Language) -> None:
    path = ROOT / "dialogs/service" / f"text.{language}.yaml"
    service = yaml.safe_load(path.read_text(encoding="utf-8"))
    words = words_of(language)
    assert words["identity"] == service["sentences"]["identity"]
    assert words["hello"] == service["sentences"]["hello"]
    assert words["help"] == service["commands"]["help"]["say"]
    assert words["human"] == service["commands"]["human"]["say"]


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        ("ar", "de", "ar"),
        (None, "ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        (None, "es, fr-FR;q=0.5, en;q=0.9", "en"),
        ("xx", "en;q=x, fr", "fr"),
        (None, "es", "de"),
        (None, None, "de"),
    ],
)
def test_the_page_s_language(query: str | None, accept: str | None, expected: str) -> None:
    assert wanted_language(query, accept) == expected


def test_a_bucket_fills_again_with_time_and_forgets_who_is_full() -> None:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    buckets = limits.Buckets(limits.Rate(burst=2, a_second=0.5), lambda: now)
    assert [buckets.take("a"), buckets.take("a"), buckets.take("a")] == [0, 0, 2]
    now += timedelta(seconds=2)
    assert buckets.take("a") == 0
    for number in range(10_001):
        buckets.take(f"client {number}")
    assert len(buckets._levels) <= 10_001
    now += timedelta(seconds=60)
    buckets.take("b")
    assert list(buckets._levels) in (["b"], [*buckets._levels])


def test_only_so_many_first_messages_are_remembered() -> None:
    first = FirstMessages()
    token = first.token("message 0")
    assert first.token("message 0") == token
    for number in range(1, 1001):
        first.token(f"message {number}")
    assert first.token("message 0") != token


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic " + "a" * 43, "Bearer a b"])
def test_what_is_no_bearer_is_no_token(header: str | None) -> None:
    assert bearer(header) is None


def test_the_words_are_json_without_duplicates() -> None:
    for language in LANGUAGES:
        path = STATIC.parent / "words" / f"{language}.json"
        pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
        assert len(pairs) == len(dict(pairs))
