"""The page of a case: what it shows, what can be done, and what an old page may not do."""

import pytest
from working import Office, form_of

from kpbot.cases import Claim, Close, Note, Reply
from kpbot.channels import NotSent
from kpbot.house import House
from kpbot.model import Said
from kpbot.store.database import Database

ARABIC = "نود التعاون مع مدينة ألمانية في مجال إدارة النفايات."


@pytest.fixture
def office(database: Database, house: House) -> Office:
    return Office(database, house)


async def test_a_case_is_claimed_answered_and_closed(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        assert "Stadt Musterhausen" in page
        done = await browser.post(f"/desk/cases/{reference}/claim", data=form_of(page, "claim"))
        assert done.status_code == 303
        assert office.case(reference).advisor == leila.id
        page = (await browser.get(done.headers["location"])).text
        assert "Sie haben den Fall übernommen" in page
        text = "Guten Tag,\r\nwir melden uns.\x07"
        fields = {**form_of(page, "reply"), "text": text}
        done = await browser.post(f"/desk/cases/{reference}/reply", data=fields)
        assert done.status_code == 303
        (entry,) = office.entries(reference, "replied")
        assert entry.text == "Guten Tag,\nwir melden uns."
        page = (await browser.get(f"/desk/cases/{reference}")).text
        fields = {**form_of(page, "close"), "reason": "answered"}
        assert (
            await browser.post(f"/desk/cases/{reference}/close", data=fields)
        ).status_code == 303
        case = office.case(reference)
        assert (case.state, case.reason) == ("closed", "answered")
        page = (await browser.get(f"/desk/cases/{reference}")).text
        reopened = await browser.post(
            f"/desk/cases/{reference}/reopen", data=form_of(page, "reopen")
        )
        assert reopened.status_code == 303
        assert office.case(reference).state == "claimed"


async def test_the_second_claim_reads_who_has_it(office: Office) -> None:
    leila, omar = office.invite(), office.invite("Omar Haddad")
    reference = office.enquire("anna")
    async with office.browser(leila) as first, office.browser(omar) as second:
        pages = [(await b.get(f"/desk/cases/{reference}")).text for b in (first, second)]
        answers = [
            await browser.post(f"/desk/cases/{reference}/claim", data=form_of(page, "claim"))
            for browser, page in zip((first, second), pages, strict=True)
        ]
    assert [each.status_code for each in answers] == [303, 409]
    assert "Der Fall ist schon bei Leila Brandt." in answers[1].text
    assert office.case(reference).advisor == leila.id


async def test_an_old_page_does_nothing_and_keeps_the_text(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        office.happen("anna", Said("Noch etwas: es eilt."))
        fields = {**form_of(page, "reply"), "text": "Meine lange <Antwort>"}
        answer = await browser.post(f"/desk/cases/{reference}/reply", data=fields)
        assert answer.status_code == 409
        assert "inzwischen geändert" in answer.text
        assert "Meine lange &lt;Antwort&gt;</textarea>" in answer.text
        assert "Noch etwas: es eilt." in answer.text
        assert office.entries(reference, "replied") == []
        again = {**form_of(answer.text, "reply"), "text": "Meine Antwort"}
        assert (await browser.post(f"/desk/cases/{reference}/reply", data=again)).status_code == 303
    assert [each.text for each in office.entries(reference, "replied")] == ["Meine Antwort"]


async def test_a_double_press_is_one_deed(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        fields = {**form_of(page, "reply"), "text": "Einmal"}
        answers = [
            await browser.post(f"/desk/cases/{reference}/reply", data=fields) for _ in range(2)
        ]
    assert [each.status_code for each in answers] == [303, 303]
    assert len(office.entries(reference, "replied")) == 1


async def test_other_words_from_the_same_old_page_are_not_lost(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        hidden = form_of(page, "reply")
        first = {**hidden, "text": "Erste"}
        assert (await browser.post(f"/desk/cases/{reference}/reply", data=first)).status_code == 303
        for text in ("Eine Notiz", "Noch eine Notiz"):  # the case moved on, a note stays a note
            note = {**form_of(page, "note"), "text": text}
            answer = await browser.post(f"/desk/cases/{reference}/note", data=note)
            assert answer.status_code == 303
        second = await browser.post(
            f"/desk/cases/{reference}/reply", data={**hidden, "text": "Zweite"}
        )
    assert second.status_code == 409
    assert "Zweite</textarea>" in second.text
    assert [each.text for each in office.entries(reference, "replied")] == ["Erste"]
    assert len(office.entries(reference, "noted")) == 2


async def test_only_the_owner_replies_and_keeps_the_text_otherwise(office: Office) -> None:
    leila, omar = office.invite(), office.invite("Omar Haddad")
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    async with office.browser(omar) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        assert f"/desk/cases/{reference}/reply" not in page
        fields = {**form_of(page, "note"), "text": "Ich schreibe trotzdem"}
        answer = await browser.post(f"/desk/cases/{reference}/reply", data=fields)
    assert answer.status_code == 409
    assert "Ich schreibe trotzdem" in answer.text
    assert office.entries(reference, "replied") == []


@pytest.mark.parametrize(
    ("action", "fields", "status"),
    [
        ("reply", {"text": "  "}, 422),
        ("reply", {"text": "\u200b\u2060 \n"}, 422),
        ("reply", {"text": "x" * 3501}, 422),
        ("close", {"reason": "nonsense"}, 422),
        ("hand", {"desk": "nowhere"}, 422),
        ("snooze", {"day": "2020-01-01", "time": "09:00"}, 422),
        ("snooze", {"day": "never", "time": "25:00"}, 422),
        ("snooze", {"day": "2027-11-25", "time": "09:00"}, 422),
        ("snooze", {"day": "2999-12-31", "time": "09:00"}, 422),
        ("fly", {}, 404),
    ],
)
async def test_what_is_missing_is_said(
    office: Office, action: str, fields: dict[str, str], status: int
) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        hidden = form_of(page, "reply")
        answer = await browser.post(f"/desk/cases/{reference}/{action}", data={**hidden, **fields})
    assert answer.status_code == status
    assert office.case(reference).state == "claimed"


async def test_the_address_of_a_form_leads_back_to_the_case(office: Office) -> None:
    reference = office.enquire("anna")
    async with office.browser(office.invite()) as browser:
        for action in ("reply", "note", "canned", "invite", "claim"):
            answer = await browser.get(f"/desk/cases/{reference}/{action}")
            assert answer.status_code == 303
            assert answer.headers["location"] == f"/desk/cases/{reference}"


async def test_what_is_nowhere_is_a_page_of_the_desk(office: Office) -> None:
    reference = office.enquire("anna")
    async with office.browser(office.invite()) as browser, office.browser() as nobody:
        for path in ("/desk/nix", f"/desk/cases/{reference}/fly", "/desk/cases/a/b/c"):
            answer = await browser.get(path)
            assert answer.status_code == 404
            assert "Nicht gefunden" in answer.text
            assert 'href="/desk/statistics"' in answer.text
        assert (await browser.post("/desk/statistics")).status_code == 404
        assert "Nicht gefunden" in (await browser.get("/desk/logout")).text
        assert (await nobody.get("/desk/nix")).status_code == 303


async def test_handing_over_snoozing_and_releasing(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    async with office.browser(leila) as browser:
        for action, fields, state in (
            ("snooze", {"day": "2026-11-30", "time": "09:00"}, "claimed"),
            ("release", {}, "open"),
            ("hand", {"desk": "desk_egypt"}, "open"),
        ):
            office.do(leila, reference, Claim())
            page = (await browser.get(f"/desk/cases/{reference}")).text
            sent = {**form_of(page, action), **fields}
            answer = await browser.post(f"/desk/cases/{reference}/{action}", data=sent)
            assert answer.status_code == 303, action
            assert office.case(reference).state == state
    assert office.case(reference).desk == "desk_egypt"


async def test_notes_look_different_and_stay_inside(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    office.do(leila, reference, Note("Nur für uns"))
    office.do(leila, reference, Reply("Für Sie"))
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        printed = (await browser.get(f"/desk/cases/{reference}/print")).text
    assert 'class="entry note spoken"' in page
    assert "Nur für uns" in page
    assert "Nur für uns" not in printed
    assert "Für Sie" in printed


async def test_canned_answers_come_in_the_persons_language(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("amina", "ar", description=ARABIC, contact_name="أمينة")
    office.do(leila, reference, Claim())
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        assert page.index('value="received:ar"') < page.index('value="received:de"')
        fields = {**form_of(page, "reply"), "text": "Vorher", "canned": "received:ar"}
        answer = await browser.post(f"/desk/cases/{reference}/canned", data=fields)
    assert answer.status_code == 200
    assert "Vorher\n\nتحية طيبة أمينة،" in answer.text
    assert reference in answer.text.split("<textarea")[1]
    assert office.entries(reference, "replied") == []


async def test_the_persons_own_words_have_their_language(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("amina", "ar", description=ARABIC)
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
    assert f'<span class="own" lang="ar" dir="auto">{ARABIC}</span>' in page
    assert f'<p class="quote" dir="auto">{ARABIC}</p>' in page  # and in what the bot heard


async def test_a_telephone_number_among_arabic_words_reads_from_the_left(office: Office) -> None:
    leila = office.invite()
    number = "+216 71 000 000"
    reference = office.enquire("amina", "ar", description=f"{ARABIC} الهاتف {number} شكرا")
    office.do(leila, reference, Claim())
    office.happen("amina", Said(f"هاتف {number} أو"), "ar")
    async with office.browser(leila) as browser:
        for path in ("", "/print"):
            page = (await browser.get(f"/desk/cases/{reference}{path}")).text
            assert page.count(f"\u2066{number}\u2069") >= 2, path
            assert f" {number}" not in page, path
    assert office.entries(reference, "said")[-1].text == f"هاتف {number} أو"


async def test_who_reads_is_written_down_once_an_hour(office: Office) -> None:
    leila, omar = office.invite(), office.invite("Omar Haddad")
    reference = office.enquire("anna")
    async with office.browser(leila) as first, office.browser(omar) as second:
        for _ in range(3):
            await first.get(f"/desk/cases/{reference}")
        page = (await second.get(f"/desk/cases/{reference}")).text
        assert [each.author for each in office.entries(reference, "viewed")] == [leila.id, omar.id]
        assert "Liest gerade: <bdi>Leila Brandt</bdi>" in page
        office.time.passes(minutes=61)
        async with office.browser(leila) as later:
            page = (await later.get(f"/desk/cases/{reference}")).text
        assert "Liest gerade" not in page
        assert len(office.entries(reference, "viewed")) == 3


async def test_the_news_come_by_themselves(office: Office) -> None:
    leila, omar = office.invite(), office.invite("Omar Haddad")
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    live = f"/desk/cases/{reference}/live"
    async with office.browser(leila) as browser:
        page = (await browser.get(f"/desk/cases/{reference}")).text
        mark = page.split('"mark": "')[1].split('"')[0]
        asked = {"mark": mark, "standing": "mine", "after": "0"}
        assert (await browser.get(live, params=asked)).status_code == 204
        office.happen("anna", Said("Eine Nachfrage"))
        news = await browser.get(live, params=asked)
        assert news.status_code == 200
        assert "Eine Nachfrage" in news.text
        assert f'value="{office.case(reference).version}" id="version-reply"' in news.text
        office.do(leila, reference, Close("answered"))
        office.do(omar, reference, Note("Gut"))
        news = await browser.get(live, params=asked)
        assert "Der Fall hat sich geändert." in news.text
        assert "version-reply" not in news.text


async def test_a_pdf_is_written_down(office: Office) -> None:
    leila = office.invite()
    reference = office.enquire("amina", "ar", description=ARABIC)
    async with office.browser(leila) as browser:
        answer = await browser.get(f"/desk/cases/{reference}/pdf")
    assert answer.content.startswith(b"%PDF")
    assert [each.text for each in office.entries(reference, "exported")] == ["pdf"]


@pytest.mark.parametrize("reference", ["KP-XXXXX", "%00", "a" * 40, "..%2f..", "KP-%D8%A7"])
async def test_no_case_by_guessing(office: Office, reference: str) -> None:
    async with office.browser(office.invite()) as browser:
        for path in ("", "/print", "/pdf", "/live"):
            answer = await browser.get(f"/desk/cases/{reference}{path}")
            assert answer.status_code in {404, 405}


@pytest.mark.parametrize(
    ("in_doubt", "german", "english"),
    [
        (False, "konnte diese Nachricht nicht zustellen", "could not deliver this message"),
        (True, "weiß nicht, ob diese Nachricht angekommen", "does not know whether this message"),
    ],
    ids=["failed", "doubtful"],
)
async def test_what_did_not_arrive_stands_in_the_file(
    office: Office, in_doubt: bool, german: str, english: str
) -> None:
    leila = office.invite()
    reference = office.enquire("anna")
    office.do(leila, reference, Claim())
    await office.deliver()
    office.do(leila, reference, Reply("Guten Tag, Frau Kern."))
    await office.deliver(NotSent("blocked", never=True, doubtful=in_doubt))
    for language, words in (("de", german), ("en", english)):
        async with office.browser(leila, **{"accept-language": language}) as browser:
            page = (await browser.get(f"/desk/cases/{reference}")).text
        assert words in page
        assert page.count("Guten Tag, Frau Kern.") == 3, "replied, given up, and in the transcript"
    marked = ("may not have arrived" if in_doubt else "not delivered") + "</span>"
    assert page.count(marked) == 1
