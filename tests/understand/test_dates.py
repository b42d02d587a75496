"""What days a phrase speaks of, seen from Wednesday 10 February 2027."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from kpbot.model import LANGUAGES, Language
from kpbot.understand.dates import Interval, interval

WEDNESDAY = date(2027, 2, 10)

# Phrase, first day, last day (left out where it is the same one); in 2027 unless a year is given.
GERMAN = """
heute | 02-10
Geht es heute Abend noch? | 02-10
Ich komme morgen früh vorbei | 02-11
Passt es Ihnen übermorgen? | 02-12
gestern | 02-09
vorgestern haben wir geschrieben | 02-08
am 3.5. | 05-03
am 3.5. um 10 Uhr | 05-03
am 03.05.2027 | 05-03
12.3. | 03-12
Treffen am 12.03.27 in Köln | 03-12
2027-04-09 | 04-09
am 3. Mai | 05-03
Montag, den 8. März 2027 | 03-08
den 5ten Juni | 06-05
am 9. Februar | 2028-02-09
am 10. Februar | 02-10
am 15. | 02-15
am 1. Jan. 2028 | 2028-01-01
14. Sept. 2027 | 09-14
Mo., 8.3. | 03-08
am ersten April | 04-01
vom 3. bis 5. Mai | 05-03 | 05-05
3.-5. Mai 2028 | 2028-05-03 | 2028-05-05
zwischen dem 10. und 14. März | 03-10 | 03-14
vom 28. Februar bis zum 3. März | 02-28 | 03-03
vom 3.5. bis 7.5.2027 | 05-03 | 05-07
zwischen April und Juni | 04-01 | 06-30
von November bis Januar | 11-01 | 2028-01-31
von Montag bis Mittwoch nächster Woche | 02-15 | 02-17
im Mai | 05-01 | 05-31
im Februar | 02-01 | 02-28
im Januar | 2028-01-01 | 2028-01-31
im Mai 2028 | 2028-05-01 | 2028-05-31
Wann ist das nächste Netzwerktreffen im Juni? | 06-01 | 06-30
Seminare Septmber? | 09-01 | 09-30
nächsten Mai | 05-01 | 05-31
Anfang Mai | 05-01 | 05-10
Mitte März | 03-11 | 03-20
Ende April | 04-21 | 04-30
Ende des Monats | 02-21 | 02-28
Ende nächsten Jahres | 2028-11-01 | 2028-12-31
Anfang nächster Woche | 02-15 | 02-16
in der zweiten Maihälfte | 05-16 | 05-31
in der ersten Aprilwoche | 04-01 | 04-07
im Frühjahr 2028 | 2028-03-01 | 2028-05-31
im Sommer | 06-01 | 08-31
kommenden Herbst | 09-01 | 11-30
im zweiten Quartal | 04-01 | 06-30
Q3 2027 | 07-01 | 09-30
4. Quartal | 10-01 | 12-31
im ersten Halbjahr 2028 | 2028-01-01 | 2028-06-30
2. Halbjahr | 07-01 | 12-31
nächstes Jahr | 2028-01-01 | 2028-12-31
nächstes Jahr im Mai | 2028-05-01 | 2028-05-31
im Jahr 2028 | 2028-01-01 | 2028-12-31
2029 | 2029-01-01 | 2029-12-31
dieses Jahr | 01-01 | 12-31
kommende Woche | 02-15 | 02-21
naechste Woche | 02-15 | 02-21
übernächste Woche | 02-22 | 02-28
letzte Woche | 02-01 | 02-07
vergangenen Monat | 01-01 | 01-31
dieses Wochenende | 02-13 | 02-14
am Wochenende | 02-13 | 02-14
in 3 Monaten | 05-10
in einer Woche | 02-17
in vierzehn Tagen | 02-24
heute in drei Tagen | 02-13
vor zwei Wochen | 01-27
innerhalb von zwei Wochen | 02-10 | 02-24
in den nächsten drei Monaten | 02-10 | 05-10
Freitag | 02-12
Haben Sie am Mittwoch Zeit? | 02-17
nächsten Dinstag | 02-16
Freitag nächster Woche | 02-19
nächste Woche Donnerstag | 02-18
letzten Montag | 02-08
Montagnachmittag | 02-15
bis Freitag | 02-10 | 02-12
bis Ende März | 02-10 | 03-31
ab Mai | 05-01 | 05-31
ab nächster Woche | 02-15 | 02-21
seit Januar | 01-01 | 02-10
vor Ostern | 03-14 | 03-27
an Ostern | 03-28 | 03-29
nach Pfingsten | 05-18 | 05-31
zu Weihnachten | 12-25 | 12-26
nach Weihnachten | 12-27 | 2028-01-09
an Neujahr | 2028-01-01
im Ramadan | 02-08 | 03-08
nach dem Ramadan | 03-11 | 03-24
zum Zuckerfest | 03-09
vor dem Opferfest | 05-02 | 05-15
KW 12 | 03-22 | 03-28
am ersten Montag im April | 04-05
in der Woche vom 15. März | 03-15 | 03-21
eine Woche nach Ostern | 04-05
in 2-3 Wochen | 02-24 | 03-03
am 5. nächsten Monats | 03-05
am einundzwanzigsten Mai | 05-21
im Winter 2027/28 | 2027-12-01 | 2028-02-29
noch diese Woche | 02-10 | 02-14
in ein paar Tagen | 02-12 | 02-16
"""

FRENCH = """
aujourd'hui | 02-10
On peut se parler aujourd’hui ? | 02-10
ce soir | 02-10
demain matin | 02-11
après demain | 02-12
hier | 02-09
avant-hier | 02-08
le 1er mars | 03-01
Je suis disponible le 3 mai à 14h | 05-03
le 12/03 | 03-12
le 12/03/2027 | 03-12
le 12.03.27 | 03-12
2027-05-20 | 05-20
mardi 16 mars 2027 | 03-16
mer. 17 févr. | 02-17
le 4 sept. 2027 | 09-04
le 15 | 02-15
le deux juin | 06-02
du 3 au 5 mai | 05-03 | 05-05
les 3 et 4 mai | 05-03 | 05-04
entre le 10 et le 14 mars | 03-10 | 03-14
du 28 février au 3 mars | 02-28 | 03-03
entre mars et mai | 03-01 | 05-31
de novembre à janvier | 11-01 | 2028-01-31
en mars | 03-01 | 03-31
au mois de mai | 05-01 | 05-31
quelles formations en septembre 2027 ? | 09-01 | 09-30
mars prochain | 03-01 | 03-31
l'atelier de novembr | 11-01 | 11-30
début mai | 05-01 | 05-10
à la mi-mars | 03-11 | 03-20
fin avril | 04-21 | 04-30
à la fin du mois | 02-21 | 02-28
en fin d'année | 11-01 | 12-31
début de semaine prochaine | 02-15 | 02-16
la première semaine de mai | 05-01 | 05-07
la deuxième quinzaine de mai | 05-16 | 05-31
au printemps | 03-01 | 05-31
printemps 2028 | 2028-03-01 | 2028-05-31
cet été | 06-01 | 08-31
l'automne prochain | 09-01 | 11-30
au 2e trimestre | 04-01 | 06-30
troisième trimestre 2027 | 07-01 | 09-30
T4 2027 | 10-01 | 12-31
premier semestre 2028 | 2028-01-01 | 2028-06-30
l'année prochaine | 2028-01-01 | 2028-12-31
l'an prochain | 2028-01-01 | 2028-12-31
en 2028 | 2028-01-01 | 2028-12-31
en mai de l'année prochaine | 2028-05-01 | 2028-05-31
cette semaine | 02-08 | 02-14
la semaine dernière | 02-01 | 02-07
la semaine d'après | 02-15 | 02-21
le mois dernier | 01-01 | 01-31
ce week-end | 02-13 | 02-14
dans 15 jours | 02-25
dans une quinzaine | 02-24
dans trois mois | 05-10
d'ici deux semaines | 02-10 | 02-24
dans les prochains jours | 02-10 | 02-16
les deux prochaines semaines | 02-10 | 02-24
il y a une semaine | 02-03
vendredi | 02-12
lundi de la semaine prochaine | 02-15
jeudi dernier | 02-04
d'ici vendredi | 02-10 | 02-12
jusqu'au 20 mars | 02-10 | 03-20
à partir de mai | 05-01 | 05-31
depuis janvier | 01-01 | 02-10
après Pâques | 03-30 | 04-12
avant Noël | 12-11 | 12-24
à la Pentecôte | 05-16 | 05-17
pendant le ramadan | 02-08 | 03-08
après le ramadan | 03-11 | 03-24
après l'Aïd | 03-12 | 03-25
l'Aïd el-Kebir | 05-16
le premier lundi de mai | 05-03
la semaine après Pâques | 03-30 | 04-05
le 5 du mois prochain | 03-05
jeu. 18/02 | 02-18
le vingt et un mai | 05-21
"""

ARABIC = """
اليوم | 02-10
هل يمكن اليوم؟ | 02-10
هذا المساء | 02-10
غدًا | 02-11
غدوة | 02-11
نتقابل بكرة؟ | 02-11
بعد غد | 02-12
أمس | 02-09
أول أمس | 02-08
يوم 12 مارس | 03-12
١٢ مارس ٢٠٢٧ | 03-12
۱۵ أبريل | 04-15
3 ماي | 05-03
في 20 جوان 2027 | 06-20
5 جويلية | 07-05
10 غشت | 08-10
7 شتنبر | 09-07
14 تشرين الأول | 10-14
25 كانون الأول | 12-25
12/03/2027 | 03-12
يوم 12/3 | 03-12
بتاريخ 2027-04-20 | 04-20
الثلاثاء 16 مارس | 03-16
الأول من أبريل | 04-01
يوم 15 | 02-15
من 3 إلى 5 ماي | 05-03 | 05-05
بين 10 و 14 مارس | 03-10 | 03-14
بين 10 و14 مارس | 03-10 | 03-14
من أفريل إلى جوان | 04-01 | 06-30
بين مارس وماي | 03-01 | 05-31
في أفريل | 04-01 | 04-30
وفي ماي | 05-01 | 05-31
بشهر نيسان | 04-01 | 04-30
لشهر أيلول | 09-01 | 09-30
خلال شهر يوليوز | 07-01 | 07-31
في دجنبر | 12-01 | 12-31
هل هناك لقاء في شهر أوت؟ | 08-01 | 08-31
في ديسمر | 12-01 | 12-31
مارس القادم | 03-01 | 03-31
ماي 2028 | 2028-05-01 | 2028-05-31
أوائل ماي | 05-01 | 05-10
منتصف مارس | 03-11 | 03-20
أواخر أفريل | 04-21 | 04-30
نهاية الشهر | 02-21 | 02-28
بداية العام القادم | 2028-01-01 | 2028-02-29
الأسبوع الأول من ماي | 05-01 | 05-07
النصف الثاني من ماي | 05-16 | 05-31
في الربيع | 03-01 | 05-31
ربيع 2028 | 2028-03-01 | 2028-05-31
الصيف القادم | 06-01 | 08-31
الربع الثاني | 04-01 | 06-30
في الربع الثالث من 2027 | 07-01 | 09-30
السداسي الأول 2028 | 2028-01-01 | 2028-06-30
العام القادم | 2028-01-01 | 2028-12-31
السنة المقبلة | 2028-01-01 | 2028-12-31
سنة 2028 | 2028-01-01 | 2028-12-31
هذا الأسبوع | 02-08 | 02-14
الأسبوع المقبل | 02-15 | 02-21
الأسبوع الماضي | 02-01 | 02-07
الشهر الجاي | 03-01 | 03-31
هذا الشهر | 02-01 | 02-28
نهاية الأسبوع | 02-13 | 02-14
بعد شهر | 03-10
بعد شهرين | 04-10
بعد 3 أشهر | 05-10
بعد ثلاثة أيام | 02-13
خلال شهر | 02-10 | 03-10
خلال أسبوعين | 02-10 | 02-24
خلال الأيام القادمة | 02-10 | 02-16
خلال الأسبوعين القادمين | 02-10 | 02-24
قبل أسبوع | 02-03
الثلاثاء القادم | 02-16
يوم الجمعة | 02-12
نهار الخميس | 02-11
الأحد الماضي | 02-07
يوم الاثنين من الأسبوع القادم | 02-15
حتى يوم الجمعة | 02-10 | 02-12
إلى غاية 20 مارس | 02-10 | 03-20
ابتداء من ماي | 05-01 | 05-31
قبل عيد الفطر | 02-23 | 03-08
في رمضان | 02-08 | 03-08
بعد رمضان | 03-11 | 03-24
عيد الفطر | 03-09
بعد عيد الأضحى | 05-20 | 06-02
المولد النبوي | 08-14
بعد أسبوع من رمضان | 03-15
من الآن إلى نهاية مارس | 02-10 | 03-31
الخامس والعشرين من مارس | 03-25
في شهر 5 | 05-01 | 05-31
منذ الاثنين | 02-08 | 02-10
"""

ENGLISH = """
today | 02-10
Can someone call me back tonight? | 02-10
tomorrow afternoon | 02-11
the day after tomorrow | 02-12
yesterday | 02-09
on 12 March | 03-12
March 12th, 2027 | 03-12
the 3rd of May | 05-03
May 3 | 05-03
Tuesday, 16 March 2027 | 03-16
on 12/03 | 03-12
12/03/27 | 03-12
2027-03-12 | 03-12
on the 15th | 02-15
first of April | 04-01
3-5 May | 05-03 | 05-05
from 3 to 5 May | 05-03 | 05-05
May 3-5, 2028 | 2028-05-03 | 2028-05-05
28 February to 3 March | 02-28 | 03-03
between March and May | 03-01 | 05-31
from November to January | 11-01 | 2028-01-31
from Monday to Wednesday | 02-15 | 02-17
in May | 05-01 | 05-31
are there trainings in march? | 03-01 | 03-31
in may please | 05-01 | 05-31
May 2028 | 2028-05-01 | 2028-05-31
next March | 03-01 | 03-31
seminars Octobr | 10-01 | 10-31
early May | 05-01 | 05-10
mid-March | 03-11 | 03-20
end of April | 04-21 | 04-30
at the end of the month | 02-21 | 02-28
by the end of next month | 02-10 | 03-31
late 2027 | 11-01 | 12-31
the first half of 2028 | 2028-01-01 | 2028-06-30
second half of May | 05-16 | 05-31
the first week of May | 05-01 | 05-07
the last week of April | 04-24 | 04-30
in spring 2028 | 2028-03-01 | 2028-05-31
this summer | 06-01 | 08-31
in the fall | 09-01 | 11-30
Q2 | 04-01 | 06-30
the third quarter of 2027 | 07-01 | 09-30
next quarter | 04-01 | 06-30
next year | 2028-01-01 | 2028-12-31
in 2028 | 2028-01-01 | 2028-12-31
in May next year | 2028-05-01 | 2028-05-31
any seminars next month? | 03-01 | 03-31
this week | 02-08 | 02-14
the coming week | 02-15 | 02-21
the week after next | 02-22 | 02-28
last week | 02-01 | 02-07
this weekend | 02-13 | 02-14
in a fortnight | 02-24
in 3 months | 05-10
in ten days | 02-20
two weeks from now | 02-24
two weeks ago | 01-27
within two weeks | 02-10 | 02-24
in the next two weeks | 02-10 | 02-24
in the coming days | 02-10 | 02-16
next Friday | 02-12
on wednesday | 02-17
on Sat | 02-13
Friday next week | 02-19
last Tuesday | 02-09
until Friday | 02-10 | 02-12
by 15 March | 02-10 | 03-15
before Friday | 02-10 | 02-11
from May on | 05-01 | 05-31
since January | 01-01 | 02-10
after Easter | 03-30 | 04-12
before Christmas | 12-11 | 12-24
at Easter 2028 | 2028-04-16 | 2028-04-17
after Ramadan | 03-11 | 03-24
Eid al-Fitr | 03-09
during Ramadan | 02-08 | 03-08
Islamic new year | 06-06
the first Monday in May | 05-03
on March 3 we march | 03-03
from march 2 until march 4 | 03-02 | 03-04
the 5th of next month | 03-05
two weeks after Eid | 03-23
on or before 15 March | 02-10 | 03-15
since Monday | 02-08 | 02-10
"""

DATELESS: dict[Language, str] = {
    "de": """
