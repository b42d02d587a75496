"""An iCalendar file is uploaded at the desk and taken into the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request, Response

from kpbot.content.events_ics import LARGEST
from kpbot.content.events_import import BadCalendarError, import_events
from kpbot.desk.forms import Admin, line
from kpbot.desk.guard import Refused
from kpbot.desk.house import DeskHouse
from kpbot.events import programme_day
from kpbot.model import LANGUAGES, Language

log = structlog.get_logger()

_BESIDES = 16 * 1024
"""Bytes of a request beside the file itself."""
_FORM = "multipart/form-data"
_FILE_NAME = re.compile(r'filename="([^"]*)"')


class Uploaded:
    """The parts of a form with a file."""

    def __init__(self, body: bytes, content_type: str) -> None:
        """Of a name that comes more than once, the last counts."""
        head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
        self._texts: dict[str, str] = {}
        self.file, self.name = b"", ""
        for part in BytesParser(policy=compat32).parsebytes(head + body).walk():
            if part.is_multipart():
                continue
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            content = content if isinstance(content, bytes) else b""
            if name == "file":
                self.file, self.name = content, _file_name(part)
            elif isinstance(name, str):
                self._texts[name] = content.decode("utf-8", "replace").strip()

    def text(self, name: str) -> str:
        """The field; empty where it is missing."""
        return self._texts.get(name, "")


async def read_upload(request: Request) -> Uploaded:
    """The form with its file. Raises Refused where it is none, or too large."""
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != _FORM or not content_type.isprintable():
        raise Refused(400, "unreadable")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST + _BESIDES:
            raise Refused(413, "unreadable")
    return Uploaded(bytes(body), content_type)


Upload = Annotated[Uploaded, Depends(read_upload)]


def upload_routes(
    router: APIRouter, house: DeskHouse, folder: Path, page: Callable[..., Response]
) -> None:
    """POST /desk/calendar/import; `page` shows the calendar with what came of it."""

    @router.post("/import")
    def take(request: Request, advisor: Admin, upload: Upload) -> Response:
        given = upload.text("language")
        language: Language = next((each for each in LANGUAGES if each == given), "de")
        today = programme_day(house.clock())
        if not upload.file:
            return page(request, house, folder, advisor, problem="import_no_file", status=422)
        try:
            report = import_events(
                upload.file,
                folder,
                source=upload.name or "upload.ics",
                today=today,
                language=language,
            )
        except BadCalendarError:
            return page(request, house, folder, advisor, problem="import_no_calendar", status=422)
        except OSError as error:
            log.error("calendar_not_written", failure=type(error).__name__)  # noqa: TRY400 (it names files)
            return page(request, house, folder, advisor, problem="event_read_only", status=500)
        log.info("calendar_edited", advisor=advisor.id, done="imported", uid="")
        house.calendar_changed()
        return page(request, house, folder, advisor, report=report)


def _file_name(part: Message) -> str:
    """The name as the browser sent it: as UTF-8, which mail would not allow."""
    for key, value in part.raw_items():
        found = _FILE_NAME.search(str(value)) if key.lower() == "content-disposition" else None
        if found is not None:
            given = found[1].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            return line(given.replace("%22", '"'), 80)
    return ""
