"""A case in the advisors' chat, from its card to its end."""

from __future__ import annotations

import threading
from dataclasses import replace

from serving_staff import MakeTeam, Team

from bot_api import media
from kpbot.cases import Claim, Refused
from kpbot.model import CASE, Attached, Button, ByAdvisor, Card, Edited

OWNED = ["Antworten", "Zurückgeben", "Übergeben", "Zurückstellen", "Abschließen"]


def test_a_new_case_is_one_card_with_its_summary(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    assert card.titles == ["Übernehmen"]
    assert "Offen" in card.text
    assert "Musterhausen" in card.text
    title = card.text.partition("\n")[0]
    assert title == f"{reference} · Beratung Algerien, Marokko, Tunesien"
    assert card.entities == [{"type": "bold", "offset": 0, "length": len(title)}]
    team.all_sent()
    assert team.group.messages == [card]


def test_a_whole_case(team: Team) -> None:
    person, reference = team.intake()
    press = team.group.press_as(team.anna.user, team.card(reference), "Übernehmen")
    card = team.shows(reference, "In Bearbeitung · Anna Amsel", *OWNED)
    assert team.group.wait_for_answer(press).toast == "Sie haben den Fall."
    assert "Übernommen von Anna Amsel." in team.group.wait_for("Übernommen").text

    team.group.say_as(team.anna.user, "Guten Tag, wie viele Haushalte?", reply_to=card)
    team.heard_soon(person, "Guten Tag, wie viele Haushalte?")
    assert "gesendet" in team.group.wait_for("gesendet").text

    team.says(person, "Etwa 12000 😀")
    quote = team.group.wait_for("Etwa 12000 😀")
    assert quote.text == f"{reference}: Die Person schreibt.\nEtwa 12000 😀"
    assert quote.reply_to is card
    (entity,) = quote.entities
    assert entity["type"] == "blockquote"
    assert entity["length"] == 13, "counted as Telegram counts"
    team.shows(reference, "Wartet auf die Beratung")

    team.group.say_as(team.anna.user, "Danke sehr.", reply_to=quote)
    team.heard_soon(person, "Danke sehr.")
    team.shows(reference, "Wartet auf die Person")

    team.group.press_as(team.anna.user, card, "Abschließen")
    team.api.wait_for(lambda: "Beantwortet" in card.titles)
    team.group.press_as(team.anna.user, card, "Beantwortet")
    team.shows(reference, "Abgeschlossen · beantwortet", "Wieder öffnen")
    assert team.case(reference).reason == "answered"

    team.group.press_as(team.bert.user, card, "Wieder öffnen")
    team.shows(reference, "Bert Buche", *OWNED)
    team.all_sent()


def test_what_an_advisor_writes_in_the_group_does_not_come_back_to_it(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    team.group.say_as(team.anna.user, "Ein eigenes Wort.", reply_to=card)
    team.heard_soon(person, "Ein eigenes Wort.")
    team.shows(reference, "Wartet auf die Person")
    team.all_sent()
    assert not [m for m in team.group.messages if "eigenes Wort" in m.text]


def test_what_an_advisor_writes_in_private_is_told_to_the_group(team: Team) -> None:
    person, reference = team.intake()
    team.claimed(reference)
    team.anna.say(f"/case {reference}")
    copy = team.anna.wait_for(reference)
    team.anna.say("Aus dem Zug geschrieben.", reply_to=copy)
    team.heard_soon(person, "Aus dem Zug geschrieben.")
    told = team.group.wait_for("Aus dem Zug geschrieben.")
    assert "Anna Amsel hat geantwortet." in told.text


def test_the_reply_button_asks_and_the_answer_goes_to_the_person(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    team.group.press_as(team.anna.user, card, "Antworten")
    asked = team.group.wait_for("bitte antworten Sie auf diese Nachricht")
    assert (asked.markup or {})["force_reply"] is True
    assert asked.entities[0]["type"] == "text_mention"
    team.group.say_as(team.anna.user, "Hier bin ich.", reply_to=asked)
    team.heard_soon(person, "Hier bin ich.")


def test_a_note_stays_with_the_team(team: Team) -> None:
    person, reference = team.intake()
    card = team.card(reference)
    team.group.say_as(team.bert.user, "/note Bitte bald anrufen", reply_to=card)
    team.group.wait_for("notiert")
    assert not any("anrufen" in text for text in team.heard(person))
    team.group.say_as(team.bert.user, "/note", reply_to=card)
    team.group.wait_for("Bitte antworten Sie mit /note")


def test_only_the_owner_writes_to_the_person(team: Team) -> None:
    person, reference = team.intake()
    card = team.card(reference)
    team.group.say_as(team.bert.user, "Noch niemands Fall.", reply_to=card)
    team.group.wait_for("Bitte übernehmen Sie den Fall zuerst.")
    team.claimed(reference)
    team.group.say_as(team.bert.user, "Nicht mein Fall.", reply_to=card)
    team.group.wait_for("Der Fall ist bei Anna Amsel.")
    press = team.group.press_as(team.bert.user, card, "Abschließen")
    assert team.group.wait_for_answer(press).toast == "Der Fall ist bei Anna Amsel."
    assert not any("mein" in text or "niemands" in text for text in team.heard(person))
    assert team.case(reference).state == "claimed"


def test_two_advisors_press_at_the_same_instant_and_one_has_it(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    team.bot.hold_updates()
    presses = [
        team.group.press_as(user, card, "Übernehmen") for user in (team.anna.user, team.bert.user)
    ]
    team.bot.release_updates()
    answers = {team.group.wait_for_answer(press).toast for press in presses}
    assert answers == {"Sie haben den Fall.", "Schon bei Anna Amsel."}


def test_a_claim_at_the_desk_at_the_same_instant_and_one_has_it(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    bert = team.advisor(team.bert)
    together = threading.Barrier(2, timeout=20)
    team.before_act = lambda: bool(together.wait())
    press = team.group.press_as(team.anna.user, card, "Übernehmen")
    together.wait()
    outcome = team.act(ByAdvisor(reference, bert.id, bert.name, Claim()), "desk:1")
    toast = team.group.wait_for_answer(press).toast
    if isinstance(outcome, Refused):
        assert toast == "Sie haben den Fall."
        assert outcome.case is not None
        assert outcome.case.advisor == team.advisor(team.anna).id
    else:
        assert toast == "Schon bei Bert Buche."
        assert team.case(reference).advisor == bert.id


def test_a_case_is_put_off_handed_over_and_given_back(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    team.group.press_as(team.anna.user, card, "Zurückstellen")
    team.api.wait_for(lambda: "Morgen früh" in card.titles)
    press = team.group.press_as(team.anna.user, card, "Morgen früh")
    assert team.group.wait_for_answer(press).toast == "Zurückgestellt bis 25.11.2026 08:00."
    team.shows(reference, "zurückgestellt bis 25.11.2026 08:00", *OWNED)

    team.group.press_as(team.anna.user, card, "Übergeben")
    team.api.wait_for(lambda: "Beratung Ägypten" in card.titles)
    assert "Beratung Algerien, Marokko, Tunesien" not in card.titles, "there it is already"
    team.group.press_as(team.anna.user, card, "Zurück")
    team.api.wait_for(lambda: card.titles == OWNED)
    team.group.press_as(team.anna.user, card, "Übergeben")
    team.api.wait_for(lambda: "Beratung Ägypten" in card.titles)
    press = team.group.press_as(team.anna.user, card, "Beratung Ägypten")
    assert team.group.wait_for_answer(press).toast == "Übergeben an: Beratung Ägypten."
    team.shows(reference, f"{reference} · Beratung Ägypten", "Übernehmen")

    team.group.press_as(team.bert.user, card, "Übernehmen")
    team.shows(reference, "Bert Buche", *OWNED)
    team.group.press_as(team.bert.user, card, "Zurückgeben")
    team.shows(reference, "Offen", "Übernehmen")
    assert team.case(reference).desk == "desk_egypt"
    assert any("Bert Buche" in text for text in team.heard(person))


def test_an_edit_is_not_relayed_and_the_advisor_reads_so(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    said = team.group.say_as(team.anna.user, "Um drei Uhr.", reply_to=card)
    team.heard_soon(person, "Um drei Uhr.")
    team.group.edit_as(team.anna.user, said, "Um vier Uhr.")
    told = team.group.wait_for("Änderungen gehen nicht an die Person.")
    assert told.reply_to is said
    assert not any("vier" in text for text in team.heard(person))


def test_what_the_person_changes_or_attaches_is_announced(team: Team) -> None:
    person, reference = team.intake()
    team.claimed(reference)
    person.happen(Edited("Es sind 13000."))
    team.group.wait_for("Die Person hat eine Nachricht geändert.\nEs sind 13000.")
    person.happen(Attached("photo"))
    team.group.wait_for("Die Person hat ein Bild geschickt. Das wird nicht weitergeleitet.")


def test_an_attachment_of_an_advisor_is_refused_with_a_sentence(team: Team) -> None:
    _, reference = team.intake()
    card = team.claimed(reference)
    photo = media.photo(team.api.world)
    team.group.send_as(team.anna.user, photo, "Hier steht es", reply_to=card)
    team.group.wait_for("Es wird nur Text weitergeleitet.")
    assert not [done for done, _ in team.acts if "Hier steht es" in str(done)]


def test_talk_among_colleagues_is_left_alone(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    before = len(team.group.messages)
    team.group.say_as(team.anna.user, "Wer nimmt das?")
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt alle offenen Fälle.")
    assert len(team.group.messages) == before + 1
    assert team.group.messages[before - 1] is card


def test_an_answer_to_something_else_of_the_bot_is_not_taken_for_a_reply(team: Team) -> None:
    team.group.say_as(team.anna.user, "/stats")
    figures = team.group.wait_for("Überfällig: 0")
    team.group.say_as(team.anna.user, "Schön!", reply_to=figures)
    team.group.wait_for("Diese Nachricht gehört zu keinem Fall.")


def test_a_stranger_reads_one_sentence_and_nothing_else(team: Team) -> None:
    _, reference = team.intake()
    chat = team.api.private_chat(team.bot, team.stranger)
    chat.start()
    assert "999" in chat.wait_for("nur für das Team").text
    chat.say(f"/case {reference}")
    chat.wait_for(lambda messages: len(messages) == 2)
    assert all("nur für das Team" in message.text for message in chat.messages)

    card = team.card(reference)
    press = team.group.press_as(team.stranger, card, "Übernehmen")
    assert team.group.wait_for_answer(press).toast == "Das ist nur für das Team der Beratung."
    team.group.say_as(team.stranger, "Ich antworte einfach.", reply_to=card)
    team.group.say_as(team.anna.user, "/help")
    team.group.wait_for("/cases zeigt")
    assert team.acts == []
    assert team.group.messages[-2] is card


def test_another_group_learns_nothing(team: Team) -> None:
    _, reference = team.intake()
    other = team.api.group(team.bot, team.anna.user)
    other.say_as(team.anna.user, f"/case {reference}")
    other.say_as(team.anna.user, "/cases")
    team.anna.say("/help")
    team.anna.wait_for("/cases zeigt")
    assert other.messages == []


def test_a_long_card_goes_on_in_further_messages_and_shrinks_again(team: Team) -> None:
    long = "\n".join(f"Satz {number} 😀😀😀😀😀." for number in range(300))
    shown = Card("KP-LANG2", "KP-LANG2 · Beratung", long, (Button("claim", "Nehmen", CASE),))
    team.put(shown)
    team.all_sent()
    first, *rest = team.group.messages
    assert len(rest) == 1
    assert first.titles == ["Nehmen"]
    assert rest[0].reply_to is first
    assert rest[0].titles == []
    assert all(len(m.text.encode("utf-16-le")) // 2 <= 4096 for m in team.group.messages)
    assert "\n".join(m.text for m in team.group.messages) == f"KP-LANG2 · Beratung\n{long}"
    team.put(replace(shown, text=long.replace("Satz", "Zeile"), news="Anders."))
    team.all_sent()
    assert "Zeile 299" in rest[0].text
    team.put(replace(shown, text="Kurz."))
    team.all_sent()
    assert rest[0].deleted
    assert first.text == "KP-LANG2 · Beratung\nKurz."


def test_a_card_somebody_deleted_is_made_again(team: Team) -> None:
    _, reference = team.intake()
    card = team.card(reference)
    team.all_sent()
    card.deleted = True
    anna = team.advisor(team.anna)
    team.act(ByAdvisor(reference, anna.id, anna.name, Claim()), "desk:1")
    again = team.shows(reference, "Anna Amsel")
    assert again is not card
    team.all_sent()


def test_an_answer_to_a_card_that_was_not_noted_down_is_relayed_all_the_same(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    team.says(person, "KP-22222: Ist das Ihr Zeichen?")
    quote = team.group.wait_for("Ist das Ihr Zeichen?")
    team.all_sent()
    team.forget_notes("message:")
    team.group.say_as(team.anna.user, "Zur Karte.", reply_to=card)
    team.heard_soon(person, "Zur Karte.")
    team.forget_notes("message:")
    team.group.say_as(team.anna.user, "Zum Zitat.", reply_to=quote)
    team.heard_soon(person, "Zum Zitat.")


def test_every_press_is_answered_even_if_it_means_nothing_any_more(team: Team) -> None:
    _, reference = team.intake()
    card = team.claimed(reference)
    for data in ("", ":hand:gone", ":snooze:never", ":close:maybe", ":what"):
        press = team.group.press_as(team.anna.user, card, f"{reference}{data}", stale=True)
        answered = team.group.wait_for_answer(press)
        assert answered.toast == "Dieser Knopf gilt nicht mehr."
    press = team.group.press_as(team.anna.user, card, "KP-22222:claim", stale=True)
    assert team.group.wait_for_answer(press).toast == "Diesen Fall gibt es nicht mehr."
    assert team.case(reference).state == "claimed"


def test_a_press_on_a_message_out_of_reach_brings_the_case_again(team: Team) -> None:
    _, reference = team.intake()
    card = team.claimed(reference)
    team.all_sent()
    card.deleted = True
    press = team.group.press_as(team.anna.user, card, f"{reference}:close", stale=True)
    team.group.wait_for_answer(press)
    copy = team.card(reference)
    assert copy.titles == OWNED
    press = team.group.press_as(team.anna.user, copy, "Zurückgeben")
    assert team.group.wait_for_answer(press).toast == "Zurückgegeben."


def test_a_mistyped_command_never_reaches_the_person(team: Team) -> None:
    person, reference = team.intake()
    card = team.claimed(reference)
    team.group.say_as(team.anna.user, "/notiz Das ist nur für uns", reply_to=card)
    team.group.wait_for("Diesen Befehl gibt es nicht.")
    assert not any("nur für uns" in text for text in team.heard(person))


def test_in_a_forum_each_case_has_its_topic(forum: Team) -> None:
    person, reference = forum.intake()
    _, other = forum.intake("otto")
    card = forum.card(reference)
    assert card.thread_id is not None
    assert forum.group.topics[card.thread_id].name.startswith(reference)
    assert forum.card(other).thread_id != card.thread_id

    forum.claimed(reference)
    forum.says(person, "Eine Frage noch.")
    quote = forum.group.wait_for("Eine Frage noch.")
    assert quote.thread_id == card.thread_id
    forum.group.say_as(forum.anna.user, "Wer kennt den Ort?", thread=card)
    forum.group.say_as(forum.anna.user, "Gern.", reply_to=quote)
    forum.heard_soon(person, "Gern.")
    assert not any("Wer kennt den Ort?" in text for text in forum.heard(person))
    assert forum.group.wait_for("gesendet").thread_id == card.thread_id

    forum.group.press_as(forum.anna.user, card, "Abschließen")
    forum.api.wait_for(lambda: "Doppelt" in card.titles)
    forum.group.press_as(forum.anna.user, card, "Doppelt")
    topic = forum.group.topics[card.thread_id]
    forum.api.wait_for(lambda: topic.closed)
    forum.group.press_as(forum.bert.user, card, "Wieder öffnen")
    forum.api.wait_for(lambda: not topic.closed)
    forum.shows(reference, "Bert Buche", *OWNED)
    forum.all_sent()


def test_a_forum_in_which_the_bot_may_make_no_topics_has_cards_all_the_same(
    make_team: MakeTeam,
) -> None:
    team = make_team(forum=True, admin=False)
    team.serve()
    _, reference = team.intake()
    assert team.card(reference).thread_id is None


def test_a_deleted_topic_is_made_again(forum: Team) -> None:
    person, reference = forum.intake()
    card = forum.claimed(reference)
    forum.all_sent()
    assert card.thread_id is not None
    forum.group.delete_topic(card.thread_id)
    forum.says(person, "Noch da?")
    quote = forum.group.wait_for("Noch da?")
    assert quote.thread_id not in {None, card.thread_id}
    assert forum.card(reference).thread_id == quote.thread_id
