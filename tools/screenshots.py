"""docs/chat.png: a German conversation on a desk, an Arabic one on a telephone, side by side.

Run with the project's own Python: `.venv/bin/python tools/screenshots.py`. It starts a server on
a free port with data of its own and needs Debian's Chromium. With a folder as argument, every
single picture is kept there, dark ones too: to look at after a change of the page.
"""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
KPBOT = Path(sys.executable).with_name("kpbot")
CHROMIUM = "/usr/bin/chromium"
DESK = {"width": 960, "height": 760}
TELEPHONE = {"width": 390, "height": 760}
LONGEST_START_SECONDS = 300
MOST_BYTES = 300_000

Act = tuple[Literal["say", "press", "choose", "show"], Any]

GERMAN: tuple[Act, ...] = (
    ("say", "hallo"),
    ("say", "was zahlt ihr denn so"),
    ("show", "1-answer"),
    ("press", "Anfrage stellen"),
    ("press", "Ja"),
    ("press", "Deutsche Kommune"),
    ("say", "Stadt Musterhausen"),
    ("say", "Hessen"),
    ("say", "ca. 12.000"),
    ("say", "gibt's da ne frist?"),
    ("show", "2-choice"),
    ("press", "Keine"),
    ("choose", ["Offen"]),
    ("choose", ["Neue Partnerschaft"]),
    ("show", "3-multiselect"),
    ("choose", ["Abfallmanagement", "Umweltbildung"]),
    ("say", "Wir möchten mit einer Stadt in Nordafrika zum Abfall arbeiten."),
    ("press", "Überspringen"),
    ("say", "Sabine Kern"),
    ("press", "Nur das Nötigste fragen"),
    ("say", "s.kern@musterhausen.de"),
    ("show", "4-review"),
    ("press", "Senden"),
    ("show", "5-sent"),
)
ARABIC: tuple[Act, ...] = (
    ("say", "مساء الخير"),
    ("show", "1-menu"),
    ("press", "تقديم طلب"),
    ("press", "نعم"),
    ("press", "بلدية في شمال أفريقيا"),
    ("say", "محافظة المثال"),
    ("say", "مصر"),
    ("show", "2-optional"),
    ("press", "الأسئلة الضرورية فقط"),
    ("press", "لا"),
    ("choose", ["ألمانيا"]),
    ("choose", ["شراكة جديدة"]),
    ("show", "3-multiselect"),
    ("choose", ["إدارة النفايات", "التكيف مع تغير المناخ"]),
    ("say", "نريد التعاون مع بلدية ألمانية في مجال التكيف مع تغير المناخ."),
    ("say", "منى عبد الرحمن"),
    ("say", "معنديش"),
    ("say", "٠١٠٠ ١٢٣ ٤٥٦٧"),
    ("show", "4-review"),
    ("press", "إرسال"),
    ("show", "5-sent"),
)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server that is ready."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KPBOT_")}
    settings = {"KPBOT_DATA_DIR": str(folder), "KPBOT_PORT": "0"}
    process = subprocess.Popen(  # noqa: S603 (our own program)
        [KPBOT, "serve"], stdout=subprocess.PIPE, env=kept | settings, text=True
    )
    assert process.stdout is not None  # noqa: S101 (a pipe was asked for)
    try:
        address = next(
            found[0] for line in process.stdout if (found := re.search(r"http://[\d.:]+", line))
        )
        deadline = time.monotonic() + LONGEST_START_SECONDS
        while not _is_ready(address) and time.monotonic() < deadline:
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _is_ready(address: str) -> bool:
    try:
        with urlopen(f"{address}/readyz", timeout=10) as answer:  # noqa: S310 (our own server)
            return bool(answer.status == 200)
    except OSError:
        return False


def play(browser: Browser, url: str, acts: tuple[Act, ...], **context: Any) -> dict[str, bytes]:
    """The conversation was held; its pictures by name."""
    pictures = {}
    visit = browser.new_context(reduced_motion="reduce", device_scale_factor=1, **context)
    page = visit.new_page()
    page.goto(url)
    for act, what in acts:
        if act == "show":
            page.mouse.move(0, 0)
            pictures[what] = page.screenshot()
        else:
            _do(page, act, what)
    visit.close()
    return pictures


def _do(page: Page, act: str, what: Any) -> None:
    bubbles = page.locator(".log .bubble")
    before = bubbles.count()
    if act == "say":
        page.locator("textarea").fill(what)
        page.locator("textarea").press("Enter")
    elif act == "press":
        page.locator(".controls").get_by_role("button", name=what, exact=True).click()
    else:
        for name in what:
            page.get_by_role("checkbox", name=name, exact=True).check()
        page.locator("fieldset button").click()
    expect(bubbles).to_have_count(before + 2)


def joined(browser: Browser, left: bytes, right: bytes) -> bytes:
    """Both pictures beside each other, the left one in the frame of a window."""
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(each).decode()}">'
        for each in (left, right)
    )
    style = (
        "body { margin: 0; display: inline-flex; gap: 24px; padding: 24px; background: #e3e9ed }"
        "img { display: block; border-radius: 14px; box-shadow: 0 2px 14px #10203033 }"
    )
    page = browser.new_page(viewport={"width": 1500, "height": 900})
    page.set_content(f"<!doctype html><style>{style}</style><body>{images}")
    picture = page.locator("body").screenshot()
    page.close()
    return picture


def main(folder: Path | None) -> None:
    """docs/chat.png is new; in the folder, if one is given, is every single picture."""
    with (
        tempfile.TemporaryDirectory() as data,
        server(Path(data)) as address,
        sync_playwright() as playwright,
    ):
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        shown: dict[str, dict[str, bytes]] = {}
        for scheme in ("light", "dark") if folder else ("light",):
            for name, acts, viewport in (("de", GERMAN, DESK), ("ar", ARABIC, TELEPHONE)):
                url = f"{address}/?language={name}"
                looks = {"viewport": viewport, "color_scheme": scheme}
                shown[f"{name}-{scheme}"] = play(browser, url, acts, **looks)
        picture = joined(browser, shown["de-light"]["2-choice"], shown["ar-light"]["2-optional"])
        browser.close()
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"docs/chat.png would have {len(picture)} bytes, more than {MOST_BYTES}.")
    (ROOT / "docs" / "chat.png").write_bytes(picture)
    for conversation, pictures in shown.items() if folder else ():
        for name, single in pictures.items():
            (folder / f"{conversation}-{name}.png").write_bytes(single)  # type: ignore[operator]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
