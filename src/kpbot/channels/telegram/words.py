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

_TOO_OFTEN: Mapping[Language, str] = {
    "de": "Das sind gerade zu viele Nachrichten auf einmal. Die letzten habe ich nicht gelesen. "
    "Bitte warten Sie eine Minute und schreiben Sie dann noch einmal.",
    "fr": "Cela fait trop de messages à la fois. Je n'ai pas lu les derniers. "
    "Veuillez attendre une minute, puis écrire de nouveau.",
    "ar": "وصلت رسائل كثيرة جدًا دفعة واحدة. لم أقرأ الأخيرة منها. "
    "يُرجى الانتظار دقيقة ثم الكتابة من جديد.",
    "en": "These are too many messages at once. I have not read the last ones. "
    "Please wait a minute and then write again.",
}

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


def too_often(language: Language | None) -> str:
    """What somebody reads whose messages are not taken: in their language, or in every one."""
    return "\n\n".join(_TOO_OFTEN[each] for each in ([language] if language else LANGUAGES))
