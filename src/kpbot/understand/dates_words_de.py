"""The words German dates with; `dates_lexicon` says how to read and extend the list."""

WORDS = """
nothing: frohe weihnachten, schöne weihnachten, frohe ostern, schöne ostern, frohes neues jahr
nothing: frohe pfingsten, gutes neues jahr, guten ramadan, gesegneten ramadan, ramadan mubarak
nothing: guten morgen, gutn morgen, schönen morgen, am morgen, jeden morgen, der morgen, den morgen
nothing: schönes wochenende, schönes we, erholsames wochenende, agenda 2030, vision 2030
nothing: montage, montagen, sonntagsfrage
title: herr, herrn, frau, dr, familie, bürgermeister, bürgermeisterin, namens, heiße, heisse, heißt
title: name ist, name, doktor
every: jeden, jede, jedes, jeder, alle, allen, pro
address: straße, strasse, str, platz, allee, weg
label: kapitel, abschnitt, version, punkt, nummer, nr, paragraph, zimmer, raum, artikel, note
label: ziffer
amount: uhr, millionen, mio, milliarden, prozent, euro, meter, kilometer, km, tonnen, mal
of: der, des, dem, vom, von, den, die, das, d
article: der, des, dem, den, die, das
on: am, den, zum, vom, der, dem
in: am, im, in, zu, zum, zur, an, für, fürs, während, über, gegen, im laufe, im verlauf
ahead: in
within: innerhalb, innerhalb von, binnen
from: von, vom, ab, ab dem, beginnend, frühestens
to: bis, bis zum, bis zu, bis einschließlich
until: bis, bis zum, bis zu, bis spätestens, spätestens, spätestens bis, bis einschließlich
since: seit, seit dem
after: nach, nach dem, nach der
before: vor, vor dem, vor der, vorm
ago: vor
and: und, sowie, u, oder
between: zwischen
shift=0: dieser, diese, dieses, diesen, diesem, laufende, laufenden, laufendes, aktuelle, aktuellen
shift=1: nächster, nächste, nächstes, nächsten, nächstem, kommender, kommende, kommendes, kommenden
shift=1: kommendem, folgende, folgenden, nä
shift=2: übernächste, übernächsten, übernächstes, übernächster
shift=-1: letzter, letzte, letztes, letzten, voriger, vorige, voriges, vorigen
shift=-1: vergangener, vergangene, vergangenes, vergangenen
unit=DAY: tag, tage, tagen, tages
unit=WEEK: woche, wochen
unit=WEEKEND: wochenende, wochenendes, wochenenden
unit=MONTH: monat, monate, monaten, monats
unit=QUARTER: quartal, quartals, quartale, quartalen, vierteljahr
unit=HALF: halbjahr, halbjahres, halbjahre
unit=YEAR: jahr, jahre, jahren, jahres
plural=DAY: tage, tagen
plural=WEEK: wochen
plural=MONTH: monate, monaten
single=HALF: einem halben jahr, nem halben jahr, halben jahr
remaining: noch, später, rest, restlichen
few: paar, ein paar, einigen, wenigen
year_now=0: heuer
unit_start=MONTH: monatsanfang, monatsbeginn
unit_mid=MONTH: monatsmitte
unit_end=MONTH: monatsende
unit_start=YEAR: jahresanfang, jahresbeginn
unit_mid=YEAR: jahresmitte
unit_end=YEAR: jahresende
unit_end=QUARTER: quartalsende
offset=0: heute, heut, heute morgen, heute früh, heute abend, heute nachmittag, heute vormittag
offset=1: morgen, morgen früh, morgen abend, morgen vormittag, morgen nachmittag
offset=2: übermorgen
offset=-1: gestern, letzte nacht, gestern abend
offset=-2: vorgestern
part=EARLY: anfang, anfangs, beginn, zu beginn
part=MID: mitte
part=LATE: ende
part=FIRST_HALF: erste hälfte, ersten hälfte
part=SECOND_HALF: zweite hälfte, zweiten hälfte
season=SPRING: frühjahr, frühling, frühjahrs, frühlings
season=SUMMER: sommer, sommers
season=AUTUMN: herbst, herbstes
season=WINTER: winter, winters
week_number: kw, kalenderwoche
number=1: ein, eine, einen, einem, einer, nem, ner
number=2: zwei
number=3: drei
number=4: vier
number=5: fünf
number=6: sechs
number=7: sieben
number=8: acht
number=9: neun
number=10: zehn
number=11: elf
number=12: zwölf
number=14: vierzehn
number=15: fünfzehn
number=20: zwanzig
number=30: dreißig
ordinal=1: erste, ersten, erster, erstes
ordinal=2: zweite, zweiten, zweiter, zweites
ordinal=3: dritte, dritten, dritter, drittes
ordinal=4: vierte, vierten, vierter, viertes
ordinal=5: fünfte, fünften, fünfter
ordinal=6: sechste, sechsten, sechster
ordinal=7: siebte, siebten, siebter
ordinal=8: achte, achten, achter
ordinal=9: neunte, neunten, neunter
ordinal=10: zehnte, zehnten, zehnter
ordinal=11: elfte, elften, elfter
ordinal=12: zwölfte, zwölften, zwölfter
ordinal=13: dreizehnte, dreizehnten
ordinal=14: vierzehnte, vierzehnten
ordinal=15: fünfzehnte, fünfzehnten
ordinal=16: sechzehnte, sechzehnten
ordinal=17: siebzehnte, siebzehnten
ordinal=18: achtzehnte, achtzehnten
ordinal=19: neunzehnte, neunzehnten
ordinal=20: zwanzigste, zwanzigsten
ordinal=21: einundzwanzigste, einundzwanzigsten
ordinal=22: zweiundzwanzigste, zweiundzwanzigsten
ordinal=23: dreiundzwanzigste, dreiundzwanzigsten
ordinal=24: vierundzwanzigste, vierundzwanzigsten
ordinal=25: fünfundzwanzigste, fünfundzwanzigsten
ordinal=26: sechsundzwanzigste, sechsundzwanzigsten
ordinal=27: siebenundzwanzigste, siebenundzwanzigsten
ordinal=28: achtundzwanzigste, achtundzwanzigsten
ordinal=29: neunundzwanzigste, neunundzwanzigsten
ordinal=30: dreißigste, dreißigsten
ordinal=31: einunddreißigste, einunddreißigsten
ordinal=-1: letzte, letzten, letzter
month=1: jänner
month=2: feber
month_short=3: mrz
month_short=6: jun
month_short=7: jul
month_short=9: sep
month=7: julei
month=6: juno
weekday=5: sonnabend
feast=EASTER: ostern, osterfest, osterfeiertage, osterfeiertagen
feast=GOOD_FRIDAY: karfreitag
feast=EASTER_MONDAY: ostermontag
feast=ASCENSION: himmelfahrt, christi himmelfahrt
feast=PENTECOST: pfingsten, pfingstfest
feast=CHRISTMAS_EVE: heiligabend, heilig abend
feast=CHRISTMAS_DAYS: weihnachten, weihnachtsfest, weihnachtsfeiertage, weihnachtsfeiertagen
feast=NEW_YEARS_EVE: silvester
feast=NEW_YEAR: neujahr, neujahrstag
feast=LABOUR_DAY: tag der arbeit, maifeiertag
feast=RAMADAN: ramadan, ramadans, fastenmonat, fastenmonat ramadan
feast=EID_AL_FITR: zuckerfest, zuckerfests, fastenbrechen, fest des fastenbrechens, eid al fitr
feast=EID_AL_ADHA: opferfest, opferfests, eid al adha
feast=ISLAMIC_NEW_YEAR: islamisches neujahr, islamischen neujahr, muharram
feast=ASHURA: aschura, ashura
feast=MAWLID: mawlid, geburtstag des propheten
"""