Guten Morgen
Guten Tag, ich habe eine Frage
Schönes Wochenende!
Am 31.02. treffen wir uns
am 45.13.2027
So machen wir das
Frau Mai ist zuständig
Herr Sonntag hat angerufen
Mein Name ist August Meier
Ich heiße Ramadan Yilmaz
Wir haben 12 Personen angemeldet
ca. 45.000 Einwohner
030 12345678
+49 30 901820
Das kostet 3.5 Millionen Euro
Kapitel 3.2. lesen
um 10.15 Uhr
Agenda 2030
zwischen 2000 und 3000 Einwohner
Wir arbeiten seit drei Jahren zusammen
einmal pro Woche
jeden Freitag
Haben Sie montags geöffnet?
in den Sommerferien
Winterdienst und Straßenreinigung
Die Montage der Anlage dauert
Wie lange dauert das Verfahren?
zwei Wochen Urlaub
nach Tunesien
vor Ort
bis wann?
Wer kann mir helfen?
Version 2.1
24/7 erreichbar
am Rathaus
Frohe Weihnachten!
Ich wohne in der Straße des 17. Juni
""",
    "fr": """
Bonjour
la mer est belle
la planète Mars
Nous avons été contactés
a été envoyé
mais oui
la Montagne
environ 3 000 habitants
ca. 45.000
Madame Avril est absente
Je m'appelle Ramadan
01.02.03.04.05
06 12 34 56 78
le 31/02/2027
les 3/4 des habitants
24h/24 et 7j/7
tous les mardis
chaque vendredi
une fois par semaine
le service d'hiver
les vacances d'été
deux semaines de formation
Nous sommes quatre communes
en sept communes
entre 1000 et 2000 habitants
Bon week-end
pas mal
l'eau et les déchets
je cherche un partenaire
à la mairie
quel jour ?
vendre des légumes
la zone est vaste
le second projet
Bon ramadan à tous
la rue du 20 Mars
Il à été en contact avec nous
""",
    "ar": """
