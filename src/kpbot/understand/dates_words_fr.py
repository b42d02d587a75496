"""The words French dates with; `dates_lexicon` says how to read and extend the list."""

WORDS = """
nothing: joyeux noël, bon noël, joyeuses pâques, bon ramadan, ramadan moubarak, ramadan kareem
nothing: aïd moubarak, aïd mabrouk, bon aïd, bonne fête de l aïd
nothing: mardi gras, bon week end, bon weekend, bonne fin de semaine, agenda 2030, vision 2030
nothing: montage, marche
title: maire, président, m, mr, mme, monsieur, madame, mademoiselle, mlle, dr, docteur, appelle
title: nom est, maitre
every: chaque, tous les, toutes les, tout les, par
nothing: 6 octobre city, 10 ramadan, ville du 6 octobre
address: cité, quartier, rue, avenue, boulevard, bd, place, impasse, lycée, école
label: chapitre, version, article, numéro, no, n, point, salle, bureau, section, note
amount: h, heures, millions, million, milliards, pourcent, euros, euro, km, mètres, tonnes, fois
of: de, du, des, d, l, le, la, les
article: l, le, la, les
on: le, du, au
in: en, au, aux, dans, pour, pendant, durant, courant, dans le courant, lors, vers, au cours
at: à
ahead: dans
within: d'ici, sous, dans les, au cours des, dans un délai de
from: de, du, des, dès, à partir, à partir de, à partir du, à compter, à compter du, à compter de
to: à, au, jusqu'à, jusqu'au, jusqu'en
until: jusqu'à, jusqu'au, jusqu'en, jusque, d'ici, d'ici à, d'ici au, au plus tard, au plus tard le
since: depuis, depuis le
after: après, apres, à l'issue
before: avant
ago: il y a, y a
and: et, ou
between: entre
shift=0: ce, cet, cette, ces, en cours, courant, actuel, actuelle
shift=1: prochain, prochaine, prochains, prochaines, suivant, suivante, à venir, qui vient, d'après
shift=-1: dernier, dernière, derniers, dernières, passé, passée, précédent, précédente
unit=DAY: jour, jours, journée
unit=WEEK: semaine, semaines
unit=FORTNIGHT: quinzaine, quinzaine de jours
unit=WEEKEND: week end, weekend, wk, we
unit=MONTH: mois
unit=QUARTER: trimestre, trimestres
unit=HALF: semestre, semestres
unit=YEAR: an, ans, année, années
remaining: plus tard, reste, le reste
few: quelques
plural=DAY: jours
plural=WEEK: semaines
plural_ahead=MONTH: prochains mois, mois à venir
single=HALF: une demi année
offset=0: aujourd'hui, aujourdhui, auj, ce soir, ce matin, cet après midi, cette nuit
offset=1: demain, demain matin, demain soir, demain après midi
offset=2: après demain, surlendemain
offset=-1: la nuit dernière, hier, hier soir, hier matin
offset=-2: avant hier
part=EARLY: début, au début, debut
part=MID: mi, milieu, à la mi
part=LATE: fin, à la fin, en fin, la fin
part=FIRST_HALF: première quinzaine, première moitié, 1ère quinzaine, 1re quinzaine
part=SECOND_HALF: deuxième quinzaine, seconde quinzaine, deuxième moitié, seconde moitié
part=SECOND_HALF: 2e quinzaine, 2ème quinzaine
season=SPRING: printemps
season=SUMMER: été
season=AUTUMN: automne
season=WINTER: hiver
week_number: semaine, semaine numéro
number=1: un, une
number=2: deux
number=3: trois
number=4: quatre
number=5: cinq
number=6: six
number=7: sept
number=8: huit
number=9: neuf
number=10: dix
number=11: onze
number=12: douze
number=13: treize
number=14: quatorze
number=16: seize
number=17: dix sept
number=18: dix huit
number=19: dix neuf
number=15: quinze
number=20: vingt
number=21: vingt et un
number=22: vingt deux
number=23: vingt trois
number=24: vingt quatre
number=25: vingt cinq
number=26: vingt six
number=27: vingt sept
number=28: vingt huit
number=29: vingt neuf
number=30: trente
number=31: trente et un
ordinal=1: premier, première
ordinal=2: deuxième, second, seconde
ordinal=3: troisième
ordinal=4: quatrième
ordinal=5: cinquième
ordinal=6: sixième
ordinal=-1: dernier, dernière
month_short=1: jan
month_short=2: fev, fevr
month_short=7: juill
feast=EASTER: pâques, pâque
feast=GOOD_FRIDAY: vendredi saint
feast=EASTER_MONDAY: lundi de pâques
feast=ASCENSION: ascension
feast=PENTECOST: pentecôte
feast=CHRISTMAS_EVE: veille de noël, réveillon de noël
feast=CHRISTMAS: noël
feast=NEW_YEARS_EVE: saint sylvestre
feast=NEW_YEAR: nouvel an, jour de l'an
feast=LABOUR_DAY: fête du travail
feast=RAMADAN: ramadan, ramadhan
feast=EID_AL_FITR: aïd el fitr, aïd al fitr, aid el fitr, aïd es seghir, aïd esseghir, aïd seghir
feast=EID_AL_FITR: fin du ramadan, fête de la rupture du jeûne
feast=EID_AL_ADHA: aïd el kebir, aïd al kabir, aïd el kébir, aïd el adha, aïd al adha, aïd al kebir
feast=EID_AL_ADHA: fête du sacrifice, fête du mouton, tabaski
feast=EID: aïd
feast=ISLAMIC_NEW_YEAR: nouvel an musulman, nouvel an hégirien, nouvel an islamique, mouharram
feast=ISLAMIC_NEW_YEAR: muharram
feast=ASHURA: achoura
feast=MAWLID: mawlid, mouloud, aïd el mawlid, mawlid ennabawi
"""
