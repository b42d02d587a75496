"""How schedules are asked for in English."""

from __future__ import annotations

from kpbot.understand.schedule_lexicon import ScheduleWords, phrases

ENGLISH = ScheduleWords(
    kinds={
        "network_meeting": phrases(
            "network meeting, network meetings, network gathering, network gatherings",
            "network day, networking meeting*, networking event*",
            "meeting of the network, city network meeting, get-together, gathering, gatherings",
        ),
        "conference": phrases(
            "conference, conferences, congress, summit, convention",
        ),
        "seminar": phrases(
            "seminar, seminars, workshop, workshops",
        ),
        "training": phrases(
            "training, trainings, training course*, training session*",
        ),
        "webinar": phrases(
            "webinar, webinars",
        ),
        "other": phrases(
            "forum, forums",
        ),
    },
    weak={
        "network_meeting": phrases(
            "meeting, meetings, meet-up, meetup, network meets",
        ),
        "seminar": phrases(
            "course, courses",
        ),
        "other": phrases(
            "session, sessions",
        ),
    },
    any_event=phrases(
        "event, events, event dates, upcoming dates, next dates, which dates, what dates",
    ),
    appointment=phrases(
        "dates, date list, schedule, schedules",
    ),
    plural=phrases(
        "meetings, gatherings, conferences, seminars, workshops, trainings, webinars",
        "events, courses, sessions, dates, summits",
    ),
    when=phrases(
        "when, when's, whens, what date, which date, what dates, which dates, what day",
        "which day, what time, which month, what month, date, dates, start time",
        "starting time, place and date, time and place, how many days, how long, wen is",
        "wen are, wen will",
    ),
    following=phrases(
        "next, upcoming, coming, forthcoming, soon, future, again, jaya, next time, nxt",
    ),
    exists=phrases(
        "is there, are there, any, there is, there are, do you have, have you got",
        "got any, will there be, do you offer, do you run, there any, there be, is any",
        "are any",
    ),
    planned=phrases(
        "planned, scheduled, fixed, confirmed, cancelled, canceled, postponed",
        "taking place, take place, takes place, happening, held, announced, coming up",
        "show me the, show me all, list all, list the",
        "on the calendar, set, starts, begins",
    ),
    asks=phrases(
        "when, when's, where, where's, what, what's, which, is, are, do, does, will",
        "has, have, can you, could you, tell me, send me, give me, show me, i need",
        "we need, i am looking for, i'm looking for, looking for, please, any, and",
        "next, upcoming, how many, plz, pls, was, were, interested, something, anything, did",
        "list all, list the, show, list, wen is, wen are, wen will",
    ),
    whats_on=phrases(
        "what's coming up, what is coming up, anything coming up, anything planned",
        "anything scheduled, what's planned, what is planned, what's scheduled",
        "what has taken place, what has already taken place, what took place",
        "something planned, whats coming up, what is scheduled, when do the cities meet",
        "when do the municipalities meet, whats planned, when does the network meet",
        "when do the towns meet, when will the network meet",
    ),
    something=phrases(
        "what, what's, s, is, anything, something, on, coming, up, planned, scheduled",
        "in, for, the, of, this, next, there, any, at, by, month, year, week, hi, hello",
        "please, happening, do, you, have, going, will, be, and, early, late, soon",
        "then, during, around, a, or, happens, still, else, from, onwards, all, where, are,",
        "planning",
    ),
    calendar=phrases(
        "calendar, calendars, schedule of events, event schedule, events schedule",
        "event list, list of events, list of dates, all dates, programme of events, ics",
        "ical, calendar link, calendar feed, programme of workshops, overview of events",
        "agenda of events, agenda of gatherings, your schedule, the schedule",
        "meeting schedule, seminar schedule, schedule for the year, the timetable",
        "timetable of, schedule of",
    ),
    past=phrases(
        "past, previous, was the, was there, was a, was held, were, took place",
        "happened, recent, already taken place",
        "did, have been held, has been held, so far",
    ),
    last=phrases(
        "last, latest",
    ),
    over=phrases(
        "over, finished, ended, past, previous, took place, taken place, happened",
        "did you have, did you hold, already held, were there, was there, completed",
        "concluded",
    ),
    cancelled=phrases(
        "cancelled, canceled, called off, not taking place, dropped",
    ),
    confirmed=phrases(
        "confirmed, definite, certain",
    ),
    unconfirmed=phrases(
        "not confirmed, not yet confirmed, unconfirmed, tentative, provisional",
        "not been confirmed, not certain",
    ),
    online=phrases(
        "online, virtual, virtually, remote, remotely, digital, zoom",
    ),
    on_site=phrases(
        "in person, on site, onsite, face to face, in presence",
    ),
    tell=phrases(
        "tell me when there, let me know, notify me, notify us, keep me informed",
        "keep me posted, keep us informed, keep us posted, inform me, inform us",
        "be notified, be informed, let us, alert me, keep me updated, be told",
        "update me, know when there, tell me as soon as, tell me if there",
    ),
    remind=phrases(
        "remind me, remind us, reminder, reminders, be reminded",
    ),
    subscribe=phrases(
        "subscribe, subscription, sign me up for updates, sign up for event updates",
    ),
    unsubscribe=phrases(
        "unsubscribe, no more reminders, stop reminders, stop the reminders",
        "stop reminding, no more event messages, no more events, stop notifications",
        "stop notifying, cancel my subscription, cancel the subscription",
        "end my subscription, no more updates",
    ),
    leave=phrases(
        "unsubscribe, unsubscribe me, no more reminders, unsubscribe please",
    ),
    never=phrases(
        "apply, application, applications, applying, deadline, deadlines, funding, fund",
        "funds, funded, grant, grants, pay, pays, paid, cost, costs, money, fee, fees",
        "reimburse*, refund*, budget, cover, covers, covered, finance, financed",
        "financing, subsid*, price, answer, reply, reply to, hear back, get back, call me",
        "call back, an advisor, advisor, adviser, consultation, consultant, your team",
        "video conference*, videoconference*, conference call, press, newsletter, visa",
        "visas, interpret*, translat*, internship*, job, jobs, vacanc*, scholarship*",
        "tender*, trip, travel, flight, flights, hotel, delegation, language course*",
        "german course*, tax, taxes, election*, meeting room*, conference room*",
        "free of charge, my meeting, our meeting, my request, my enquiry, agenda 2030",
        "schedule a, appointments, mailing list, exam, exams",
    ),
    rather_not=phrases(
        "who can, who may, who is, attend, attending, participate, participation",
        "invited, invitation, invitations, register, registration, sign up, join",
        "open to, for whom, topics, topic, content, about, organise, organize",
        "organising, organizing, host, hosting, support, help, assist, certificate",
        "language, languages, can i, can we, could we, may we, may i, with you",
        "meet you, our, my, speaker*, speak at, purpose, point of, what happens at, why",
        "set up, arrange, train our, minutes",
    ),
    statement=phrases(
        "we had, we have, we plan, we are, we would, we want, we wanted, we were, i was",
        "i had, i have, i would like to, our, at the, at a, during, since, following",
        "it is about, we met, we held, we'd like, we organise, we organised, after the",
        "as part, i attended, we attended, we are looking for a, i want",
    ),
    wonders=phrases(
        "know, find out, when, dates, which date, what date, save the date, tell me",
    ),
    where=phrases(
        "where, where s, wheres, venue, location, which city, which town, what city",
        "which country",
    ),
    core=phrases(
        "anything, something, what s, whats, what is, happening, what happens, planning",
    ),
    personal=phrases(
        "i, me, my, we, us, our, myself",
    ),
    times=phrases(
        "january, february, march, april, may, june, july, august, september, october",
        "november, december, spring, summer, autumn, fall, winter, easter, christmas",
        "ramadan, eid, today, tomorrow, monday, tuesday, wednesday, thursday, friday",
        "between, and, two, three, four, six, few,",
        "saturday, sunday, weekend, day, quarter, half, first, second, third, fourth, days",
        "weeks, months, before, after, until, mid, end, beginning",
    ),
)
