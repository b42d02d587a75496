"""Words around the name of a place: cues, connectors, countries, Länder; and what is no place.

All words are written as `places_keys.tokens` returns them: folded, no accents, no Arabic articles.
"""

from __future__ import annotations

from typing import Final

TOWN: Final = "t"
UPPER: Final = "u"
UNION: Final = "n"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CUES: Final[dict[str, str]] = {
    **dict.fromkeys(
        _words(
            "stadt stadtverwaltung gemeinde gemeindeverwaltung kommune stadtgemeinde "
            "landeshauptstadt hansestadt "
            "universitatsstadt kreisstadt rathaus commune communes ville mairie municipalite "
            "municipality "
            "city town township cityhall baladia baladiya baladeya baladiyat belediya belediye "
            "belediyye belediya "
            "jamaa jamaat jmaa madinat medina medinat madina markaz apc markez "
            "بلديه جماعه مدينه مركز بلديتنا مجلس حي لبلديه ببلديه وبلديه لجماعه بجماعه لمدينه "
            "بمدينه"
        ),
        TOWN,
    ),
    **dict.fromkeys(
        _words(
            "landkreis kreis lk ldkr lkr landratsamt kreisverwaltung regionalverband wilaya "
            "wilayat wilayet willaya "
            "wilaia gouvernorat governorate gouvernement gouvernorate governerate governorat "
            "governate "
            "mohafaza mohafazat muhafazat muhafaza mouhafaza province provinz prefecture "
            "provinces departement "
            "wlaya wilayah region regionsverband wlayt district "
            "ولايه محافظه اقليم عماله جهه لولايه بولايه لمحافظه بمحافظه محافظتنا ولايتنا لاقليم "
            "باقليم"
        ),
        UPPER,
    ),
    **dict.fromkeys(
        _words(
            "verbandsgemeinde vg samtgemeinde sg amt amtsverwaltung verwaltungsgemeinschaft "
            "verwaltungsverband gemeindeverband vgem"
        ),
        UNION,
    ),
}
"""Word → level it announces."""

ABBREVIATIONS: Final = {"st": "sankt", "skt": "sankt", "saint": "sankt", "ste": "sankt"}

CONNECTORS: Final = _words(
    "a am an auf b bei d da dal de del dem den der des di die do du el al i im in l la le les "
    "o ob of on sul sur the u und v vd vom von vor zu zum zur et and ul il"
)
"""Dropped inside a name: "Halle an der Saale", "Halle (Saale)" and "Halle a. d. Saale" are one."""

LINKS: Final = _words(
    "a ad am an auf b bei d dem den der i im in o ob v vd vom von vor zu zur sur sul on"
)
"""After one of these the name proper is over: the base of "Esslingen am Neckar" is "Esslingen"."""

LEADS: Final = _words(
    "von vom maire mayor burgermeister burgermeisterin oberburgermeister aus fur fuer from de in "
    "a d of au for pour at nach i representing vertrete vertreten heisst "
    "heissen appelle called is ist sind bin min f mn mel men من في ب ل عن اسمها تسمي هي"
)
"""Words right before a name in a sentence; weaker than a cue."""

FILLERS: Final = _words(
    "bitte danke hallo guten tag moin servus ich wir bin sind komme kommen schreibe schreiben "
    "fur fuer "
    "aus unsere unser meine mein name ist die der das es heisst nous sommes je suis viens vient "
    "venons notre bonjour salut merci svp plait s il vous c cest est pour chez ici hello hi hey "
    "please thanks thank you we are i am im my our its it from this here is represent representing "
    "ana ahna a7na 7na hna ehna e7na min men mn salam slm slt salut ya cordialement "
    "انا نحن احنا حنا نحنا من في هي هنا مرحبا سلام عليكم السلام شكرا اسمها اسم نمثل ممثل باسم اكتب "
    "نكتب لكم اهلا تحيه بلدنا بلدي هذه هذا"
)

COUNTRY_WORDS: Final[dict[str, str]] = {
    **dict.fromkeys(
        _words("deutschland germany allemagne almania alemania almanya brd المانيا"), "DE"
    ),
    **dict.fromkeys(_words("agypten aegypten egypt egypte misr masr مصر"), "EG"),
    **dict.fromkeys(_words("algerien algeria algerie dzair jazair جزاير"), "DZ"),
    **dict.fromkeys(_words("marokko morocco maroc maghrib maghreb مغرب"), "MA"),
    **dict.fromkeys(_words("tunesien tunisia tunisie tounes تونسيه"), "TN"),
}

