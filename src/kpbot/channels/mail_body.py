"""A letter as a mail: plain text, the same as simple HTML, and an invitation where there is one."""

from __future__ import annotations

import re
import unicodedata
from email.message import EmailMessage
from email.utils import formatdate
from hashlib import sha256
from html import escape

from kpbot.model import Letter

_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)
_PAGE = """\
<!doctype html>
<html lang="{language}" dir="{direction}">
<head><meta charset="utf-8"><title>{title}</title></head>
<body style="font-family: sans-serif; line-height: 1.5; max-width: 45em">
{paragraphs}
</body>
</html>
"""


def composed(letter: Letter, *, sender: str, address: str) -> EmailMessage:
    """The letter as a mail. Raises ValueError where none can be made for this address."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = address
    mail["Subject"] = _one_line(letter.subject)
    mail["Date"] = formatdate()
    mail["Auto-Submitted"] = "auto-generated"
    # The same letter sent twice has the same id: mail programs show it once.
    parts = (letter.subject, letter.text, letter.link, letter.calendar)
    digest = sha256("".join(parts).encode()).hexdigest()[:16]
    mail["Message-ID"] = f"<{letter.reference.lower()}.{digest}@kpbot.invalid>"
    mail.set_content(_plain(letter))
    mail.add_alternative(_html(letter), subtype="html")
    if letter.calendar:
        _add_invitation(mail, letter.calendar)
    return mail


def _one_line(text: str) -> str:
    """The text without line breaks and control characters, which no header may hold."""
    shown = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return " ".join(shown.split())


def _plain(letter: Letter) -> str:
    return f"{letter.text}\n\nZum Fall: {letter.link}" if letter.link else letter.text


def _html(letter: Letter) -> str:
    paragraphs = [_paragraph(line) for line in letter.text.splitlines() if line.strip()]
    if letter.link:
        paragraphs.append(_link(letter.link, letter.reference))
    return _PAGE.format(
        language=letter.language,
        direction="rtl" if letter.language == "ar" else "ltr",
        title=escape(_one_line(letter.subject)),
        paragraphs="\n".join(paragraphs),
    )


def _paragraph(line: str) -> str:
    """Each line finds its own direction: a German one stands beside an Arabic one."""
    return f'<p dir="auto" style="white-space: pre-wrap">{escape(line)}</p>'


def _link(link: str, reference: str) -> str:
    if not link.startswith(("https://", "http://")):
        return _paragraph(f"Zum Fall: {link}")
    return f'<p><a href="{escape(link)}">Zum Fall {escape(reference)}</a></p>'


def _add_invitation(mail: EmailMessage, calendar: str) -> None:
    """The invitation is a version of the mail, which calendars answer (RFC 6047), and a file."""
    found = _METHOD.search(calendar)
    method = found.group(1) if found else "REQUEST"
    mail.add_alternative(calendar, subtype="calendar", params={"method": method})
    mail.add_attachment(
        calendar.encode(), maintype="application", subtype="ics", filename="termin.ics"
    )
