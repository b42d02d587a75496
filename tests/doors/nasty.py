"""What somebody could type who means harm, and what it must not become."""

from __future__ import annotations

from html.parser import HTMLParser

MARK = "Zuckerwatte"
"""In every nasty text, so that it can be found again."""
ESCAPE = "\x1b[31m\x1b]0;besitzt\x07\x9b2J"
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

TEXTS = {
    "tags": f"<b>{MARK}</b><script>alert(1)</script><img src=x onerror=alert(1)>",
    "attributes": f"\"><svg/onload=alert(1)> ' onmouseover='alert(1)' {MARK}",
    "entities": f"&lt;b&gt; &#60;i&#62; {MARK} &amp;lt;",
    "closing": f"</textarea></title></style></script><!-- {MARK} ]]>",
    "links": f"javascript:alert(1) data:text/html,{MARK} [x](javascript:alert(1))",
    "markdown": f"*{MARK}* _x_ `y` [z](tg://user?id=1) ||s|| # > -",
    "terminal": f"{ESCAPE}{MARK}\b\b\b\r\x1b[2K",
    "turned": f"a {OVERRIDES} {MARK} \u202emoc.elpmaxe\u202c \u2067مدينة",
    "lines": f"{MARK}\r\nBcc: boese@example.org\r\n\r\nZweiter Brief\u2028x\u2029y",
    "label": f"{MARK}\nErreichbar: boese@example.org\nHinweise: keine",
    "formula": f'=HYPERLINK("http://example.org","{MARK}")',
    "plus": f"+1+1 {MARK}",
    "at": f"@SUM(1) {MARK}",
    "tab": f"\t=1 {MARK}",
    "semicolon": f'{MARK}";"=1";\n"=2',
    "template": f"{{{{7*7}}}} {{reference}} {{0.__class__}} %s ${{x}} {{% raw %}} {MARK}",
    "sql": f"'; DROP TABLE records; -- {MARK}",
    "zero": f"\0{MARK}\0",
    "half": f"\ud800{MARK}\udfff",
    "marks": f"{MARK} Z{'̀' * 500}",
    "astral": f"{MARK} {'👩‍👩‍👧‍👦' * 4} \U000e0041\ufffe",
    "path": f"../../../etc/passwd\\..\\{MARK}",
}


def is_calm(text: str) -> bool:
    """Whether no character of the text commands a terminal or turns its line round."""
    commands = any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in text)
    turned = any("\u202a" <= letter <= "\u202e" for letter in text)
    return not commands and not turned and all(_is_even(line) for line in text.splitlines())


def _is_even(line: str) -> bool:
    """Every isolate that begins in the line ends in it."""
    open_ = 0
    for letter in line:
        open_ += letter in "\u2066\u2067\u2068"
        open_ -= letter == "\u2069"
        if open_ < 0:
            return False
    return open_ == 0


class Skeleton(HTMLParser):
    """The elements of a page with the names of their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: set[tuple[str, ...]] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, *(name for name, _ in attrs)))
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        self.text += data
