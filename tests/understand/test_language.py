"""Short messages as people type them to town halls, and what they tell about their language."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpbot.model import LANGUAGES, Language
from kpbot.understand.language import Hearing, hear

GERMAN = """
guten morgen
Guten Tag
servus
grüezi
hallöchen
wie gehts
wie geht's?
hilfe
abbrechen
zurück
weiter
nochmal von vorne
ich möchte abbrechen
ne danke
nein
klar
passt
stimmt
in ordnung
einverstanden
auf keinen fall
keine ahnung
weiß nicht
wer seid ihr
bist du ein mensch oder ein roboter
wo finde ich den datenschutz
löscht bitte meine daten
abfallwirtschaft
müllentsorgung
straßenbeleuchtung
feuerwehr
jugendaustausch
stadtentwicklung
klimaschutz und energie
erneuerbare energien
wasserversorgung
tourismus und kultur
verwaltung
bauhof
landratsamt
Kreisverwaltung Plön
ich bin bürgermeister
ich arbeite im ordnungsamt
wir suchen eine partnerstadt
eine stadt in marokko wäre toll
haben schon ne partnerschaft mit tunesien
wieviel kostet das
wann gehts los
gibts fördermittel
könnt ihr mich anrufen
bitte rufen sie mich an
meine nummer hat sich geändert
das ist falsch
das stimmt nicht
später
egal
mir egal
morgen früh
nächste woche
ab montag
noch nicht
vielleicht
schönen tag noch
auf wiedersehen
bis bald
MfG
lg
danke schön
dankeee
KÖNNEN SIE MIR HELFEN
SCHNELL BITTE!!! WO IST MEIN ANTRAG
wat kostet dat
hab ich nich verstanden
wie bewerbn wir uns
was ist das programm
wer bezahlt die reise
ansprechpartner?
einwohner ca 20000
rathaus
stadträtin
kommunale partnerschaft
Können sie mir was zur partnershaft sagen
Wir haben ein Meeting mit dem Team in Sousse, any chance für Dolmetscher?
tach zusammen
na dann mal los
versteh ich net
ich hätte da mal ne frage
nee das passt so
bin neu hier
bei uns im dorf
rufen sie zurück
lieber per mail
keine zeit
zweite stelle links
geschäftsführerin stadtwerke
kämmerei
integrationsbeauftragte
hochwasserschutz
radwege
friedhofsverwaltung
obdachlosenhilfe
breitbandausbau
grünflächenamt
wirtschaftsförderung
ratsmitglied
fraktionsvorsitzende
zugesagt
das will ich nicht sagen
geht dich nichts an
frag später
wer liest das
habe mich vertippt
vertippt
einen moment bitte
sekunde
jo mach ma
joa
prima
hmm weiss net genau
grüß gott
danke fürs gespräch
ciao bis dann
wie lange dauert das noch
stimmt so
beides
keins von beiden
""".strip().splitlines()

FRENCH = """
bonsoir
Bonjour
bonjouuuur
slt cv?
salut ça va
bjr
allo
aide
annuler
retour
recommencer
je veux arrêter
non merci
d'accord
dacc
ça marche
parfait
c'est bon
pas encore
je ne sais pas
jsp
chais pas
je comprends pas
j'ai pas compris
qui êtes-vous
vous êtes un robot ?
supprimez mes données
traitement des ordures
eau potable
eau et assainissement
énergies renouvelables
transport urbain
espaces verts
jumelage
état civil
collectivité territoriale
sapeurs pompiers
jeunesse et sport
je suis le maire
je suis maire d'une petite commune
je travaille à la wilaya
secrétaire général
président de la commune
adjoint au maire
on cherche un partenaire allemand
nous avons déjà un jumelage
combien ça coute
cest gratuit?
quand est ce que ça commence
ya t il des subventions
pouvez vous me rappeler
mon numéro a changé
c'est faux
ce n'est pas ça
plus tard
peut-être
demain matin
la semaine prochaine
à partir de lundi
bonne journée
au revoir
merci bcp
merci beaucoup
mrc
svp
stp
g une question
je ve des informtion sur les viste de deleguation
slt cv? g une question sur le jumelage
Hello, nous sommes une commune au Maroc
quoi de neuf
comment ça marche
comment faire pour s'inscrire
qui paie le voyage
environ 20000 habitants
ingénieur
fonctionnaire
COMMENT POSTULER ???
c koi le programme
kel ville en allemagne
jveux parler a qqn
tkt
mdr
bien reçu
n'importe
aucune idée
une ville allemande
développement durable
ville de Sousse
propreté
l'eau
voirie
je vous remercie
bjr mme
jai un souci
g pas compris
chui perdu
c bon merci
pas de souci
ça me va
les deux
aucun des deux
ni l'un ni l'autre
je préfère ne pas répondre
une seconde
attendez
je me suis trompé
erreur
mauvaise adresse
la bonne adresse est
chef de service
chargé de mission
bureau d'hygiène
éducation nationale
centre ville
nettoiement
ramassage scolaire
station d'épuration
zone industrielle
marché hebdomadaire
artisanat
reboisement
inondations
sécheresse
handicap
formation professionnelle
on verra
bof
quel dommage
vs etes ou
dsl
jte remercie
c qui
quand exactement
pourriez-vous préciser
fonctionnaires communaux
ça fait combien
y'a quelqu'un
""".strip().splitlines()

ENGLISH = """
hi
hey
hiii
good morning
good evening
how are you
help
cancel
go back
start over
i want to stop
no thanks
no thank you
nope
sure
sounds good
fine
that's right
not yet
i don't know
idk
dunno
i dont understand
what do you mean
are you a robot
are you human?
remove my data pls
waste management
drinking water
street lighting
renewable energy
youth exchange
urban planning
fire brigade
solid waste
town twinning
municipality
local government
mayor's office
i work for the city council
we are looking for a german partner
we already have a partnership
how much does it cost
when does it start
any funding?
can you call me
call me back please
my number changed
that's wrong
later
maybe
whatever
tomorrow morning
next week
from monday
thanks
thank you so much
thx
tysm
pls
bye
goodbye
kind regards
best wishes
u there?
i wnat to no abot the trainigs
who pays for the trip
how to apply
around 20000 inhabitants
engineer
civil servant
any german city
doesn't matter
WHAT IS THIS ABOUT
wat costs r covered
nice
cool, how does it work
good luck
where are you based
anything else?
sorry
speak to a human
deputy mayor
water and sanitation
hello there
g'day
gimme a sec
one moment
hang on
both
neither
none of them
i made a mistake
typo sorry
wrong address
oops
prefer not to say
none of your business
town hall
head of department
project officer
flood protection
vocational training
disability
farming
street cleaning
sports facilities
markets
refugees
women's rights
great thanks
all good
got it
makes sense
no idea
no clue
not really
kinda
i guess so
who is reading this
u a bot?
r u real
wanna join
can i skip this
skip
that's all
bye for now
cheers mate
""".strip().splitlines()

ARABIC = """
السلام عليكم
صباح الخير
مساء النور
أهلا
مرحبا
شكرا
نعم
لا
ايوه
واخا
زوين
بزاف
برشا
شنوة
كيفاش نسجلو
فين كاين المكتب
عايز أعرف التفاصيل
بكام
لا أعرف
لم أفهم
من أنتم
هل أنت روبوت
احذفوا بياناتي
النفايات الصلبة
الطاقة المتجددة
رئيس البلدية
أنا رئيس جماعة
نبحث عن شريك ألماني
عندنا توأمة مع مدينة فرنسية
مع السلامة
إلى اللقاء
غدا صباحا
الأسبوع القادم
حوالي 20000 نسمة
عايزين نعرف التقديم بيبقى فين وإزاي
نود الاستفسار عن شروط التعاون مع البلديات الألمانية
ممكن مساعدة
كيف الحال
لاباس
يعيشك
خطأ
مش فاهم
ما فهمتش
معنديش فكرة
عفوا
لحظة من فضلك
كلاهما
لا هذا ولا ذاك
أخطأت
العنوان خطأ
مهندسة معمارية
التكوين المهني
حماية البيئة
الفيضانات
تدبير النفايات
شحال الثمن
قداش السوم
إمتى هنبدأ
وقتاش نبداو
صافي
ياسيدي بارك الله فيك
هلا والله
تصبح على خير
هاي
أوك
مية في المية
""".strip().splitlines()

ARABIZI = """
salam
salam 3likom
slm khoya
ahlan
ahla
sba7 el kheir
sabah el noor
masa2 el 5eer
labas
labess
ca va labas hamdoulah
hamdoullah
chokran
shokran
choukran bzaf
barakallahu fik
y3aychek
3ayshek
inchallah
nchallah
wakha
wakha khoya
safi
mezyan
mzyan
bahi
barsha
barcha
bezzaf
bzf
aywa
aiwa
tayeb
tamam
mashi
machi mouchkil
mafhemtch
ma fhemtch walou
ma3reftch
manich 3aref
mish fahem
msh 3aref
ma n3rafch
chkoun ntouma
chkoun nta
enta meen
shkoun entom
wach nta robot
kifach nsejlo
kifech nsajel
ezzay a2adem
fin kayn lbureau
feen el maktab
wein
waynkom
chhal
ch7al taman
9adech yeswa
b2addeh
nheb na3ref aktar
n7eb nes2el
bghit n3ref
bghina charaka m3a almania
3ayez a3raf el tafaseel
3ayzin sharaka
7na baladia sghira
ana ra2is el baladiya
ana mohandes
rani nkhdem f la mairie
nekhdem fel baladia
kayn chi tamwil
famma tamwil
fih tamwil
m3a salama
bslama
bessleme
ghedda sbah
bokra
ghodwa
lyouma
jem3a jaya
daba
tawa
dorka
zebel w nadafa
lma w l3afia
el ma2 wel sarf el se77i
ta9a motajadida
sahit
sa7a
saha
yaatik saha
Slm, bghit n3ref kifach nsejlo la commune dyalna
3aslema, el baladia mte3na t7eb ta3mel chraka m3a Almania
saha khoya, kayen aide bach nrouhou l'Allemagne ?
mumkin a3raf el taqdeem ezzay?
mumkin mosa3da
momkin so2al
law sama7t
3afak
afak
min fadlak
lah ykhalik
mafihach mochkil
makaynch
mkch
makanch
kifash
3lach
3lash
lih
leh
wesh rak
wesh kayen
chneya
chnia
shnowa
aslema
3andi so2al
hadchi ghalat
hada mouhandis
smiti
esmi
ra9m telephone tbedel
nta men ayna
cava khoya
kidayr
kidayra
ki dayer
chno kadir
achno kayn
ma3lich
ma3lech
bla jmil
la chokr 3ala wajib
afwan
3afwan
lahda
d9i9a
da9i9a
sbr chwya
estanna shwaya
stanna chwaya
ghltt
ghlet
kteb 3arbi
ach katqsdo
ash katgol
ma3arfch
mab9ach
baraka
wlh ma fhemt
nchofo ghdda
nhar tnin
simana jaya
ra2is el madina
mas2oula
3omda
chari3 mohamed 5
siyana
sarf si7i
nadafat lmdina
chajar
fayadanat
fyadanat
takwin mihani
rak temma
win rakom
ch7al ysewa
wa9tech tebda
waqtech
mouch lezem
ma nheb chay
wala haga
mafeesh fekra
ma3andish fekra
kolo tamam
zay el fol
eshta
ya rayes
hadretak meen
7adretak fein
tsba7 3la khir
tesbah 3la khir
layla sa3ida
nharek zin
ntla9aw
ila l li9a2
be2olak eh
3ala rasi
tekram
kifak
kifik
sho el wade3
shu fi
3anjad
yislamo
sheghel
""".strip().splitlines()

TELLS_NOTHING = """
Mohamed
Fatima Zahra El Idrissi
Karim Benjelloun
Anna Schmidt
Dr. Sabine Weber
Jean-Pierre Dupont
John Smith
Youssef
Abdelkader
ben ali
Hans Klein
Mark Young
Leïla
Said Amrani
Amina
Weiß
Oujda
Fès
Sfax
Ben Guerdane
La Marsa
El Kef
Sidi Bou Saïd
Casablanca
casablanca
Ksar el Kebir
Aïn Témouchent
Bordj Bou Arréridj
Oran
Béjaïa
Kairo
Cairo
Giza
Port Said
Luxor
Marsa Matrouh
Frankfurt am Main
Essen
Halle
München
Görlitz
Bad Homburg
Rothenburg ob der Tauber
Sidi Bel Abbès
Kafr el-Sheikh
Safi 46000
Salé
Nice
Leipzig
Berlin
Tunis
Rabat, Maroc
Hamburg/Altona
okay
okok
o.k.
k
👍👍
😀
🙏
...
???
!
-
x
1
42
20 000
15.02.2027
2027-03-01
10h30
14:00
12-15
+49 30 1234567
0661234567
٠١٢٣٤٥٦٧٨٩٠
12345
contact@commune-fes.ma
s.mueller@rathaus-musterstadt.de
https://www.giz.de
www.kommunal.de/partner
@kpbot
/start
/help
KP-2027-0004
DE89 3704 0044
test
test test
asdf
asdfgh
hhhh
hahaha
haha
lol
aaa
PDF
WhatsApp
SKEW
KfW
Email
Telefon 0301234
hola
hola, quiero información sobre el programa
buenos días
gracias
¿dónde está la oficina?
somos una ciudad pequeña
merhaba
merhaba nasılsınız
teşekkür ederim
belediye ile ortaklık istiyoruz
ciao
grazie mille
vorrei informazioni sul programma
siamo un piccolo comune
goedemorgen
ik wil graag informatie
hoe gaat het met u
dank je wel
wij zijn een kleine gemeente
azul fellawen
ⴰⵣⵓⵍ
tanemmirt
amek telliḍ
ur ssineɣ ara
obrigado
привет
добрый день
你好
γεια σας
dziękuję
Merci bcp, shukran, danke
Chaouki
Hédi
Salwa Trabelsi
Nguyen
Ait Ourir
Aït Melloul
Oum Er-Rbia
Sidi Slimane
Souk El Arbaa
El Hajeb
Ksar Hellal
Menzel Bourguiba
Grombalia
Hassi Messaoud
Ras El Oued
Aïn Defla
Bab El Oued
El Mahalla El Kubra
6th of October City
New Cairo
10th of Ramadan
Beni Suef
Bad Tölz
Halle (Saale)
Neustadt an der Weinstraße
Castrop-Rauxel
Frau Müller
Schwäbisch Gmünd
Landsberg am Lech
Freising
Mülheim an der Ruhr
St. Ingbert
Villingen-Schwenningen
Fatima-Zahra
Dr. Ahmed El-Sayed
M. Dupont
Abdelhak Ben Salah
Nour El Houda
Noor Hassan
Marie Petit
Lisa Lang
Peter Groß
Paul Le Grand
Thomas Will
mohamed amine
oussama
abdou
bilal
yes oui ja
no non nein
2/3
17h
9h30
14h-16h
5km
3eme
4x4
100%
5000 EUR
a1
B2
A380
covid19
co2
+212 6 61 23 45 67
qwertz
aaaaaaa
hm
hmm
mmm
äh
x y z
null
n/a
N.N.
bla bla
buonasera
como estas
puedo hablar en español
qué hora es
me llamo Carlos
un momento por favor
io non capisco
non capisco
siamo una città
ik begrijp het niet
spreekt u nederlands
bilmiyorum
anlamadım
nerede
çok güzel
ur fhimeɣ ara
ayyuz
""".strip().splitlines()

#: What nobody can tell, or what we do not: known, and kept silent rather than guessed.
SILENT_THOUGH_TELLING = ["agriculture", "correct", "kestion", "moment", "top"]

ALL = GERMAN + FRENCH + ENGLISH + ARABIC + ARABIZI + TELLS_NOTHING


@pytest.mark.parametrize(
    ("language", "messages"),
    [("de", GERMAN), ("fr", FRENCH), ("en", ENGLISH), ("ar", ARABIC), ("ar", ARABIZI)],
)
def test_a_message_tells_its_language(language: Language, messages: list[str]) -> None:
    heard = {message: hear(message).language for message in messages}
    assert heard == dict.fromkeys(messages, language)


def test_arabic_in_latin_letters_is_marked_as_such() -> None:
    assert [message for message in ARABIZI if not hear(message).arabizi] == []
    others = GERMAN + FRENCH + ENGLISH + ARABIC + TELLS_NOTHING
    assert [message for message in others if hear(message).arabizi] == []


@pytest.mark.parametrize("message", TELLS_NOTHING + SILENT_THOUGH_TELLING)
def test_names_numbers_and_other_languages_tell_nothing(message: str) -> None:
    assert hear(message) == Hearing(None, "no", arabizi=False, wish=False)


FIELD_ANSWERS = """
Commune de Sidi Bou Said en Tunisie
Office de la Jeunesse de Tunis
mairie de tizi ouzou
Amt für Umwelt und Verbraucherschutz der Stadt Köln
Verbandsgemeinde Bad Neuenahr an der Ahr
Ministry of Local Development
oui
oui merci
ja
ja bitte
yes
yes please
no
نعم
لا
نعم شكرا
شكرا
طنجة
الدار البيضاء
محمد بن علي
محمد عبد الله حسن الادريسي
بلدية سيدي بوزيد
المجلس الجماعي لمدينة الدار البيضاء
جماعة أيت ملول
""".strip().splitlines()


@pytest.mark.parametrize("current", LANGUAGES)
@pytest.mark.parametrize("message", FIELD_ANSWERS + TELLS_NOTHING)
def test_a_field_answer_never_switches(message: str, current: Language) -> None:
    befores = [None, *(before for before in LANGUAGES if before != current)]
    assert {hear(message, current, before).switch for before in befores} == {"no"}


@pytest.mark.parametrize(
    ("message", "current", "before", "language", "switch"),
    [
        ("je voudrais des informations sur le programme", None, None, "fr", "yes"),
        ("je voudrais des informations sur le programme", "fr", None, "fr", "no"),
        ("je voudrais des informations sur le programme", "de", None, "fr", "ask"),
        ("wir möchten gerne teilnehmen", "fr", None, "de", "ask"),
        ("i want to know more", "de", None, "en", "ask"),
        ("kifach nsejlo f had programme", "fr", None, "ar", "ask"),
        ("bonjour", "de", None, "fr", "no"),
        ("bonjour", "de", "fr", "fr", "ask"),
        ("gestion de l'eau et des déchets", "de", None, "fr", "no"),
        ("gestion de l'eau et des déchets", "de", "fr", "fr", "ask"),
        ("نريد معلومات عن البرنامج", "fr", None, "ar", "yes"),
        ("كم يكلف البرنامج", "fr", None, "ar", "ask"),
        ("كيف نسجل", "fr", None, "ar", "no"),
        ("كيف نسجل", "fr", "ar", "ar", "yes"),
        # two languages in one message: that of the conversation, else nobody knows
        ("Bonjour السيد المحترم, نريد معلومات sur le programme SVP", "fr", None, "fr", "no"),
        ("Bonjour السيد المحترم, نريد معلومات sur le programme SVP", None, None, None, "no"),
    ],
)
def test_a_conversation_changes_its_language_only_with_good_reason(
    message: str,
    current: Language | None,
    before: Language | None,
    language: Language | None,
    switch: str,
) -> None:
    heard = hear(message, current, before)
    assert (heard.language, heard.switch) == (language, switch)


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("Deutsch bitte", "de"),
        ("auf Deutsch", "de"),
        ("können wir deutsch sprechen", "de"),
        ("I'd prefer German", "de"),
        ("بالألمانية من فضلك", "de"),
        ("please answer in German", "de"),
        ("en français svp", "fr"),
        ("français", "fr"),
        ("switch to french", "fr"),
        ("können wir auf französisch weitermachen", "fr"),
        ("واش ممكن نهضرو بالفرنسية", "fr"),
        ("nahdro bel français", "fr"),
        ("بالعربية", "ar"),
        ("هل تتكلمون العربية؟", "ar"),
        ("peut-on parler en arabe", "ar"),
        ("je préfère l'arabe", "ar"),
        ("tahdro bel 3arbiya", "ar"),
        ("momkin bel 3araby", "ar"),
        ("english please", "en"),
        ("Guten Tag, do you speak English?", "en"),
        ("on peut continuer en anglais ?", "en"),
        ("ممكن بالانجليزي", "en"),
        ("mumkin bil ingilizi", "en"),
    ],
)
def test_a_wish_is_granted_at_once(message: str, language: Language) -> None:
    for current in (None, *LANGUAGES):
        heard = hear(message, current)
        wanted = "no" if current == language else "yes"
        assert (heard.language, heard.switch, heard.wish) == (language, wanted, True)


@pytest.mark.parametrize(
    "message",
    [
        "une ville allemande",
        "deutsche partnergemeinde",
        "talk to a german partner",
        "I don't speak German",
        "je parle allemand et français",
        "is the form only in german",
        "mein kollege spricht französisch",
        "نبحث عن شريك ألماني",
        "do german cities pay",
        "Französisch und Deutsch",
        "do they speak french there",
        "our mayor speaks only arabic",
        "our egyptian colleagues could write to you in arabic",
    ],
)
def test_talk_about_languages_is_no_wish(message: str) -> None:
    assert not hear(message).wish


@given(st.text(max_size=80), st.sampled_from([None, *LANGUAGES]))
def test_any_text_is_heard_without_error_and_always_alike(
    text: str, current: Language | None
) -> None:
    assert hear(text, current) == hear(text, current)


@given(st.sampled_from(ALL), st.sampled_from(["", ".", "!", "?", "!!!", " …", "؟", " 🙏", " :)"]))
def test_capitals_and_punctuation_make_no_other_language(message: str, ending: str) -> None:
    language = hear(message).language
    assert hear(message + ending).language == language
    assert hear(message.upper() + ending).language in {language, None}


@given(
    st.one_of(
        st.integers().map(str),
        st.from_regex(r"\+?[0-9 /()-]{3,15}", fullmatch=True),
        st.from_regex(r"[a-z]{2,9}[.][a-z]{2,9}@[a-z-]{2,12}[.](?:de|ma|dz|tn|eg)", fullmatch=True),
        st.from_regex(r"https://www[.][a-z-]{2,12}[.](?:de|ma)/[a-z]{0,8}", fullmatch=True),
    ),
    st.sampled_from(LANGUAGES),
    st.sampled_from([None, *LANGUAGES]),
)
def test_numbers_and_addresses_never_switch(
    text: str, current: Language, before: Language | None
) -> None:
    assert hear(text, current, before) == Hearing(None, "no", arabizi=False, wish=False)


def test_the_detector_is_loaded_only_when_it_is_needed() -> None:
    program = (
        "import sys; from kpbot.understand.language import hear; hear('Guten Tag');"
        " sys.exit('langdetect' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_detector_confirms_a_word_among_unknown_ones() -> None:
    assert hear("gestampfte kartoffelklöße schmecken überwältigend").language == "de"
