"""The words English dates with; `dates_lexicon` says how to read and extend the list."""

WORDS = """
nothing: merry christmas, happy christmas, happy easter, happy new year, happy ramadan
nothing: ramadan kareem, ramadan mubarak, eid mubarak, happy eid, friday prayers, friday prayer
nothing: good morning, nice weekend, good weekend, great weekend, lovely weekend, happy weekend
nothing: agenda 2030, vision 2030, arab spring, spring school, summer school, winter school
nothing: summer camp, summer holidays, summer vacation, spring break, the sun, monday to friday
title: mayor, mr, mrs, ms, miss, dr, prof, name is, named, called, sir, madam
every: every, each, per, all
nothing: 6 october city, 6th of october city, october city, 10th of ramadan, tenth of ramadan
address: street, road, avenue, square
label: chapter, section, version, number, no, room, article, point, paragraph, item
amount: am, pm, million, millions, billion, percent, euro, euros, km, metres, tonnes, times
of: of, the
article: the
on: on, on the
in: in, during, over, for, at, around, throughout, in the
ahead: in
within: within, within the
from: from, starting, starting from, beginning, as of, as from
to: to, till, until, through, thru, up to
until: on or before, until, till, til, by, up to, no later than, not later than
since: since, ever since
after: after, following
before: before, prior to, ahead of
about: about
remaining: later, rest of, rest of the, remainder of
few: few, a few, several, some
ago: before
ago_after: ago, back
from_now: from now, from today, later, hence
and: and, or
between: between
shift=0: this, current
shift=1: next, coming, upcoming, the following
shift=-1: last, previous, past
unit=DAY: day, days
unit=WEEK: week, weeks
unit=FORTNIGHT: fortnight, fortnights
unit=WEEKEND: weekend, week end, weekends
unit=MONTH: month, months
unit=QUARTER: quarter, quarters
unit=HALF: half year, halfyear
unit=YEAR: year, years
plural=DAY: days
plural=WEEK: weeks
plural=MONTH: months
single=HALF: half a year
unit_start=MONTH: start of month
unit_end=MONTH: month end
unit_end=YEAR: year end
offset=0: today, tonight, this morning, this afternoon, this evening
offset=1: tomorrow, tomorow, tommorow, tommorrow, tmrw, tomorrow morning, tomorrow evening
offset=2: day after tomorrow, overmorrow, after tomorrow
offset=-1: yesterday, last night
offset=-2: day before yesterday
part=EARLY: early, beginning of, beginning of the, start of, the start of, early in
part=MID: mid, middle of, middle of the
part=LATE: late, end of, end of the, late in
part=FIRST_HALF: first half of, first half
part=SECOND_HALF: second half of, second half
season=SPRING: spring, springtime
season=SUMMER: summer, summertime
season=AUTUMN: autumn, fall
season=WINTER: winter, wintertime
week_number: week, calendar week, cw
number=1: a, an, one
number=2: two, a couple of, couple of
number=3: three
number=4: four
number=5: five
number=6: six
number=7: seven
number=8: eight
number=9: nine
number=10: ten
number=11: eleven
number=12: twelve
number=15: fifteen
number=20: twenty
number=30: thirty
ordinal=1: first
ordinal=2: second
ordinal=3: third
ordinal=4: fourth
ordinal=5: fifth
ordinal=6: sixth
ordinal=7: seventh
ordinal=8: eighth
ordinal=9: ninth
ordinal=10: tenth
ordinal=11: eleventh
ordinal=12: twelfth
ordinal=13: thirteenth
ordinal=14: fourteenth
ordinal=15: fifteenth
ordinal=16: sixteenth
ordinal=17: seventeenth
ordinal=18: eighteenth
ordinal=19: nineteenth
ordinal=20: twentieth
ordinal=21: twenty first
ordinal=22: twenty second
ordinal=23: twenty third
ordinal=24: twenty fourth
ordinal=25: twenty fifth
ordinal=26: twenty sixth
ordinal=27: twenty seventh
ordinal=28: twenty eighth
ordinal=29: twenty ninth
ordinal=30: thirtieth
ordinal=31: thirty first
ordinal=-1: last
month_short=9: sept
weekday_short=1: tues
weekday_short=3: thur, thurs
feast=EASTER: easter, easter weekend
feast=GOOD_FRIDAY: good friday
feast=EASTER_MONDAY: easter monday
feast=ASCENSION: ascension day
feast=PENTECOST: pentecost, whitsun
feast=CHRISTMAS_EVE: christmas eve
feast=CHRISTMAS: christmas, xmas, christmas day
feast=NEW_YEARS_EVE: new year s eve, new years eve
feast=NEW_YEAR: new year s day, new year s, new year, new years day
feast=LABOUR_DAY: labour day, may day
feast=RAMADAN: ramadan, ramadhan
feast=EID_AL_FITR: eid al fitr, eid ul fitr, end of ramadan, the end of ramadan, eid el fitr
feast=EID_AL_ADHA: eid al adha, eid ul adha, eid el adha, feast of sacrifice
feast=EID: eid
feast=ISLAMIC_NEW_YEAR: islamic new year, muharram, hijri new year
feast=ASHURA: ashura
feast=MAWLID: mawlid, prophet s birthday
"""
