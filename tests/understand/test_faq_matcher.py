"""The FAQ matcher on small trees of its own: what must always be true."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpbot.model import Language
from kpbot.understand.faq import Entry, Index, build_index, match
from kpbot.understand.faq_features import MOST_SEARCHED, build_vocabulary, features, read

TREES: dict[Language, dict[str, tuple[str, ...]]] = {
    "de": {
        "flight": (
            "Wer zahlt den Flug?",
            "Übernehmen Sie Reisekosten?",
            "Flugkosten für die Reise",
        ),
        "deadline": ("Welche Antragsfrist gilt?", "Bis wann müssen wir den Antrag stellen?"),
        "languages": ("Können wir auf Französisch schreiben?", "Welche Sprachen sprechen Sie?"),
        "contact": ("Wie erreiche ich eine Beraterin?", "Telefonnummer", "Hauptstraße"),
        "tax": ("Wann ist die Steuererklärung fällig?", "Finanzamt Abgabefrist"),
    },
    "fr": {
        "flight": ("Qui paie les billets d'avion ?", "Frais de déplacement"),
        "deadline": ("Quel est le délai de dépôt ?", "Jusqu'à quand peut-on déposer ?"),
        "languages": ("Peut-on écrire en français ?", "Quelles langues parlez-vous ?"),
        "contact": ("Comment joindre un conseiller ?", "numéro de téléphone"),
        "tax": ("Date limite de la déclaration d'impôts", "impôt sur le revenu"),
    },
    "ar": {
        "flight": ("من يدفع تذاكر الطيران؟", "تكاليف السفر", "chkoun kaykhalles tayara"),
        "deadline": ("ما هو آخر أجل لتقديم الطلبات؟", "إلى متى يمكن التقديم؟"),
        "languages": ("هل يمكن الكتابة بالفرنسية؟", "ما هي اللغات؟"),
        "contact": ("كيف أتواصل مع مستشار؟", "رقم الهاتف"),
        "tax": ("آخر موعد للضرائب", "ضريبة الدخل"),
    },
    "en": {
        "flight": ("Who pays for flights?", "travel costs", "Isn't the ticket refunded?"),
        "deadline": ("What is the application deadline?", "Until when can we apply?"),
        "languages": ("Can we write in French?", "Which languages do you speak?"),
        "contact": ("How do I reach an advisor?", "phone number"),
        "tax": ("When is the tax return due?", "income tax"),
    },
}


def _index(language: Language) -> Index:
    entries = [
        Entry(name, language, asked, name != "tax") for name, asked in TREES[language].items()
    ]
    return build_index(entries, frozenset({"deadline"}))


INDEXES = {language: _index(language) for language in TREES}


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=300), language=st.sampled_from(sorted(TREES)))
def test_any_text_gets_a_whole_and_repeatable_match(text: str, language: Language) -> None:
    found = match(text, INDEXES[language])
    assert found == match(text, INDEXES[language])
    assert (found.id is not None) == (found.decision == "answer")
    assert (2 <= len(found.shown) <= 3) == (found.decision == "choices")
    assert found.near_miss is None or found.decision == "none"
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert "tax" not in [candidate.id for candidate in found.candidates]


@pytest.mark.parametrize(
    "text", ["", " ", "🙂👍", "???", "\x00\ud800", "ⴰⵣⵓⵍ", "a" * 6000, "a b " * 1500]
)
@pytest.mark.parametrize("language", TREES)
def test_odd_texts_do_no_harm(text: str, language: Language) -> None:
    assert match(text, INDEXES[language], explain=True).decision in ("answer", "choices", "none")


@pytest.mark.parametrize("language", TREES)
def test_every_phrasing_finds_its_own_entry(language: Language) -> None:
    for entry, questions in TREES[language].items():
        for question in questions:
            found = match(question, INDEXES[language])
            if entry == "tax":
                assert (found.decision, found.near_miss) == ("none", "tax")
            else:
                assert (found.decision, found.id) == ("answer", entry)


@pytest.mark.parametrize(
    ("language", "text", "variants"),
    [
        ("de", "übernehmen sie kosten für flüge", ["UEBERNEHMEN SIE KOSTEN FUER FLUEGE"]),
        ("de", "wo ist die hauptstraße", ["wo ist die hauptstrasse", "Wo ist die Hauptstraße??!"]),
        (
            "fr",
            "délai de dépôt jusqu'à quand",
            ["delai de depot jusqu’a quand", "DÉLAI DE DÉPÔT, JUSQU'À QUAND ?"],
        ),
        ("ar", "إلى متى التقديم", ["الى متى التقديم", "إلى متي التقديم؟", "إلى مَتى التقديمـ"]),
        ("ar", "chkoun kaykhalles", ["shkoon kaykhales", "CHKOUN KAYKHALLES"]),
        (
            "en",
            "isn't the flight refunded",
            ["isn’t the flight refunded?", "is not the flight refunded"],
        ),
    ],
)
def test_spelling_does_not_change_what_is_meant(
    language: Language, text: str, variants: list[str]
) -> None:
    index = INDEXES[language]
    expected = match(text, index)
    for variant in variants:
        assert match(variant, index) == expected


def test_typing_errors_are_forgiven() -> None:
    assert match("welche antragfirst gilt", INDEXES["de"]).candidates[0].id == "deadline"
    assert match("telfonnumer", INDEXES["de"]).candidates[0].id == "contact"


def test_a_slip_in_an_ending_does_not_mislead_the_stemmer() -> None:
    phrasings = [read("travellers are reimbursed", "en"), read("traces of tribes", "en")]
    taken = features(read("travellesr reimbursde", "en"), build_vocabulary(phrasings, "en"))
    assert {"travel", "reimburs"} <= set(taken.words)


def test_only_so_many_unknown_words_are_looked_up() -> None:
    vocabulary = build_vocabulary([read("who pays for flights", "en")], "en")
    features(read(" ".join(f"unknown{number}" for number in range(60)), "en"), vocabulary)
    assert len(vocabulary.near) <= MOST_SEARCHED


def test_compounds_meet_their_parts() -> None:
    entries = [
        Entry("interpreter", "de", ("Zahlen Sie Dolmetscher?", "Kosten für Dolmetscher")),
        Entry("other", "de", ("Wo liegt Kairo?", "Wie ist das Klima?")),
    ]
    assert match("Dolmetscherkosten", build_index(entries)).candidates[0].id == "interpreter"


def test_a_tree_of_two_entries_of_one_phrasing_works() -> None:
    entries = [Entry("one", "en", ("where is the office",)), Entry("two", "en", ("who pays",))]
    index = build_index(entries)
    assert match("where is the office", index).id == "one"
    assert [each.id for each in match("who will pay", index).candidates] == ["two", "one"]


def test_an_empty_tree_and_entries_without_questions_match_nothing() -> None:
    assert match("hello", build_index([])).decision == "none"
    assert match("hello", build_index([Entry("one", "en", ())])).candidates == ()


def test_a_phrasing_two_entries_share_is_never_a_sure_answer_of_a_third() -> None:
    entries = [Entry(name, "en", ("opening hours", f"{name} only")) for name in ("one", "two")]
    entries.append(Entry("three", "en", ("opening times of the office",)))
    found = match("opening hours", build_index(entries))
    assert {each.id for each in found.candidates[:2]} == {"one", "two"}


def test_entries_of_two_languages_are_refused() -> None:
    with pytest.raises(ValueError, match="one language"):
        build_index([Entry("a", "de", ("x",)), Entry("b", "fr", ("y",))])


def test_a_strict_entry_needs_the_higher_mark() -> None:
    index = INDEXES["en"]
    free = replace(index, strict=index.strict & False)
    bold = replace(index, strict=index.strict | True)
    texts = ("when must we apply", "who pays flights", "which language", "reach advisor")
    answered = [
        sum(match(text, each).decision == "answer" for text in texts) for each in (free, bold)
    ]
    assert answered[0] >= answered[1]


def test_explaining_changes_nothing_else() -> None:
    plain, told = (
        match("who pays the ticket", INDEXES["en"], explain=wish) for wish in (False, True)
    )
    assert told.why
    assert plain == replace(told, why=())


def test_a_large_index_answers_by_the_nearest_phrasings_alone() -> None:
    entries = [
        Entry(f"topic{number}", "en", tuple(f"case {number} number {n}" for n in range(30)))
        for number in range(180)
    ]
    index = build_index(entries)
    assert index.scorer is not None
    assert index.scorer.ridge is None
    assert match("case 77 number 3", index).id == "topic77"


def test_importing_the_matcher_does_not_load_numpy() -> None:
    modules = "kpbot.understand.faq, kpbot.content.faq_index"
    code = f"import sys, {modules}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
