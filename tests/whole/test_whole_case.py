"""A whole case in one piece: from the first word in Telegram to the last trace of the person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from transcripts import Player
from whole_running import SECRET, Advisor, MakeWhole, Webhooks, Whole, eventually, plain

from bot_api import Message
from channels.test_mail import DESK, Mailbox
from channels.web.browsing import CHROMIUM, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "منى عبد الرحمن"
FIRST, CHANGED = "لدينا خطة للمناخ منذ عام 2024.", "لدينا خطة للمناخ منذ عام 2025."
LAST = "شكرًا جزيلًا، ننتظر موعدكم."
REPLIES = (
    "أهلًا بكم. هل لديكم خطة للمناخ؟",
    "شكرًا. كم عدد سكان المحافظة؟",
    "شكرًا. سنقترح عليكم موعدًا.",
)
GOODBYE = "أرسلنا إليكم الموعد بالهاتف."
WORDS = (NAME, FIRST, CHANGED, LAST, "محافظة الفيوم", "01001234567", *REPLIES, GOODBYE)
SOON = 60_000
"""Milliseconds a page has to show what must come."""


@pytest.fixture
def browser() -> Iterator[Any]:
    """Debian's Chromium, without any request of its own."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is missing")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (only with a browser)

    flags = "--no-sandbox --disable-gpu --disable-background-networking --no-first-run"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags.split())
        yield chromium
        chromium.close()


class Desk(Visitor):
    """An advisor at the desk."""

    def __init__(self, browser: Any, address: str, advisor: Advisor) -> None:
        """Logged in, in front of the inbox."""
        viewport = {"width": 1280, "height": 1000}
        super().__init__(browser, f"{address}/desk", accept_downloads=True, viewport=viewport)
        self.address = f"{address}/desk"
        self.page.get_by_label("E-Mail-Adresse").fill(advisor.email)
        self.page.get_by_label("Passwort").fill(advisor.password)
        self.button("Anmelden").click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    def open_case(self, reference: str) -> None:
        """The case is open, found through the inbox."""
        self.page.goto(self.address)
        self.page.get_by_role("link", name=reference).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(reference)

    def reply(self, text: str) -> None:
        """The text is on its way to the person."""
        self.page.get_by_label("Ihre Nachricht").fill(text)
        self.button("Antwort senden").click()
        expect(self.page.get_by_text("Ihre Antwort ist unterwegs.")).to_be_visible()

    def reads(self, text: str) -> None:
        """The text stands in the open case, without anything being done for it."""
        expect(self.page.locator("#live").get_by_text(text).first).to_be_visible(timeout=SOON)

    def download(self, act: Any) -> bytes:
        """The file that the act brings."""
        with self.page.expect_download() as started:
            act()
        return Path(started.value.path()).read_bytes()


@pytest.fixture
def whole(make_whole: MakeWhole, mailbox: tuple[Mailbox, str], webhooks: Webhooks) -> Whole:
    """With a forum, a mailbox and a webhook."""
    return make_whole(
        forum=True,
        smtp_url=mailbox[1],
        mail_to=DESK,
        webhook_url=webhooks.address,
        webhook_secret=SECRET,
        webhook_private="true",
    )


def test_a_whole_case(
    whole: Whole,
    browser: Any,
    mailbox: tuple[Mailbox, str],
    webhooks: Webhooks,
    tmp_path: Path,
) -> None:
    mona = Player(whole, "egyptian_governorate", 1001)
    with whole.serve() as served:
        mona.play()
        assert mona.problems == []
        reference = mona.reference
        card = _is_announced(whole, mailbox[0], webhooks, reference)

        desk = Desk(browser, served.address, whole.leila)
        _claim_at_the_desk(desk, mona, reference, tmp_path)
        _talk(desk, mona, whole, reference, tmp_path)
        _is_refused_in_the_chat(whole, card)
        _release(desk, mona, whole)
        _finish_in_the_chat(whole, mona, card)
        _take_away(desk, whole, reference)

        _delete(mona, whole, card, webhooks)
        _nothing_is_left(desk, whole, reference)
        assert desk.problems == []
        desk.leave()
        assert not [word for word in WORDS if word in served.complaints]
        assert "level='error'" not in served.complaints


