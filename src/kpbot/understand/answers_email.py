"""E-mail addresses: found, completed, checked; never changed without asking."""

from __future__ import annotations

import re

from kpbot.understand.answers_result import Nearly, Read, Result, Wrong
from kpbot.understand.answers_words import word_set
from kpbot.understand.normalise import normalise

MAXIMUM = 254
_LONGEST_TEXT = 1000
# Invisible marks, soft hyphens and bidi controls have no place in an address.
_MARKS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WIDE = str.maketrans({"＠": "@", "﹫": "@", "．": ".", "。": ".", "‐": "-", "‑": "-"})
_SEPARATOR = re.compile(r"[\s,;:<>()\[\]\"“”„«»|،؛]+")
_END = ".!?'’`*…"
_WORD_AT = re.compile(
    r"\s*[(\[{]\s*(?:at|ät|arobase|a)\s*[)\]}]\s*|\s+(?:at|ät|arobase|arrobase|آت|ات|أت)\s+",
    re.IGNORECASE,
)
_WORD_DOT = re.compile(
    r"\s*[(\[{]\s*(?:dot|punkt|point)\s*[)\]}]\s*|\s+(?:dot|punkt|point|نقطة)\s+", re.IGNORECASE
)
_DOMAINS = (
    re.compile(r"[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"[\w-]+(?:\s*\.\s*[\w-]+)+"),
)
_INTRODUCTION = word_set(
    """mailto mail email e-mail mailadresse e-mail-adresse emailadresse adresse address courriel mél
    mel ist lautet is est meine mein unsere my our mon notre an unter bitte gern gerne ja ok oui yes
    at à a voilà voici hier here to écrivez-moi contact kontakt بريدي ايميلي الايميل ايميل البريد
    الالكتروني إيميل الإيميل هو نعم على"""
)

PROVIDERS = (
    *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "hotmail.de", "outlook.com"),
    *("outlook.fr", "outlook.de", "live.com", "live.fr", "yahoo.com", "yahoo.fr", "yahoo.de"),
    *("icloud.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de", "posteo.de"),
    *("orange.fr", "wanadoo.fr", "laposte.net", "free.fr", "topnet.tn", "menara.ma", "planet.tn"),
)
"""Providers common in the five countries: a domain one slip away from them is questioned."""
_REAL = frozenset(
    {
        *("mail.com", "email.com", "ymail.com", "gmx.com", "gmx.at", "gmx.ch", "gmx.fr", "gmx.eu"),
        *("live.de", "live.nl", "live.be", "live.dk", "yahoo.es", "yahoo.it", "yahoo.be"),
        *("hotmail.it", "hotmail.es", "hotmail.be", "hotmail.dk", "outlook.dk", "outlook.be"),
    }
)
"""Real domains that look like a slip."""
_SHORT_DOMAIN = 8
"""Up to this length another letter makes another domain: lost, doubled, swapped letters count."""


def read_email(text: str) -> Result:
    """The address in the text; a suggestion where it was completed or looks mistyped."""
    plain = _MARKS.sub("", text).translate(_WIDE).strip()
    if len(plain) > _LONGEST_TEXT:
        return Wrong("email_long" if "@" in plain and len(plain.split()) == 1 else "email")
    words = [word for word in map(_trimmed, _SEPARATOR.split(plain)) if word]
    written = list(dict.fromkeys(word for word in words if "@" in word))
    complete = list(dict.fromkeys(found for found in map(_address, written) if found))
    if len(complete) > 1:
        return Nearly(complete[0], complete[0])
    if complete:
        return _found(complete[0], words)
    joined = _joined(plain)
    if joined:
        return Nearly(joined, joined)
    return Wrong(_problem(plain, words, written))


def _found(address: str, words: list[str]) -> Result:
    """The one address, unless words before it are part of it or its domain is mistyped."""
    before = words[: next(place for place, word in enumerate(words) if "@" in word)]
    strange = [word for word in before if normalise(word) not in _INTRODUCTION]
    if len(before) == len(strange) == 1:
        return Wrong("email_space")
    local, _, domain = address.rpartition("@")
    likely = _likely_domain(domain)
    if likely != domain:
        corrected = f"{local}@{likely}"
        return Nearly(corrected, corrected)
    exact = all(normalise(word) in {"mailto", ""} or "@" in word for word in words)
    return Read(address, exact=exact)


def _trimmed(word: str) -> str:
    return word.strip("'’`*").rstrip(_END)


def _address(word: str) -> str | None:
    """The address in its one form: local part as written, domain in lower case; or nothing."""
    local, _, domain = word.rpartition("@")
    if not local or "@" in local or "." not in domain or len(word) > MAXIMUM:
        return None
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (slow import)

    try:
        return validate_email(word, check_deliverability=False, allow_smtputf8=True).normalized
    except EmailNotValidError:
        return None


def _joined(text: str) -> str | None:
    """The address the text means if `at`, `dot` and spaces are read as its signs."""
    signed = _WORD_DOT.sub(".", _WORD_AT.sub("@", text)) if len(text) <= MAXIMUM else text
    left, _, right = signed.partition("@")
    tried = (pattern.match(right.lstrip()) for pattern in _DOMAINS)
    domain = next((found for found in tried if found), None)
    local = _SEPARATOR.split(left.rstrip())[-1]
    if domain is None or "@" in right:
        return None
    return _address(_trimmed(f"{local}@{''.join(domain[0].split())}"))


def _problem(text: str, words: list[str], written: list[str]) -> str:
    """Key of the sentence that says what the address lacks."""
    if not written:
        return "email_at" if len(words) == 1 and words[0].isascii() else "email"
    longest = max(written, key=len)
    local, _, domain = longest.rpartition("@")
    if len(longest) > MAXIMUM:
        return "email_long"
    if longest.count("@") > 1:
        return "email_two_at"
    if not local:
        return "email"
    if "." in domain:
        return "email"
    return "email_space" if _goes_on(text, longest) else "email_domain"


def _goes_on(text: str, word: str) -> bool:
    """Whether what follows the word looks like the rest of its domain."""
    following = text.partition(word)[2].split(maxsplit=1)[:1]
    return bool(following) and re.fullmatch(r"[\w-]+(\.[\w-]+)+", following[0]) is not None


def _likely_domain(domain: str) -> str:
    """The provider the domain is one slip away from; else the domain itself."""
    if domain in PROVIDERS or domain in _REAL:
        return domain
    if domain.partition(".")[0] == "gmail":
        return "gmail.com"
    from rapidfuzz.distance import OSA  # noqa: PLC0415 (slow import)

    near = (each for each in PROVIDERS if OSA.distance(domain, each, score_cutoff=1) == 1)
    return next((each for each in near if _is_slip(domain, each)), domain)


def _is_slip(domain: str, provider: str) -> bool:
    if len(provider) > _SHORT_DOMAIN:
        return True
    return len(domain) != len(provider) or sorted(domain) == sorted(provider)