LAENDER: Final[dict[str, str]] = {
    "badenwurttemberg": "08", "badenwuerttemberg": "08", "bw": "08", "bawu": "08",
    "wurttemberg": "08",
    "bayern": "09", "bavaria": "09", "by": "09", "berlin": "11", "brandenburg": "12", "bb": "12",
    "bremen": "04", "hamburg": "02", "hessen": "06", "hesse": "06", "he": "06", "hess": "06",
    "mecklenburgvorpommern": "13", "mv": "13", "mecklenburg": "13", "meckpomm": "13",
    "niedersachsen": "03", "nds": "03", "ni": "03", "nordrheinwestfalen": "05", "nrw": "05",
    "nw": "05",
    "westfalen": "05", "westf": "05", "rheinlandpfalz": "07", "rlp": "07", "rp": "07",
    "pfalz": "07",
    "saarland": "10", "saar": "10", "sl": "10", "sachsen": "14", "sn": "14", "sachs": "14",
    "sachsenanhalt": "15", "lsa": "15", "anhalt": "15", "schleswigholstein": "01", "sh": "01",
    "holstein": "01", "thuringen": "16", "thueringen": "16", "thur": "16", "th": "16",
}  # fmt: skip
"""Compact key of a Land or its abbreviation → first two digits of the keys in it."""

COMMON_WORDS: Final = _words(
    "essen halle hof regen singen weil bergen wiesen baden aue berg wald see haus ende alle aller "
    "andere anderen neu alt gross klein stein bach burg dorf feld heide horn wesel lage sand "
    "tann teil "
    "rain wedel marl kehl lauf mark winter sommer herbst fruhling welt leer buch brand rot weiss "
    "forst park markt platz zell kirchen munster damme hagen hohn ruhe plan zug rom salem sur "
    "vie port monde centre projet partenariat mission eau nord sud est ouest jour nuit "
    "partner partnerschaft projekt hilfe frage fragen termin geld zeit danke bitte wasser "
    "energie klima "
    "asla amal salam nour nasr wahda jadida kebir saada hana sahel mansoura "
    "سلام امل نصر وحده نور جديده سعاده هنا كبير صغير عين وادي سيدي مدينه بلديه جديد شكرا"
)
"""Everyday words that are also small places: in a sentence they need a cue."""

NO_PLACES: Final = _words(
    "null none nix nichts test tests testen asdf qwertz qwerty xyz abc hallo hello hi hey moin "
    "bonjour salut "
    "ja nein ok okay oui non yes no si la danke merci thanks bitte keineahnung weissnicht egal "
    "europa europe afrika africa afrique nordafrika erde welt world monde stadt gemeinde dorf land "
    "kreis landkreis commune ville municipalite hauptstadt capital capitale unbekannt unknown "
    "inconnu aucun aucune rien personne keine keiner keins nirgends uberall irgendwo anywhere "
    "nowhere "
    "everywhere other andere autre sonstige sonstiges abbruch abbrechen stop start help hilfe aide "
    "menu menue zuruck retour back cancel annuler weiter next suivant neu new nouveau "
    "mokka kaffee kuchen pizza montag dienstag mittwoch donnerstag freitag samstag sonntag lundi "
    "mardi "
    "mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday "
    "sunday "
    "januar februar marz april mai juni juli august september oktober november dezember "
    "osterreich austria schweiz suisse switzerland france frankreich italien italy spanien spain "
    "turkei "
    "turkey libyen libya libye syrien syria syrie jordanien jordan libanon lebanon liban irak "
    "iran israel "
    "palastina palestine saudi usa america amerika england polen poland russland niederlande "
    "belgien "
    "deutschland germany allemagne agypten egypt egypte algerien algeria algerie marokko morocco "
    "maroc "
    "tunesien tunisia tunisie portugal sudan mali niger senegal "
    "مصر جزاير مغرب المانيا فرنسا ليبيا سوريا لبنان اردن نعم لا شكرا مرحبا سلام اهلا لااعرف لاادري "
    "معرفش ماعرفش مانعرفش لاشيء بلديه مدينه محافظه ولايه جماعه قريه لاشي مساعده تجربه اختبار غدا "
    "اليوم"
)
"""Compact keys that are never a place and nothing like one."""

