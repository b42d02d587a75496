"""Texts as e-mail addresses and telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_answers import VOCABULARY, rows, told

from kpbot.model import Field
from kpbot.understand.answers import Nearly, Read, read
from kpbot.understand.answers_email import PROVIDERS

EMAIL = Field("email", "email")
PHONE = Field("phone", "phone")


@pytest.mark.parametrize(
    ("text", "expected"),
    rows("""
a@example.org | = a@example.org
S.Kern@Musterhausen.DE | = S.Kern@musterhausen.de
s.kern@musterhausn.de | = s.kern@musterhausn.de
vor.nach+kp@sub.example.org | = vor.nach+kp@sub.example.org
o'neil@example.org | = o'neil@example.org
müller@müller.de | = müller@müller.de
null@example.org | = null@example.org
mailto:a@example.org | = a@example.org
<a@example.org> | = a@example.org
"a@example.org" | = a@example.org
a@example.org. | = a@example.org
a@example.org, | = a@example.org
a＠example.org | = a@example.org
Meine Mail ist a@example.org | ~ a@example.org
E-Mail: a@example.org | ~ a@example.org
mon adresse est a@example.org merci | ~ a@example.org
you can write to a@example.org | ~ a@example.org
بريدي هو a@example.org | ~ a@example.org
البريد الالكتروني:a@example.org | ~ a@example.org
Sabine Kern <a@example.org> | ~ a@example.org
a@example.org (dienstlich) | ~ a@example.org
a@example.org a@example.org | = a@example.org
name @ example.org | ? name@example.org
name@ example.org | ? name@example.org
name @example.org | ? name@example.org
name @ example.org. Danke | ? name@example.org
name@example. org | ? name@example.org
name at example.org | ? name@example.org
name(at)example.org | ? name@example.org
name [at] example [dot] org | ? name@example.org
meine mail: name (ät) example punkt org | ? name@example.org
nom arobase example point org | ? nom@example.org
a@example.org, b@example.org | ? a@example.org
x@gmial.com | ? x@gmail.com
x@gmail.con | ? x@gmail.com
X.Y@GMAIL.CO | ? X.Y@gmail.com
x@gmail.fr | ? x@gmail.com
x@hotmial.fr | ? x@hotmail.fr
x@yaho.fr | ? x@yahoo.fr
x@outlok.de | ? x@outlook.de
x@t-onlin.de | ? x@t-online.de
x@gmx.d | ? x@gmx.de
x@wbe.de | ? x@web.de
x@web.d | ? x@web.de
mail: x@gmial.com | ? x@gmail.com
x@gmx.at | = x@gmx.at
x@ymail.com | = x@ymail.com
x@mail.com | = x@mail.com
x@weg.de | = x@weg.de
yacine | ! email_at
yacine.gmail.com | ! email_at
yacine@@gmail | ! email_two_at
yacine@@gmail.com | ! email_two_at
a@b@example.org | ! email_two_at
yacine@gmail | ! email_domain
yacine@ | ! email_domain
a@localhost | ! email_domain
sabine kern@example.org | ! email_space
name@exam ple.org | ! email_space
a..b@example.org | ! email
.a@example.org | ! email
a@-example.org | ! email
a@example.local | ! email
@example.org | ! email
@ | ! email
weiß nicht | ! email
😀 | ! email
"""),
)
def test_addresses(text: str, expected: str) -> None:
    assert told(read(text, EMAIL, "de", VOCABULARY)) == expected


def test_an_address_has_at_most_254_characters() -> None:
    assert told(read("x" * 245 + "@example.org", EMAIL, "de", VOCABULARY)) == "! email_long"
    assert told(read("x" * 5000 + "@example.org", EMAIL, "de", VOCABULARY)) == "! email_long"


def test_marks_of_right_to_left_text_are_no_part_of_an_address() -> None:
    for text in ("\u200fa@example.org\u200f", "\u2066a@example.org\u2069", "a@exam\u200bple.org"):
        assert read(text, EMAIL, "ar", VOCABULARY) == Read("a@example.org")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_provider_itself_is_never_questioned(provider: str) -> None:
    address = f"x@{provider}"
    assert read(address, EMAIL, "fr", VOCABULARY) == Read(address)
    missing = f"x@{provider[:2]}{provider[3:]}"
    result = read(missing, EMAIL, "fr", VOCABULARY)
    assert isinstance(result, Nearly)
    assert result.value == result.label


@pytest.mark.parametrize(
    ("text", "expected"),
    rows("""
01001234567 | = 01001234567
0100 123 4567 | = 01001234567
٠١٠٠ ١٢٣ ٤٥٦٧ | = 01001234567
۰۱۰۰ ۱۲۳ ۴۵۶۷ | = 01001234567
+49 (0)69 123-45 | = +496912345
+49 69 (0) 123456 | = +4969123456
0049 (0)69 1234567 | = +49691234567
0049 69 1234567 | = +49691234567
00 20 100 123 4567 | = +201001234567
٠٠٢٠١٠٠١٢٣٤٥٦٧ | = +201001234567
+ 49 69 123456 | = +4969123456
＋49 69 123456 | = +4969123456
٢٠١٠٠١٢٣٤٥٦٧+ | = +201001234567
+213 (0) 555 12 34 56 | = +213555123456
(069) 123456 | = 069123456
069/123456 | = 069123456
069 123-0 | = 0691230
0151–2345678 | = 01512345678
06.12.34.56.78 | = 0612345678
📞 0151 1234567 | = 01511234567
069 12345 Durchwahl 12 | = 0691234512
069 12345 ext. 12 | = 0691234512
+1 212 555 1234 x12 | = +1212555123412
01 23 45 67 89 poste 3 | = 01234567893
123456 | = 123456
123456789012345 | = 123456789012345
meine Nummer ist 0151 2345678 | ~ 01512345678
Tel.: +49 69 123456 | ~ +4969123456
mon numéro est le 06 12 34 56 78 svp | ~ 0612345678
رقمي ٠١٠٠١٢٣٤٥٦٧ | ~ 01001234567
0151 2345678 ab 9 Uhr | ~ 01512345678
ab 12.05.2027 unter 069 123456 | ~ 069123456
0151 1234567, 069 123456 | ? 01511234567
069 123456 oder 0151 123456 | ? 069123456
069 123456, 069/123456 | = 069123456
12345 | ! phone_short
meine nummer ist 12345 | ! phone_short
001234 | ! phone_short
1234567890123456 | ! phone_long
069 123 456 789 012 345 | ! phone_long
12.05.2027 | ! phone
ich wohne in Haus 3 | ! phone
keine | ! phone
+ | ! phone
😀 | ! phone
"""),
)
def test_telephone_numbers(text: str, expected: str) -> None:
    assert told(read(text, PHONE, "de", VOCABULARY)) == expected


@given(
    st.lists(st.text("0123456789", min_size=2, max_size=4), min_size=3, max_size=3),
    st.sampled_from(" -/"),
    st.sampled_from(("", "+")),
)
def test_no_digit_of_a_number_is_lost(groups: list[str], separator: str, plus: str) -> None:
    digits = "".join(groups)
    result = read(plus + separator.join(groups), PHONE, "de", VOCABULARY)
    if digits.startswith("00") or not isinstance(result, Read):
        return
    assert result.value == plus + digits