السلام عليكم
لدينا 12 موظفا
حوالي 3 أشخاص
اسمي رمضان
السيد ربيع
الربيع العربي
الجامعة
الجمعية المحلية
جمعية المدينة
أبي يعمل هنا
مارس الرياضة
كرة القدم
نلعب بكرة القدم
3 ساعات في اليوم
اليوم الدراسي
كل يوم جمعة
كل أسبوع
أحد الموظفين
نصف السكان
ربع المبلغ
من أين أبدأ؟
الميزانية 20000 أورو
٠١٢٣٤٥٦٧٨٩
شكرا جزيلا
بلدية صفاقس
بعد الموافقة
قبل التسجيل
في المدينة
كم عدد السكان؟
31/02/2027
رمضان كريم
شارع 20 غشت
تم رفضه في أحد المطاعم
لا أفهم ما يعنيه
صلاة الجمعة
""",
    "en": """
May I ask a question?
may 3 people join?
so what
we sat down
I am here
12 persons
about 3 people
ca. 45.000
the second project
a second opinion
Mr May called
Mrs. June Smith
my name is April
we march together
they march on
the sun is shining
in three communes
version 3.5
call +49 30 1234567
24/7 support
on the 3rd floor
3/4 of the budget
31/02/2027
every Friday
on Mondays
once a week
two weeks of training
spring water
the prices fall
the fall of the wall
summer school
have a nice weekend
good morning
Agenda 2030
between 2000 and 3000 people
this may be right
10 may attend
next steps
last question
what time is it now?
how long does it take?
after the meeting
before we start
Happy New Year
the 6th of October City
10-12 people
""",
}


def _day(text: str) -> date:
    return date.fromisoformat(text if len(text) > 5 else f"2027-{text}")


def _table(language: Language, lines: str) -> list[tuple[Language, str, date, date]]:
    rows = [line.split(" | ") for line in lines.strip().splitlines()]
    return [(language, row[0], _day(row[1]), _day(row[-1])) for row in rows]


PHRASES = [
    *_table("de", GERMAN),
    *_table("fr", FRENCH),
    *_table("ar", ARABIC),
    *_table("en", ENGLISH),
]
SENTENCES = [
    (language, line) for language, lines in DATELESS.items() for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("language", "text", "start", "end"), PHRASES)
def test_a_phrase_names_its_days(language: Language, text: str, start: date, end: date) -> None:
    found = interval(text, language, WEDNESDAY)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(("language", "text"), SENTENCES)
def test_a_sentence_without_a_date_names_none(language: Language, text: str) -> None:
    assert interval(text, language, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "nach dem Ramadan"), ("fr", "l'Aïd"), ("ar", "بعد رمضان"), ("en", "Mawlid")],
)
def test_the_islamic_calendar_is_approximate(language: Language, text: str) -> None:
    found = interval(text, language, WEDNESDAY)
    assert found is not None
    assert found.approximate


def test_other_calendars_are_exact() -> None:
    assert interval("after Easter", "en", WEDNESDAY) == Interval(
        date(2027, 3, 30), date(2027, 4, 12)
    )


def test_a_range_under_way_counts() -> None:
    found = interval("vom 3. bis 5. Mai", "de", date(2027, 5, 4))
    assert found == Interval(date(2027, 5, 3), date(2027, 5, 5))
    found = interval("between November and March", "en", WEDNESDAY)
    assert found == Interval(date(2026, 11, 1), date(2027, 3, 31))


def test_the_29th_of_february_waits_for_its_year() -> None:
    day = date(2028, 2, 29)
    assert interval("29. Februar", "de", WEDNESDAY) == Interval(day, day)


def test_arabic_letters_are_read_in_any_language() -> None:
    assert interval("rendez-vous غدا", "fr", WEDNESDAY) == interval("غدا", "ar", WEDNESDAY)


WORDS = " ".join([GERMAN, FRENCH, ARABIC, ENGLISH, *DATELESS.values()]).replace("|", " ").split()
languages = st.sampled_from(LANGUAGES)
texts = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(sorted(set(WORDS))), max_size=9).map(" ".join)
)


@given(texts, languages, st.dates())
def test_any_text_gives_an_interval_in_order_or_none(
    text: str, language: Language, today: date
) -> None:
    found = interval(text, language, today)
    assert found is None or found.start <= found.end
    assert interval(text, language, today) == found


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), languages, st.sampled_from(["long", "full"]))
def test_a_date_as_babel_prints_it_is_exactly_that_day(
    day: date, language: Language, length: str
) -> None:
    printed = format_date(day, length, locale=language)  # type: ignore[arg-type]
    for text in (printed, f"({printed})", f"… {printed}."):
        assert interval(text, language, WEDNESDAY) == Interval(day, day)


@given(st.integers(1, 31), languages)
def test_bare_month_names_come_round_within_a_year(month: int, language: Language) -> None:
    today = WEDNESDAY + timedelta(days=month)
    found = interval(format_date(today, "d MMMM", locale=language), language, today)
    assert found == Interval(today, today)