def _is_announced(whole: Whole, mailbox: Mailbox, webhooks: Webhooks, reference: str) -> Message:
    """The team's group, the mailbox and the webhook know of the enquiry."""
    card = whole.card(reference)
    assert card.titles == ["Übernehmen"]
    assert "محافظة الفيوم" in card.text
    assert card.thread_id is not None
    assert whole.group.topics[card.thread_id].name.startswith(reference)
    opened = webhooks.wait_for("case.opened")
    assert opened["data"]["record"]["contact_name"] == NAME
    (mail,) = eventually(lambda: mailbox.mails, "a mail")
    assert reference in mail["Subject"]
    assert NAME not in mail.as_string()
    return card


def _claim_at_the_desk(desk: Desk, mona: Player, reference: str, folder: Path) -> None:
    expect(desk.page.locator("tbody tr")).to_have_count(1)
    expect(desk.page.locator("tbody")).to_contain_text("محافظة الفيوم")
    desk.page.screenshot(path=folder / "inbox.png", full_page=True)
    assert desk.violations() == []
    desk.open_case(reference)
    desk.button("Übernehmen").click()
    expect(desk.page.get_by_role("status").first).to_contain_text("Sie haben den Fall übernommen")
    joined = mona.person.chat.wait_for("Leila Brandt")
    assert plain(joined.text).startswith(
        f"استلم طلبكم {reference} من فريق الاستشارة: Leila Brandt."
    )


def _talk(desk: Desk, mona: Player, whole: Whole, reference: str, folder: Path) -> None:
    """Three messages each way; the bot says nothing but to a service word."""
    person, chat = mona.person, mona.person.chat
    desk.reply(REPLIES[0])
    assert plain(chat.wait_for(REPLIES[0]).text) == f"Leila Brandt، فريق الاستشارة:\n{REPLIES[0]}"
    assert person.say(FIRST) == "", "the bot is silent"
    desk.reads(FIRST)
    said = next(each for each in chat.log if each.text == FIRST)
    assert person.do(lambda: chat.edit(said, CHANGED)) == ""
    desk.reads(CHANGED)
    whole.group.wait_for(f"Die Person hat eine Nachricht geändert.\n{CHANGED}")

    desk.reply(REPLIES[1])
    chat.wait_for(REPLIES[1])
    assert "لا أستطيع نقل غير النص" in person.do(chat.send_photo)
    told = whole.group.wait_for("Die Person hat ein Bild geschickt.")
    assert told.text.startswith(f"{reference}: ")
    desk.reads("hat geschickt")
    helped = plain(person.say("مساعدة"))
    assert helped.startswith("تكتبون الآن مع Leila Brandt")

    desk.reply(REPLIES[2])
    chat.wait_for(REPLIES[2])
    assert person.say(LAST) == ""
    desk.reads(LAST)
    quotes = [message.text for message in whole.group.messages]
    assert not any("مساعدة" in each for each in quotes), "service words are the bot's"
    assert sum(LAST in each for each in quotes) == 1
    desk.page.screenshot(path=folder / "case.png", full_page=True)
    assert desk.violations() == []


def _is_refused_in_the_chat(whole: Whole, card: Message) -> None:
    """Who still sees the free card on the screen presses in vain, and reads why."""
    claim = f"{card.text.split()[0]}:claim"
    press = whole.group.press_as(whole.omar.chat.user, card, claim, stale=True)
    assert whole.group.wait_for_answer(press).toast == "Schon bei Leila Brandt."
    assert "Leila Brandt" in card.text


def _release(desk: Desk, mona: Player, whole: Whole) -> None:
    """The person's next message is the bot's again."""
    desk.page.locator("summary", has_text="Zurückgeben").click()
    desk.button("Zurückgeben").click()
    expect(desk.page.get_by_text("Der Fall ist wieder offen.").first).to_be_visible()
    mona.person.chat.wait_for("أعاد فريق الاستشارة المحادثة إليّ.")
    mona.person.settle()
    before = len(whole.group.messages)
    assert "تونس" in mona.person.say("ما هي البلدان الشريكة؟")
    eventually(lambda: not whole.waiting("staff"))
    assert not any("البلدان الشريكة" in m.text for m in whole.group.messages[before:])


