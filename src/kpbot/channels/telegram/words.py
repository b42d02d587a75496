"""The few words of this channel's own, in four languages."""

from __future__ import annotations

from collections.abc import Mapping

from kpbot.model import LANGUAGES, Language

DONE_TITLES: Mapping[Language, str] = {
    "de": "Auswahl senden",
    "fr": "Envoyer la sélection",
    "ar": "إرسال الاختيار",
    "en": "Send choice",
}
"""The button that sends a multi-select; the same words as on the web."""

_IN_GROUPS: Mapping[Language, str] = {
    "de": "Bitte schreiben Sie mir im privaten Chat, denn in Gruppen antworte ich nicht.",
    "fr": "Veuillez m'écrire en conversation privée, car je ne réponds pas dans les groupes.",
    "ar": "يُرجى مراسلتي في محادثة خاصة، لأنني لا أجيب في المجموعات.",
    "en": "Please write to me in a private chat, because I do not answer in groups.",
}


def in_groups(username: str) -> str:
    """What a group reads, once; the link stands on a line of its own, so no direction breaks it."""
    sentences = [_IN_GROUPS[language] for language in LANGUAGES]
    return "\n\n".join([*sentences, f"https://t.me/{username}"] if username else sentences)
