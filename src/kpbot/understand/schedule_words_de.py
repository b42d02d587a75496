"""How schedules are asked for in German."""

from __future__ import annotations

from kpbot.understand.schedule_lexicon import ScheduleWords, phrases

GERMAN = ScheduleWords(
    kinds={
        "network_meeting": phrases(
            "netzwerktreff*, netzwerktag*, treffen der kommunen, städtetreffen, jahrestreffen",
            "städtetag",
        ),
        "conference": phrases(
            "*konferenz, *konferenzen, tagung, tagungen, kongress*, fachtag*",
        ),
        "seminar": phrases(
            "*seminar, *seminare, *seminaren, *seminars, workshop*",
        ),
        "training": phrases(
            "*schulung, *schulungen, fortbildung*, weiterbildung*, training*",
        ),
        "webinar": phrases(
            "webinar*",
        ),
        "other": phrases(
            "*forum, *foren",
        ),
    },
    weak={
        "network_meeting": phrases(
            "treffen des netzwerks, das treffen, ein treffen, nächste treffen",
            "nächstes treffen, nächsten treffen, kommende treffen, kommenden treffen",
            "letzte treffen, treffen, trifft sich das netzwerk, tagt das netzwerk",
            "netzwerk trifft, netzwerk tagt",
        ),
        "seminar": phrases(
            "kurs, kurse",
        ),
        "other": phrases(
            "nächste termin, nächster termin, nächsten termin",
        ),
    },
    any_event=phrases(
        "veranstaltung, veranstaltungen, event, events, termine, terminen",
        "veranstaltungstermin*, veranstaltungstipp*, seminartermin*, konferenztermin*",
        "präsenzveranstaltung*, onlineveranstaltung*, onlinetermin*, präsenztermin*",
    ),
    appointment=phrases(
        "termin, terminen",
    ),
    plural=phrases(
        "*konferenzen, tagungen, *seminare, *seminaren, *schulungen, fortbildungen",
        "weiterbildungen, workshops, webinare, webinaren, veranstaltungen, events",
        "termine, terminen, kurse, trainings, kongresse, *termine",
        "die nächsten, welche treffen",
    ),
    when=phrases(
        "wann, welchem tag, welchen tag, welchem datum, welches datum, welchem monat",
        "um wieviel uhr, um wie viel uhr, uhrzeit, datum, zeitpunkt, termin",
        "wie viele tage, wie lange, termine der, termine für, *seminartermine",
        "*konferenztermine",
    ),
    following=phrases(
        "nächste, nächster, nächsten, nächstes, kommende, kommender, kommenden",
        "kommendes, bevorstehend*, anstehend*, demnächst, bald, künftige, künftigen",
        "kommen, kommt",
        "wieder",
    ),
    exists=phrases(
        "gibt es, gibts, gibt's, gibt s, gibt, gibt es denn, steht, stehen, habt ihr",
        "haben sie, finden, findet, ist, sind, kommt, kommen, bieten sie, bietet ihr",
        "läuft, laufen, wird es, werden, geben",
    ),
    planned=phrases(
        "geplant, geplante, geplanten, vorgesehen, angesetzt, terminiert, steht fest",
        "stehen fest, steht schon fest, verschoben, abgesagt, fällt aus, stattfinden",
        "findet statt, statt, finden statt, bestätigt, steht der veranstaltungsort",
        "stehen an, steht an, fallen aus, zeigen sie mir, zeig mir, nennen sie mir",
    ),
    asks=phrases(
        "wann, wo, wer, was, welche, welcher, welches, welchem, welchen, wie, gibt es",
        "gibts, ob, gibt s, habt ihr, haben sie, ist, sind, steht, stehen, findet",
        "finden, wird, wurde, kommt, können sie, könnt ihr, könnten sie, kann ich",
        "ich suche, ich brauche, ich bräuchte, wir bräuchten, wir brauchen, bitte",
        "sagen sie mir, sag mir, nennen sie, senden sie, schicken sie, zeigen sie",
        "zeig mir, ich hätte gern, was ist, und, läuft, laufen, interessieren",
        "interessiert",
    ),
    whats_on=phrases(
        "steht was an, steht etwas an, steht irgendwas an, was steht an",
        "steht demnächst was an, was ist geplant, was steht bevor, was kommt demnächst",
        "was findet statt, wann trefft ihr euch, wann treffen sich die kommunen",
        "ist was geplant, wann kommen die kommunen zusammen, was läuft demnächst",
        "steht schon etwas an, steht schon was an, findet demnächst was statt",
        "findet demnächst irgendwas statt, was hat stattgefunden, was hat zuletzt stattgefunden",
        "was hat schon stattgefunden",
    ),
    something=phrases(
        "was, etwas, irgendwas, los, an, steht, stehen, ist, gibt, es, s, denn, da, so",
        "noch, schon, bei, euch, ihnen, im, in, am, der, die, das, den, dem, läuft",
        "geplant, bald, statt, findet, monat, monate, jahr, jahres, woche, und, hallo",
        "bitte, für, eigentlich, auch, irgendetwas, wieder, anfang, mitte, ende, um",
        "dieses, diesen, diesem, dieser, nächsten, nächste, nächstes, kommenden",
        "kommende, kommendes, zweiten, ersten, halbjahr, passiert, ab, sich, tut, plant, planen",
        "alle, sie, ihr",
    ),
    calendar=phrases(
        "veranstaltungskalender, terminkalender, kalender, terminplan",
        "veranstaltungsplan, terminübersicht, veranstaltungsübersicht",
        "veranstaltungsprogramm, jahresplanung, zeitplan der veranstaltungen",
        "termine übersicht, übersicht der termine, alle termine",
        "übersicht der veranstaltungen, terminliste, liste der termine",
        "liste der veranstaltungen, kalenderlink, ics, ical, kalenderabo, kalenderdatei",
    ),
    past=phrases(
        "vergangene, vergangenen, vergangenes, vergangener, war, waren, fand, fanden",
        "stattgefunden, gewesen, bisherige, bisherigen, gab es, gab s, zuletzt",
    ),
    last=phrases(
        "letzte, letzter, letzten, letztes, vorige, vorigen, voriges",
    ),
    over=phrases(
        "vorbei, vorüber, beendet, zu ende, vergangene, vergangenen, stattgefunden, gab es",
        "bisherige, bisherigen, gab s, abgeschlossen, gelaufen, zuletzt",
    ),
    cancelled=phrases(
        "abgesagt, abgesagte, abgesagten, fällt aus, fallen aus, ausgefallen, entfällt",
        "entfallen, storniert, gestrichen",
    ),
    confirmed=phrases(
        "bestätigt, bestätigte, bestätigten, steht fest, stehen fest, fest zugesagt",
        "stehen schon fest, steht schon fest, sicher",
    ),
    unconfirmed=phrases(
        "nicht bestätigt, unbestätigt*, vorläufig, vorläufige, vorläufigen, unter vorbehalt",
        "noch unsicher, steht noch nicht fest, stehen noch nicht fest, noch nicht sicher",
    ),
    online=phrases(
        "online, digital, digitale, digitales, digitalen, virtuell*, per video",
        "onlineveranstaltung*, onlineschulung*, im internet, übers internet",
        "per zoom, im netz, onlineseminar*, onlinetermin*, remote",
    ),
    on_site=phrases(
        "vor ort, in präsenz, präsenz*, persönlich, nicht online",
    ),
    tell=phrases(
        "bescheid, informiert mich, informieren sie mich, informieren sie uns",
        "benachrichtig*, auf dem laufenden, sagen sie mir wenn, melden sie sich wenn",
        "melden sie mir, halten sie mich, gebt mir bescheid, schreiben sie mir wenn",
    ),
    remind=phrases(
        "erinnern sie, erinner mich, erinnere mich, erinnert mich, erinnerung",
    ),
    subscribe=phrases(
        "abonnier*, abo, anmelden für termine, terminabo",
    ),
    unsubscribe=phrases(
        "abbestell*, abmelden von den terminen, keine termine mehr",
        "keine erinnerung mehr, keine erinnerungen mehr, abo beenden, abo kündigen",
        "nicht mehr erinnern, keine veranstaltungshinweise mehr",
        "keine benachrichtigungen mehr, deabonnieren, termine abmelden",
        "keine nachrichten mehr über, nicht mehr benachrichtigen",
    ),
    leave=phrases(
        "abbestellen, termine abbestellen, keine termine mehr, deabonnieren",
    ),
    never=phrases(
        "antrag*, *antrags, antragsfrist*, bewerbungsfrist*, förder*, zuschuss*",
        "zuschüsse, kosten, kostet, zahlt, zahlen, bezahl*, geld, gelder, finanzier*",
        "mittel, eigenanteil, erstatt*, übernehmen sie, übernimmt, übernommen, gebühr*",
        "*gebühren, teilnahmegebühr*, antwort, rückmeldung, rückruf, beratungstermin*",
        "beratungsgespräch*, mit einer beraterin, mit einem berater, mein termin",
        "meinen termin, videokonferenz*, telefonkonferenz*, pressekonferenz*, newsletter",
        "rundbrief, visum, visa, dolmetsch*, verdolmetsch*, nakopa, ausschreibung*",
        "stelle, stellen, praktik*, sprachkurs*, deutschkurs*, reise, reisen, reisekosten",
        "anreise, flug, hotel, elternabend, schulkonferenz*, steuer*, kommunalwahl*",
        "klimakonferenz der, tagungsraum, tagungsräume, konferenzraum, agenda 2030",
        "termine vor ort, gesprächspartner*, dokumentation*, mailingliste, verteiler",
        "beisteuern",
    ),
    rather_not=phrases(
        "wer darf, wer kann, teilnehmen, teilnahme, eingeladen, einladung, mitmachen",
        "dabei sein, anmelden, anmeldung, worum geht, worüber, inhalt, inhalte, themen",
        "thema, organisier*, durchführen, durchzuführen, ausrichten, auszurichten",
        "veranstalten, unterstützen, unterstützung, helfen, hilfe, beraten, beratung",
        "können wir, möchten wir, wollen wir, wir uns, referent*, zertifikat*, sprache",
        "sprachen, wie läuft, was lernt, zugelassen, offen für, nur für, für wen, an wen",
        "sinn, nutzen, bringt, bringen, unser, unsere, unserer, unseren, unserem",
        "euch helfen, protokoll, mit unserer, partnerkommune, willkommen, teilnehmer*",
        "eintragen, zur konferenz kommen",
    ),
    statement=phrases(
        "wir haben, wir hatten, wir planen, wir möchten, wir wollen, wir wollten",
        "wir waren, wir würden, ich war, ich habe, ich hatte, ich möchte, unsere, unser",
        "es geht, geplant ist, im rahmen, auf der, auf einer, bei einem, bei einer",
        "seit, wir sind, nach der, auf dem, wir suchen, wir bereiten, am rande",
        "wir organisieren, wir treffen",
    ),
    wonders=phrases(
        "wissen, erfahren, wann, welche termine, fragen ob, vormerken, eintragen",
        "einplanen",
    ),
    where=phrases(
        "wo, in welcher stadt, an welchem ort, veranstaltungsort, ort, tagungsort",
    ),
    core=phrases(
        "was, etwas, irgendwas, irgendetwas, los",
    ),
    personal=phrases(
        "ich, mich, mir, mein*, wir, uns, unser*",
    ),
    times=phrases(
        "januar, februar, märz, april, mai, juni, juli, august, september, oktober",
        "november, dezember, frühling, frühjahr, sommer, herbst, winter, ostern",
        "pfingsten, weihnachten, ramadan, opferfest, heute, morgen, übermorgen, montag",
        "dienstag, mittwoch, donnerstag, freitag, samstag, sonntag, wochenende, quartal",
        "zwischen, und, zwei, drei, vier, sechs, paar,",
        "tage, tagen, wochen, monaten, jahreswechsel, vor, nach, bis, zu, zum, von",
    ),
)
