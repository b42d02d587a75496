"""German words of one meaning, for the FAQ matcher: general words, not questions.

A word of four letters or more stands for every word that begins with it (from five letters also
inside a compound), a shorter one and one with `=` for itself only.
"""

from typing import Final

CONCEPTS: Final[dict[str, str]] = {
    "money": (
        "geld finanzi kohle= knete mittel zuschuss zuschuesse foerder fonds etat budget "
        "moneten sponsor euro eur kroeten subvention beihilfe"
    ),
    "pay": (
        "zahl bezahl uebernehm uebernimm uebernomm erstatt trag= traegt deckt abgedeckt "
        "begleich kommt= finanzier spendier aufkommen bezuschuss springt="
    ),
    "cost": (
        "kosten kostet= ausgabe aufwendung preis spesen gebuehr entgelt honorar rechnung "
        "tarif beitrag"
    ),
    "free": "gratis kostenlos umsonst kostenfrei gebuehrenfrei unentgeltlich kostenpflichtig",
    "travel": (
        "reise fahrt= fahren= unterwegs trip hinfahr hinreis hinflieg besuch delegation tour= "
        "dienstreise"
    ),
    "flight": "flug fluege flieg flieger ticket bahn= zug= taxi bahnfahr",
    "lodging": (
        "hotel unterkunft uebernacht unterbring zimmer verpfleg essen= mahlzeit fruehstueck "
        "tagegeld bett= herberg"
    ),
    "incoming": (
        "gaeste gast= gegenbesuch rueckbesuch einladen einlad eingeladen herkommen herhol "
        "empfang hierher kommen="
    ),
    "interpret": "dolmetsch simultan dolmi uebersetz sprachmittl",
    "written": "schriftlich dokument unterlagen text= broschuer papiere",
    "video": (
        "video zoom= online digital virtuell webkonferenz teams= remote fernkonferenz bildschirm"
    ),
    "deadline": (
        "frist stichtag spaetestens einsend abgabetermin ablauf laeuft= schluss letzter= "
        "antragszeit abgabe einreich"
    ),
    "when": "wann termin datum uhrzeit monat= kalender tag= naechst= demnaechst",
    "amount": (
        "wieviel hoechst obergrenze maximal max hoehe= limit deckel summe betrag= grenze "
        "mindest euro= viel="
    ),
    "own_share": (
        "eigenanteil eigenmittel selbst selber dazuzahl zuzahl draufleg drauflegen kofinanz "
        "beisteuer eigenleistung prozent anteil selbstbeteilig zuschiessen"
    ),
    "apply": (
        "anmeld beantrag bewerb registrier mitmach teilnehm teilnahme beitret einsteig dabei "
        "beitritt eintrag einschreib mitzumach"
    ),
    "begin": (
        "anfang anfangen beginn start losleg los= loslegen loszuleg erster= ersten= ersten "
        "schritt einstieg vorgehen"
    ),
    "sent": (
        "abgeschickt geschickt gesendet eingereicht abgesend absend abschick ausgefuellt "
        "eingegangen hingeschrieben eingeschickt geschrieben gemailt"
    ),
    "afterwards": (
        "danach nachdem anschliessend hinterher weiter= nachher dann= naechste= folgt= passiert="
    ),
    "wait": (
        "wart= warte wartet rueckmeld meldet= melden= gemeldet antwort nachricht keiner= "
        "stand= bearbeit status eingang gehoert aktenzeichen referenz vorgangsnummer"
    ),
    "person": (
        "mensch mitarbeit berater ansprechpartner jemand jemandem sachbearbeit person= kolleg "
        "echten="
    ),
    "contact": (
        "telefon anruf anrufen nummer= erreich kontakt email mail= mailadresse whatsapp "
        "sprechen= sprech durchwahl rueckruf hotline adresse"
    ),
    "bot": (
        "bot= roboter maschine automat computer chatgpt chatbot ki= programmiert sprachmodell "
        "intelligenz"
    ),
    "data": "daten angaben information gespeichert speicher eingaben datensatz",
    "privacy": (
        "datenschutz dsgvo sicher= vertraulich geheim weitergeb einwillig einsehen mitles "
        "anonym weitergeleitet"
    ),
    "delete": (
        "loesch entfern auskunft vergess widerruf kopie= zurueckzieh export= rauslosch wegmach"
    ),
    "language": (
        "deutsch= franzoesisch arabisch englisch sprache sprachen mehrsprach fremdsprach auf="
    ),
    "country": (
        "aegypt algeri marokk tunes tunis nordafrik maghreb kairo casablanca algier sfax "
        "libyen mauretan land= laender"
    ),
    "abroad": (
        "peru ghana jordan tuerk frankreich franzosen= ukrain senegal namibia tansania "
        "palaestin burkina israel libanon kolumbi polen polnisch suedafrik kenia indien "
        "vietnam brasil mexik bolivi chile argentin china chines japan indonesi syri irak "
        "iran jemen ruanda uganda togo benin= mali= niger= nigeria kamerun kongo aethiop "
        "somalia sudan angola mosambik simbabwe sambia malawi madagaskar italien spanien "
        "portugal griechen grossbritann usa amerika kanada kuba haiti nicaragua guatemala "
        "ecuador nepal bangladesch pakistan afghanis georgi moldau armeni kosovo serbi albani "
        "rumaeni bulgari russland belarus lateinamerik asien saudi emirat katar"
    ),
    "german_town": (
        "stadt= staedte gemeinde kommune landkreis kreis= dorf= doerfer stadtwerk "
        "zweckverband rathaus verwaltung einwohner kleinstadt kommunal"
    ),
    "company": (
        "firma firmen unternehm betrieb= gmbh privatwirtschaft start-up startup mittelstand "
        "handwerk selbstaendig konzern"
    ),
    "association": (
        "verein ngo nichtregierung initiative ehrenamt stiftung kirche moschee gemeinnuetz "
        "zivilgesellschaft hochschule universit uni= schule= institut privatperson buerger"
    ),
    "find_partner": (
        "suche= suchen= sucht= finden vermittel gesucht partnerkommune partnerstadt "
        "partnersuche passende matching"
    ),
    "existing": (
        "beispiel bestehend bereits schon= andere= welche= liste referenz erfolgreich "
        "erfahrungen vorbild"
    ),
    "renew": (
        "wiederbeleb auffrisch eingeschlafen ruhend ausbau vertief erweitern reaktivier mehr= "
        "ausweiten bestehende neu="
    ),
    "agreement": (
        "vertrag vereinbar formell offiziell memorandum unterschrift unterschreib beschluss "
        "urkunde verbindlich unterzeichn"
    ),
    "effort": (
        "aufwand arbeit= arbeitszeit stunden= personal zeit= kapazitaet belast zeitaufwand "
        "verpflicht ressourcen nebenher"
    ),
    "staff": (
        "stelle= stellen= halbe= personalstelle koordinator koordination fachkraft gehalt "
        "lohn= experte expertin entsend personalkosten"
    ),
    "equipment": (
        "bau= bauen bauarbeit gebaeude fahrzeug muellauto maschine anschaff geraet kaufen "
        "kauf= material solar anlage pumpe investition infrastruktur ausstattung bagger "
        "computer= laptop"
    ),
    "project": (
        "projekt vorhaben umsetz massnahme nakopa kleinprojekt instrument programme= "
        "foerderprogramm"
    ),
    "organise": (
        "organis plan= planen planung vorbereit ablauf programmpunkt gestalt zusammenstell "
        "einfaedel arrangier"
    ),
    "group": (
        "personen leute= gruppe koepfe teilnehmerzahl mitfahr mitnehm mitkomm mitreis vorlauf "
        "vorher= vorab bescheid dauer= tage= groesse= ratsmitglied"
    ),
    "event": (
        "konferenz treffen netzwerktreffen tagung veranstalt kongress zusammenkunft termin "
        "partnerschaftskonferenz event"
    ),
    "training": (
        "seminar schulung fortbild kurs= kurse workshop qualifizier weiterbild lehrgang "
        "training webinar lernen"
    ),
    "safety": (
        "sicherheit gefaehrlich politisch politik= lage= regierung unruhe stabil reisewarn "
        "terror diktatur menschenrecht wahlen demokrat sicher="
    ),
    "operator": (
        "traeger ministerium bmz giz bund= bundesregier engagement skew auftraggeber hinter= "
        "dahinter verantwort betreib organisation zustaendig"
    ),
    "history": (
        "frueher vorgaenger vorher= damals schonmal ehemalig bisher vorlaeufer anderen= "
        "nachfolg nachfolger fortsetz"
    ),
    "topic": (
        "thema themen themenfeld inhalt bereich schwerpunkt gebiet klima wasser abfall "
        "energie muell mobilitaet verkehr sport= jugend kultur= tourismus bildung "
        "digitalisierung gesundheit"
    ),
    "benefit": (
        "nutzen= vorteil bringt= gewinn= profitier lohnt lohnen mehrwert hat= davon= gruende sinn="
    ),
    "equal": (
        "augenhoehe gleichberechtigt prinzip grundsatz grundsaetze fair= respekt umgehen "
        "miteinander werte= gegenseit"
    ),
    "overview": (
        "worum genau= erklaer kurz= ueberhaupt eigentlich darum= macht= bietet ueberblick "
        "zusammenfass angebot"
    ),
    "advice": "berat begleit unterstuetz helft= helfen= hilfe= hilft= coaching leistung",
    "press": (
        "presse journalist zeitung artikel interview reporter redakt rundfunk radio= fernseh "
        "medien pressestelle dreh= zitat"
    ),
    "job": (
        "job= jobs praktik stellenangebot stellenausschreib karriere einstell arbeiten= "
        "bewerbung mitarbeiten lebenslauf arbeitgeber werkstudent"
    ),
    "material": (
        "broschuere flyer newsletter infomaterial rundbrief prospekt pdf= webseite homepage "
        "download faltblatt praesentation lesen= infos="
    ),
    "visa": (
        "visum visa schengen einreise aufenthalt asyl pass= botschaft konsulat abschieb "
        "fluechtling einbuerger duldung familiennachzug"
    ),
    "study": (
        "studier studium stipend erasmus austauschjahr schueleraustausch abitur "
        "universitaetsplatz promotion bafoeg studienplatz klassenfahrt schulaustausch "
        "uebersee"
    ),
    "trade": (
        "ausschreib export import= verkauf kaeufer lieferant vergabe kunden= "
        "geschaeftspartner absatz markt= bieter"
    ),
    "labour": (
        "ausbildung lehrstelle freiwillig arbeitslos diplom anerkenn pflegekraft au-pair fsj "
        "mindestlohn fachkraefte"
    ),
    "tax": (
        "steuer finanzamt bussgeld klausur pruefung mahnung miete= kuendig wohngeld "
        "rundfunkbeitrag abitur"
    ),
    "citizen": (
        "ausweis personalausweis fuehrerschein ummeld standesamt heirat geburtsurkunde "
        "sperrmuell parkausweis strafzettel schlagloch kita= kfz nachbar baugenehm "
        "muellabfuhr fundbuero"
    ),
    "private": (
        "kredit darlehen spende spenden= urlaub ferien sprachkurs pauschalreise waise strand "
        "mietwagen schulden existenzgruend arzt= anwalt scheidung gesundheit= medikament "
        "haustier hund= katze"
    ),
    "fun": (
        "wetter fussball bundesliga witz rezept gedicht koch= kochen horoskop spiel= film= "
        "musik lied= gewinnt nachrichten hauptstadt mathe hausaufgab bitcoin aktien "
        "weltmeister"
    ),
    "computer": (
        "handy app= wlan passwort drucker laptop windows excel python browser einlogg "
        "installier virus update router mikrofon kamera bildschirm"
    ),
}
