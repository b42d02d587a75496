"""A visitor with a browser: what they see, and everything that must not happen meanwhile."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

CHROMIUM = "/usr/bin/chromium"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_WATCH = """
addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP " + event.violatedDirective + " " + event.blockedURI));
"""


class Visitor:
    """One browser context with one page."""

    def __init__(self, browser: Any, url: str, **context: Any) -> None:
        """The page is open."""
        self.context = browser.new_context(
            **{"locale": "de-DE", "reduced_motion": "reduce"} | context
        )
        self.context.add_init_script(_WATCH)
        self.page = self.context.new_page()
        self.origins = {_origin(url)}
        self.problems: list[str] = []
        self.expected = 0
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.goto(url)

    def leave(self) -> None:
        """The context is closed."""
        self.context.close()

    def allow(self, origin: str) -> None:
        """Requests to this origin are in order."""
        self.origins.add(origin)

    def _heard(self, message: Any) -> None:
        # a refused answer shows up here as well; tests that refuse on purpose look at it themselves
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _asked(self, request: Any) -> None:
        scheme = urlsplit(request.url).scheme
        if scheme not in {"data", "blob"} and _origin(request.url) not in self.origins:
            self.problems.append(f"left the origin: {request.url}")

    # ── what is on the page ──────────────────────────────────────────────────────────────────

    @property
    def log(self) -> Any:
        """The log of the conversation."""
        return self.page.get_by_role("log")

    @property
    def bubbles(self) -> Any:
        """The messages in it."""
        return self.page.locator(".log .bubble")

    @property
    def text_box(self) -> Any:
        """Where one writes."""
        return self.page.locator("textarea")

    def button(self, name: str) -> Any:
        """The button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def say(self, text: str) -> None:
        """The text is written and sent."""
        self.text_box.fill(text)
        self.text_box.press("Enter")

    def violations(self) -> list[str]:
        """What axe finds."""
        from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 (reads 500 kB)

        options = {"runOnly": WCAG, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]

    def fits(self) -> bool:
        """Nothing makes the page scroll sideways."""
        return bool(
            self.page.evaluate(
                "document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth"
            )
        )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