def _finish_in_the_chat(whole: Whole, mona: Player, card: Message) -> None:
    """Another advisor takes the case over and closes it in the staff bot."""
    group, omar, chat = whole.group, whole.omar.chat.user, mona.person.chat
    whole.api.wait_for(lambda: card.titles == ["Übernehmen"])
    press = group.press_as(omar, card, "Übernehmen")
    assert group.wait_for_answer(press).toast == "Sie haben den Fall."
    chat.wait_for("Omar Haddad")
    whole.api.wait_for(lambda: "Abschließen" in card.titles)
    group.say_as(omar, GOODBYE, reply_to=card)
    assert plain(chat.wait_for(GOODBYE).text) == f"Omar Haddad، فريق الاستشارة:\n{GOODBYE}"
    group.press_as(omar, card, "Abschließen")
    whole.api.wait_for(lambda: "Beantwortet" in card.titles)
    press = group.press_as(omar, card, "Beantwortet")
    assert group.wait_for_answer(press).toast == "Abgeschlossen: beantwortet."
    chat.wait_for("أنهى فريق الاستشارة المحادثة.")
    whole.api.wait_for(lambda: card.titles == ["Wieder öffnen"])
    whole.api.wait_for(lambda: whole.group.topics[card.thread_id or 0].closed)


def _take_away(desk: Desk, whole: Whole, reference: str) -> None:
    """The case is closed at the desk too; it can be taken away as CSV, PDF and on the terminal."""
    page = desk.page
    page.reload()
    expect(page.locator("#state")).to_contain_text("Abgeschlossen")
    expect(page.locator("#state")).to_contain_text("beantwortet")
    pdf = desk.download(page.get_by_role("link", name="Als PDF herunterladen").click)
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages)
    assert reference in text
    page.goto(f"{desk.address}?state=all")
    page.locator("summary", has_text="Exportieren").click()
    content = desk.download(desk.button("CSV").click)
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    record = whole.record(reference)
    assert row["Kennung"] == reference
    assert row["Ansprechperson"] == record["contact_name"] == NAME
    assert row["Name"] == "محافظة الفيوم"
    assert row["Stand"] == "Abgeschlossen"
    assert row["Grund"] == "beantwortet"
    shown = whole.kpbot("records", "show", reference)
    assert shown.out.startswith(f"Anfrage {reference}")
    assert NAME in shown.out
    state = whole.status()
    assert (state["outbox_waiting"], state["failed_turns"], state["records"]) == (0, 0, 1)


def _delete(mona: Player, whole: Whole, card: Message, webhooks: Webhooks) -> None:
    """The person takes everything back; the team and the operator's system hear of it."""
    reference = mona.reference
    assert "نعم، حذف كل شيء" in _titles(mona, "حذف بياناتي")
    mona.person.press("نعم، حذف كل شيء")
    assert webhooks.wait_for("case.erased")["data"]["reference"] == reference
    eventually(lambda: not whole.waiting("staff"))
    assert card.deleted or card.text.startswith(f"{reference} · gelöscht")
    assert card.thread_id not in whole.group.topics
    left = [message for message in whole.group.messages if message.sender.is_bot]
    assert any(reference in message.text for message in left), left
    assert not [m for m in left if any(word in m.text for word in WORDS)]


def _titles(mona: Player, said: str) -> list[str]:
    mona.person.say(said)
    return list(mona.person.chat.last.titles)


def _nothing_is_left(desk: Desk, whole: Whole, reference: str) -> None:
    desk.page.goto(f"{desk.address}?state=all")
    expect(desk.page.locator("#count")).to_have_text("0 Fälle")
    answer = desk.page.goto(f"{desk.address}/cases/{reference}")
    assert answer is not None
    assert answer.status == 404
    assert whole.kpbot("records", "show", reference).status == 1
    assert whole.status()["records"] == 0
    whole.database.forget()
    kept = b"".join(path.read_bytes() for path in whole.kpbot.folder.glob("kpbot.db*"))
    assert not [word for word in WORDS if word.encode() in kept]
