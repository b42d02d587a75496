"""How schedules are asked for in French."""

from __future__ import annotations

from kpbot.understand.schedule_lexicon import ScheduleWords, phrases

FRENCH = ScheduleWords(
    kinds={
        "network_meeting": phrases(
            "réunion du réseau, réunions du réseau, rencontre du réseau",
            "rencontres du réseau, réunion de réseau, rencontre réseau",
            "rencontres réseau, réunion réseau, rencontre des villes",
            "rencontres des villes, rendez-vous du réseau, rencontre des communes",
            "rencontres de réseau",
        ),
        "conference": phrases(
            "conférence, conférences, congrès, colloque*, conf, sommet",
        ),
        "seminar": phrases(
            "séminaire, séminaires, atelier, ateliers",
        ),
        "training": phrases(
            "formation, formations, stage de formation",
        ),
        "webinar": phrases(
            "webinaire*, webinar*",
        ),
        "other": phrases(
            "forum, journée d'étude, journées d'étude, journée d'échange",
        ),
    },
    weak={
        "network_meeting": phrases(
            "rencontre, rencontres, réunion, réunions",
        ),
        "other": phrases(
            "prochain rendez-vous, rendez-vous avec les villes",
        ),
    },
    any_event=phrases(
        "événement, événements, évènement, évènements, event, events, manifestation",
        "prochaines dates, quelles dates, dates à venir, dates prévues",
        "manifestations, activité prévue, activités prévues, dates des rencontres",
    ),
    appointment=phrases(
        "dates, rendez-vous, activités, événement*",
    ),
    plural=phrases(
        "conférences, congrès, colloques, séminaires, ateliers, formations, webinaires",
        "rencontres, réunions, événements, évènements, events, manifestations, dates",
    ),
    when=phrases(
        "quand, quelle date, quelles dates, quel jour, quels jours, date, dates",
        "à quelle heure, quelle heure, quel mois, c kan, kan, cest quand, horaire",
        "horaires, combien de jours, combien de temps dure la",
    ),
    following=phrases(
        "prochain, prochaine, prochains, prochaines, à venir, prochainement, bientôt",
        "suivant*, futur*, jaya, jayin, jeya",
    ),
    exists=phrases(
        "y a-t-il, y a t il, il y a, est-ce qu'il y a, ya, y a, avez-vous, vous avez",
        "existe*, y aura-t-il, il y aura, y'a, ya-t-il, organisez-vous, proposez-vous",
        "est-ce que",
    ),
    planned=phrases(
        "prévu, prévue, prévus, prévues, programmé*, planifié*, fixée, fixé, fixées",
        "montrez-moi, listez, donnez-moi la liste, fixés, confirmé*",
        "reporté*, annulé*, aura lieu, auront lieu, a lieu, ont lieu",
        "se tiendra, se tiendront, maintenue, maintenu",
    ),
    asks=phrases(
        "quand, où, quel, quelle, quels, quelles, combien, est-ce, y a-t-il, y a t il",
        "il y a, ya, y a, y aura-t-il, avez-vous, vous avez, existe-t-il, c'est quand",
        "c quand, c kan, pourriez-vous, pouvez-vous, je cherche, je voudrais",
        "j'aimerais, nous aimerions, merci de, svp, s'il vous plaît, dites-moi",
        "envoyez-moi, donnez-moi, et, aura, auront, la date, les dates, le calendrier",
        "à quelle, dans quelle, organisez-vous, kan, proposez-vous, la prochaine",
        "le prochain, prochaine, prochain, intéresse, ou se tient, ou a lieu",
        "connaître, quelque chose, prochains, prochaines, les prochaines, les prochains",
        "ou aura lieu, c est ou, ou sera, dites moi, rien, que",
    ),
    whats_on=phrases(
        "quoi de prévu, qu'est-ce qui est prévu, qu'y a-t-il de prévu",
        "qu'est-ce qui a eu lieu, qu'est-ce qui a déjà eu lieu",
        "quelque chose de prévu, y a quoi de prévu, rien de prévu",
        "qu'est-ce qu'il y a de prévu, quand se retrouvent les villes",
        "quand se réunit le réseau, quand se réunissent les villes",
        "quand se retrouvent les communes, quand se réunissent les communes",
    ),
    something=phrases(
        "quoi, quelque, chose, de, prévu, y, a, t, il, est, ce, qu, que, qui, en, au, à",
        "le, la, les, du, des, d, un, une, pour, chez, vous, mois, année, an, semaine",
        "cette, ci, qqch, ya, dans, et, bonjour, svp, prochain, prochaine, début, fin",
        "mi, aura, déjà, encore, avez, aussi, se, passe, rien, l, c, sera, aurait, partir,",
        "sont, prévoyez",
        "organisez",
        "programmé, bientôt, prochains, prochaines",
    ),
    calendar=phrases(
        "calendrier, calendriers, agenda des, programme des événements",
        "programme des manifestations, liste des événements, liste des dates",
        "toutes les dates, programme des rencontres, programme des séminaires, ics",
        "ical, lien calendrier, agenda des rencontres, agenda des événements",
        "agenda des manifestations, votre agenda, un agenda, agenda des séminaires",
        "planning des, planning annuel",
    ),
    past=phrases(
        "passée, passés, passées, a eu lieu, ont eu lieu, s'est tenu*, était, avait",
        "y a t il eu, il y a eu, précédent*, avait eu lieu, étaient, s est déroulé*",
        "avez vous organisé*",
    ),
    last=phrases(
        "dernier, dernière, derniers, dernières",
    ),
    over=phrases(
        "passée, passés, passées, terminé*, fini, finis, finie, finies, a eu lieu",
        "ont eu lieu, achevé*, précédent*, avez vous organisé*, y avait il, il y avait",
        "déjà eu lieu, y a t il eu, il y a eu",
    ),
    cancelled=phrases(
        "annulé, annulée, annulés, annulées, supprimé*, n'aura pas lieu, n'auront pas lieu",
    ),
    confirmed=phrases(
        "confirmé, confirmée, confirmés, confirmées, sûrs, certain, certains, certaines",
    ),
    unconfirmed=phrases(
        "pas confirmé*, pas encore confirmé*, non confirmé*, provisoire, provisoires",
        "à confirmer, pas encore sûr*",
    ),
    online=phrases(
        "en ligne, à distance, visio, visioconférence, virtuel*, en distanciel",
        "distanciel, numérique, numériques, zoom, online",
    ),
    on_site=phrases(
        "en présentiel, présentiel, sur place, en personne",
    ),
    tell=phrases(
        "prévenez-moi, prévenez moi, prévenez-nous, informez-moi, informez-nous",
        "avertissez-moi, tenez-moi, tenez moi, tenez-nous, me prévenir, m'informer",
        "m'avertir, nous prévenir, être informé, être informée, être prévenu*",
        "être averti*, être tenu*, faites-moi savoir, nous informer, notifiez-moi",
        "dites-moi quand il y a, me tenir, me notifier",
    ),
    remind=phrases(
        "rappelez-moi, rappelez moi, me rappeler, rappel, rappels, rappelle-moi",
    ),
    subscribe=phrases(
        "m'abonner, abonner, abonnez-moi, abonnement, s'abonner, m'inscrire aux dates",
    ),
    unsubscribe=phrases(
        "désabonn*, me désabonner, désinscri*, plus de rappels, plus de rappel",
        "arrêtez les rappels, plus d'alertes, plus de notifications, ne plus recevoir",
        "annuler l'abonnement, résilier l'abonnement, arrêter les rappels",
    ),
    leave=phrases(
        "désabonner, me désabonner, désabonnement, se désabonner, désinscription",
    ),
    never=phrases(
        "candidature*, dossier, dossiers, demande de, dépôt, subvention*, financ*",
        "cofinanc*, rembours*, payer, payez, payent, paie, paient, frais, coût, coûte",
        "coûtent, argent, montant, budget, prise en charge, prenez en charge, réponse",
        "répondez, répondre, rappeler un conseiller, me rappelez-vous, un conseiller",
        "une conseillère, votre équipe, visioconférence avec, interprét*, traduct*",
        "newsletter, lettre d'information, visa, visas, presse, stage, stages, emploi",
        "bourse, bourses, délai, délais, date limite, échéance, appel à projets",
        "appel à candidatures, billet, billets, hôtel, voyage, délégation, délégations",
        "salle de conférence, salle de réunion, cours de langue, cours d'allemand, impôt*",
        "élections, mon dossier, ma demande, gratuit, gratuite, gratuits, gratuites",
        "examens, visites, itinéraire, calendrier type, liste de diffusion",
    ),
    rather_not=phrases(
        "qui peut, peut-on participer, participer, participation, invité, invités",
        "invitation, inscrire, inscription, inscriptions, pour qui, à qui, thème",
        "thèmes, contenu, organiser, organiser une, aider, aide, appui, accompagn*",
        "soutenir, soutien, conseil, pouvons-nous, pourrions-nous, peut-on, langue",
        "langues, certificat, attestation, ouvert, ouverte, ouverts, ouvertes, réservé*",
        "admis, notre, nos, avec vous, vous rencontrer, intervenant*, à quoi sert",
        "objectif, objectifs, en quoi consiste, comment se déroule, pourquoi",
        "formation des agents, former",
    ),
    statement=phrases(
        "nous avons, nous avions, nous prévoyons, nous souhaitons, nous voulons",
        "nous étions, nous voudrions, nous organisons, j'ai, j'étais, je souhaite",
        "notre, nos, il s'agit, dans le cadre, lors de, lors d'une, lors du, suite à",
        "depuis, nous sommes, on veut, nous cherchons, nous préparons, on a",
        "on voudrait",
    ),
    wonders=phrases(
        "savoir, connaître, quand, quelles dates, quelle date, bloquer, noter",
        "réserver la date",
    ),
    where=phrases(
        "c est ou, ou se tient, ou se tiendra, ou a lieu, ou aura lieu, ou auront lieu",
        "ou se déroule*, ou sera, lieu, quelle ville, quel endroit, et ou",
        "dans quel pays",
    ),
    core=phrases(
        "quoi, chose, qqch, rien, se passe, prévu, prévoyez vous, organisez vous",
    ),
    personal=phrases(
        "je, j, me, moi, mon, ma, mes, nous, notre, nos, on",
    ),
    times=phrases(
        "janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre",
        "novembre, décembre, printemps, été, automne, hiver, pâques, noël, ramadan, aïd",
        "aujourd hui, demain, après demain, lundi, mardi, mercredi, jeudi, vendredi, samedi",
        "dimanche",
        "entre, et, deux, trois, quatre, six,",
        "week-end, trimestre, semestre, rentrée, jours, semaines, avant, après, premier",
        "deuxième, second, troisième",
    ),
)