ORDINARY_WORDS: Final = _words(
    "schon schoen schone demain hier gestern spater immer nie vielleicht leider gerne gern "
    "naturlich "
    "klar genau super toll prima perfekt sorry entschuldigung achtung verwaltung burgermeister "
    "landrat "
    "abfall abfallwirtschaft mull klima klimaschutz wasser abwasser wasserversorgung verkehr "
    "mobilitat "
    "bildung jugend kultur sport tourismus wirtschaft gesundheit energie solar umwelt "
    "partnerschaft "
    "jumelage dechets eau assainissement transport energie climat culture jeunesse sante tourisme "
    "partenariat cooperation projet formation demande dossier budget financement subvention "
    "question "
    "reponse programme water waste energy climate education health youth funding project training "
    "partnership proposal application deadline budget grant question answer language german "
    "english "
    "french arabic deutsch englisch franzosisch arabisch francais anglais allemand arabe antrag "
    "antrage "
    "forderung fordermittel frist termin beratung berater mensch telefon nummer adresse email "
    "mail name "
    "vorname nachname kontakt person verein schule universitat krankenhaus feuerwehr projekte "
    "ideen "
    "montags heute matin soir annee monat woche wochen jahr jahre tag tage zeit geld kosten preis "
    "danke dankeschon dankeschoen willkommen tschuss ciao bye goodbye aurevoir bientot abend nacht "
    "gestion maintenant bonsoir bonnejournee excellent parfait daccord entendu peutetre jamais "
    "toujours "
    "yesterday today tonight always never maybe perhaps sorry great fine thanks somewhere nothing "
    "something anything everything einstellung sprache datenschutz loschen speichern senden "
    "absenden "
    "ماء مياه نفايات بييه طاقه مناخ تعليم صحه شباب ثقافه رياضه سياحه شراكه مشروع تمويل طلب سوال "
    "جواب "
    "برنامج تدريب لغه عربيه المانيه فرنسيه هاتف رقم عنوان اسم رييس عمده ربما دايما ابدا صباح "
    "مساء خير "
    "شكرا عفوا طيب تمام ماشي حاضر موعد اجتماع زياره وفد"
)
"""Words of this programme and of small talk: what is like one of them is not like a place."""

SENTENCE_WORDS: Final = _words(
    "ich du wir ihr sie er es ist sind bin war haben hat habe wer wie was wann wo warum welche "
    "nicht kein "
    "keine ahnung weiss kann konnen mochte mochten brauche will wollen mit ohne und oder aber "
    "noch schon "
    "je tu nous vous il elle ils sommes suis est sont avez avons quoi quand comment pourquoi pas "
    "aucune "
    "idee sais avec sans mais que qui veux voudrais besoin plus tard demain "
    "i you we they he she are is was have has what when how why where who not dont do know idea "
    "with "
    "without but later tomorrow no can want need "
    "mich mir uns dir euch sein seine ihre das dass auch nur mehr sehr gut schlecht heute morgen "
    "bghit chnou wach kifach fin fen mch mish mesh 3arf 3aref wesh chkoun "
    "ما لا ليس كيف متي اين لماذا هل ماذا عندي اريد نريد عايز عايزين بدي اعرف ادري فكره مش مو "
    "ماشي واش "
    "شنو كيفاش علاش فين لست بكره غدا موش نحب"
)
"""Two of these make a text a sentence: it is then searched for exact names only."""

FIRST_NAMES: Final = _words(
    "ahmed ahmad mohamed mohammed muhammad mohammad mehdi amine amina fatima fatma fatema "
    "khadija khadidja "
    "aicha aisha youssef yousef yusuf youcef hassan hussein hussain houssein omar amr ali said "
    "karim "
    "kareem nadia leila layla sara sarah salma yasmine yasmin hicham hisham rachid rashid samir "
    "samira "
    "mustafa mustapha moustafa abdelkader abdallah abdullah abdelaziz abdelrahman abderrahmane "
    "ibrahim brahim "
    "ismail tarek tariq khaled khalid walid wassim nabil mourad murad sofiane sami rania rana "
    "mona mouna hoda houda "
    "noura nour hala heba hiba mahmoud magdy sherif sharif tamer wael hany hani mariam maryam "
    "meriem miriam zineb "
    "zeinab zainab sana sanaa imane iman samia hafsa ines rim amel anis bilal hamza anas ayoub "
    "zakaria "
    "hans peter klaus jurgen juergen michael thomas stefan stephan andreas wolfgang markus "
    "martin christian "
    "christoph matthias uwe frank bernd dieter heinz karl josef werner gerhard helmut manfred "
    "ralf jens "
    "sabine petra monika andrea claudia susanne birgit anna anne maria ursula renate ingrid "
    "helga karin "
    "brigitte julia katharina lisa lena laura sophie marie max maximilian lukas leon felix paul "
    "jonas tim "
    "jan tobias sebastian florian daniel david alexander philipp john james robert mary jennifer "
    "jean pierre jacques francois philippe nathalie isabelle herr frau monsieur madame mister mr "
    "mrs dr prof "
    "angela olaf erika johann georg friedrich heike nicole melanie kevin anja ulrike gabriele "
    "احمد محمد محمود علي حسن حسين عمر فاطمه خديجه عايشه يوسف كريم ساره ساميه مريم خالد سمير مني "
    "هدي "
    "ابراهيم اسماعيل طارق وليد نبيل مصطفي عبدالله عبدالرحمن رشيد ياسين هشام ليلي سلمي زينب امينه "
    "سعيد "
    "السيد سيد الاستاذ استاذ دكتور مهندس"
)
