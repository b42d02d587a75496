"""German, French and English words that tell a language, and those of neighbours we do not speak.

Written down from the authors' own knowledge of the languages and of what people type in town
halls; no corpus and no word list of others was used. Plain data: groups of lower-case words apart
by white space. French words also count without accents, German ones also with ae, oe, ue and ss.

Four groups a language:
  CLAUSE pronouns, verbs, question words: they make a sentence
  LINK articles, prepositions, conjunctions: they also stand in names of offices and topics
  CHAT greetings, yes and no, thanks, short forms of chats
  TOPIC nouns and adjectives of municipal life and of an intake
A word that stands in the lists of two languages weighs little for each. Words that all of them
share ("information", "programm", "problem", "budget") stand nowhere: they tell nothing.
"""

from typing import Final

GERMAN_CLAUSE: Final = """
ich du er sie es wir ihr man mich dich sich uns euch mir dir ihm ihnen ihn mein meine meinen
meiner meinem dein deine deinen deiner sein seine seinen seiner unser unsere unseren unserer
unserem unsre euer eure euren eurer ihre ihren ihrer ihrem was wer wo wie wann warum wieso weshalb
wohin woher welche welcher welches welchen welchem wem wen wieviel wieviele worum wozu wofür womit
woran wat dat watt jemand niemand etwas nichts alles bin bist ist sind seid war waren wäre wären
gewesen habe hab hast hat haben habt hatte hatten hätte hätten hätt gehabt werde wirst wird werden
werdet wurde wurden würde würden geworden kann kannst können könnt konnte könnte könnten könntet
muss musst müssen müsst musste müsste soll sollst sollen sollt sollte sollten will willst wollen
wollt wollte wollten darf darfst dürfen dürft dürfte mag mögen möchte möchten möchtest möcht nicht
nich net kein keine keinen keiner keinem keins gibt gibts gib geben gegeben geht gehts gehen geh
gehe kommt kommen komme mache macht machen machst gemacht mach sage sagen sagt sag weiß weiss
wissen weißt wisst finde finden findet suche suchen sucht brauche brauchen braucht bekomme
bekommen bekommt kriegen kriegt krieg stelle stellen melde melden meldet gemeldet anmelden
bewerben bewerbe bewirbt bewerbn arbeite arbeiten arbeitet lebe wohne wohnen heiße heisse heißt
heisst heißen verstehe versteh verstehen verstanden verstehst kostet kosten bezahlt bezahlen zahlt
zahlen läuft laufen funktioniert beginnt beginnen fängt anfangen endet dauert dauern passiert
sprechen spreche spricht sprecht redet reden rufen ruf rufe ruft anrufen angerufen schicken
schickt schick schicke senden sende sendet schreiben schreibe schreibt geschrieben lesen gelesen
zeigen zeig zeigt zeige erklären erklär erklärt helfen hilf hilft löschen lösch löscht gelöscht
ändern ändere geändert korrigieren stimmt gilt gelten warten warte wartet bleibt bleiben lassen
lasst lass nehmen nimmt nehme teilnehmen mitmachen erreichen erreiche kennen kennt kenne
kennenlernen planen plant plane wünschen wünsche freuen freue interessiere interessieren
interessiert fördern fördert fördet gefördert finanzieren finanziert unterstützen unterstützt
anbieten bietet bieten vereinbaren treffen besuchen fahren reisen klappt fehlt fehlen gehört
gehören hören höre meinst meint glaube glaub denke denk hoffe bitten besprechen klären beantragen
beantragt ausfüllen abgeben einreichen weitermachen aufhören abbrechen beenden wiederholen
speichern gespeichert vergessen geschickt erhalten vertreten wusste lautet passen starten startet
losgehen gucken schauen schau guck steht stehen vertan irre irren verrate verraten ändert prüfen
prüft verschieben verschoben würd wüsste bräuchte bräuchten weiterleiten teilen klingt hört
interessant funktionieren vertraue lohnt meldest meld sehe sehen sieht liest tue tut tun frage
fragt antwortet antworten folgt folgen gefällt verlängern verlängert ansehen anschauen
"""
GERMAN_LINK: Final = """
der die das dem den ein eine einen einer einem eines ne nen nem und oder aber doch denn weil dass
daß ob wenn als sondern auch nur noch schon mal eben halt ja sehr mehr viel viele vielen wenig
immer nie oft wieder jetzt nun dann da dort hier heute morgen gestern bald später sofort gleich
vorher nachher danach davor dabei dafür dagegen damit daran darauf daraus darüber darum davon dazu
außerdem sonst trotzdem zwar etwa ungefähr circa zirka rund fast ganz gar zu zum zur von vom vor
nach bei beim mit ohne für fürs gegen um durch über unter zwischen neben seit während wegen trotz
bis aus auf aufs im ins ans hinter statt laut pro diese dieser dieses diesen diesem jede jeder
jedes jeden andere anderen anderer anderes alle allen aller beide beiden einige einigen mehrere
manche solche selbst eigentlich wirklich überhaupt genug zusammen allein nächste nächsten nächster
nächstes letzte letzten erste ersten erstes zweite zweiten dritte dritten usw bzw evtl ggf inkl zb
sowie jedoch daher deshalb deswegen also irgendwo irgendwas irgendwie irgendeine irgendwann kaum
leider gern gerne lieber vielleicht wohl bereits innerhalb außerhalb nochmal nochmals einmal
weiter weitere weiteren sogar zuerst zunächst ab eins zwei drei vier fünf sechs sieben acht neun
zehn elf zwölf zwanzig dreißig hundert tausend in an am so per beides keins ca los wohin
"""
GERMAN_CHAT: Final = """
hallo halo hallöchen hallöle moin moinsen servus grüezi griaß grüß grüße grüßen gruß gruss guten
gute guter gutes tag morgen abend nacht mahlzeit tach tschüss tschüs tschau ciaoi tschö bitte
bitteschön danke dankeschön dankesehr vielen dank besten herzlichen herzlich willkommen verzeihung
entschuldigung entschuldige sorryy jo jep jawohl jup joa nee nö nein ne nöö genau klar klaro
sicher gewiss natürlich selbstverständlich richtig korrekt falsch einverstanden ordnung okidoki
passt super prima toll schön schöne schönen schönes wunderbar perfekt gut egal keine ahnung
bescheid quatsch moment sekunde wiedersehen wiederhören wiederschaun bald mfg vg lg hdl kp kA
bidde biddö büdde hilfe stopp abbruch zurück fertig nächster weiß nixx nix nichts achso ach hä
freundlichen freundliche liebe lieber liebes geehrte geehrter sehr verstehe gerne geil stimmt jepp
naja alles doch vllt viell wg iwie grad grade geht wochenende feierabend vertippt zugesagt
abgesagt tja oje sekündchen momentchen tippfehler gell logo läuft servas pfiat pfüati gude ja ciao
jawoll
"""
GERMAN_TOPIC: Final = """
gemeinde gemeinden stadt städte städten kommune kommunen kommunal kommunale kommunalen landkreis
landkreise kreis kreisstadt großstadt kleinstadt hauptstadt bezirk dorf dörfer ort orte ortsteil
markt verbandsgemeinde samtgemeinde bundesland freistaat rathaus rathäuser bürgermeister
bürgermeisterin oberbürgermeister ob landrat landrätin gemeinderat stadtrat stadträtin stadträte
stadtverwaltung verwaltung verwaltungen behörde behörden amt ämter landratsamt ordnungsamt bauamt
sozialamt hauptamt referat referent referentin abteilung abteilungsleiter leiter leiterin leitung
sachbearbeiter sachbearbeiterin mitarbeiter mitarbeiterin angestellter angestellte beamter beamtin
beauftragter beauftragte ehrenamt ehrenamtlich verein vereine stadtwerke bauhof feuerwehr schule
schulen kita kindergarten krankenhaus wasser trinkwasser abwasser kanal kläranlage müll abfall
abfälle abfallwirtschaft entsorgung müllabfuhr strom wärme klima klimaschutz klimawandel
klimaanpassung umwelt umweltschutz energie energien erneuerbare erneuerbaren nachhaltig
nachhaltigkeit nachhaltige straße straßen beleuchtung straßenbeleuchtung verkehr nahverkehr
mobilität radweg wohnen wohnungsbau stadtplanung stadtentwicklung raumplanung wirtschaft
wirtschaftsförderung tourismus denkmal denkmalschutz kultur kulturerbe jugend jugendaustausch
jugendliche sport bildung ausbildung weiterbildung berufsbildung frauen gleichstellung gesundheit
soziales flüchtlinge katastrophenschutz sicherheit bürger bürgerin bürgerbeteiligung
digitalisierung einwohner einwohnerzahl einwohnern partnerschaft partnerschaften
städtepartnerschaft partnershaft partnerstadt partnerstädte partnergemeinde partnersuche projekt
projekte projektidee förderung fördermittel förderprogramm fördergelder geld gelder mittel
zuschuss kostenlos kostenfrei umsonst teuer antrag anträge bewerbung anmeldung formular frist
fristen termin termine veranstaltung veranstaltungen reise reisekosten dienstreise delegation
delegationsreise besuch austausch fachaustausch beratung berater beraterin ansprechpartner
ansprechpartnerin auskunft angabe angaben daten datenschutz datenschutzerklärung einwilligung
löschung adresse anschrift telefonnummer telefonnr nummer rufnummer handynummer vorname nachname
name frage fragen antwort antworten sprache sprachen deutsch deutsche deutschen deutscher
deutsches deutschland französisch englisch arabisch marokko tunesien algerien ägypten ägyptisch
tunesisch marokkanisch algerisch marokkanische tunesische nordafrika afrika dolmetscher
übersetzung übersetzen mensch menschen roboter maschine chef chefin kollege kollegin kollegen
ingenieur ingenieurin techniker geschäftsführer vorsitzender frau herr herrn herren dame damen
kind kinder leute montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz
juni juli oktober dezember woche wochen monat monate jahr jahre jahren stunde stunden uhr minuten
vormittag vormittags nachmittag nachmittags abends morgens mittags übermorgen zeit zeitplan anfang
ende klein kleine kleiner kleinen kleines groß große großen großer neu neue neuen neues neuer
möglich unmöglich wichtig wichtige dringend schnell langsam einfach schwierig verfügbar zuständig
verantwortlich hilfreich kurz lange länger besser beste weniger zahl anzahl thema themen ziel
ziele bereich bereiche hilfe unterstützung zusammenarbeit erfahrung erfahrungen ergebnis beispiel
kosten gebühren preis rechnung vertrag urkunde unterlagen datei anhang bild seite webseite ausland
auslandsreise visum flug flüge unterkunft übernachtung friedhof radwege radverkehr kämmerer
kämmerei ratsmitglied obdachlose ehrenamtliche landwirtschaft handwerk gewerbe hochwasser dürre
stadtgrün grünflächen spielplatz sportplatz schwimmbad bibliothek bücherei museum behinderung
inklusion senioren familie familien migranten geflüchtete integration schreibfehler fehler
ergebnisse standort haushalt stelle stellen personal fachkräfte azubi praktikum praktikant
studenten schüler lehrer ärzte dienst niemand ablauf vorteile voraussetzungen bedingungen
gutachten bericht vorlage muster anleitung übersicht stellvertreter stellvertretende
stellvertretender dezernent dezernentin amtsleiter amtsleiterin referatsleiter fraktion
ortsbürgermeister gemeindevertreter kreistag oberbürgermeisterin stadtplaner vorort rückruf
umgebung laden wald see fluss küste berge hafen flughafen bahn bus zug beginn abgabe
möglichkeiten städtebau wohnung grundstück gebäude heizung dämmung wasserstoff windkraft
solaranlage
"""
GERMAN_PREFIXES: Final = """
stadt städte gemeinde bürger rathaus abwasser trinkwasser müll abfall straßen strassen jugend
kommunal förder verwaltungs feuerwehr umwelt klima energie verkehrs wirtschafts partnerschafts
projekt ansprech datenschutz telefon öffentlich gesundheits bildungs arbeits
"""
GERMAN_SUFFIXES: Final = """
ung ungen keit keiten heit heiten schaft schaften lich liche lichen licher liches frist schutz
wege hilfe ausbau mitglied vorsitzende vorsitzender beauftragte beauftragter förderung versorgung
kosten gelder austausch pflege dienst dienste ordnung arbeit bildung stelle räume gebiet fläche
flächen kraft kräfte technik zeiten plätze häuser betrieb betriebe ämter leistung leistungen rätin
gemeinde tagung besuch reise amt meister meisterin leiter leiterin verwaltung wirtschaft planung
werke wesen nummer
"""

FRENCH_CLAUSE: Final = """
je tu il elle nous vous ils elles moi toi lui eux leur leurs mon ma mes ton ta tes son sa ses
notre nos votre vos ce cet cette ces ça ca cela ceci celui celle qui que quoi dont où quand
comment comen komen combien pourquoi pkoi pk pq pourkoi quel quelle quels quelles kel koi lequel
laquelle lesquels suis est sont êtes sommes étais était étaient sera serait serons ai as avons
avez ont avait avais aura aurait aurai eu été être avoir fais fait faites font faire faisons fera
vais va vas vont allons allez aller irai peux peut peuvent pouvons pouvez pouvoir pourrait
pourrais pourriez pourrons veux veut veulent voulons voulez vouloir voudrais voudrait voudrions
voulais ve veu dois doit doivent devons devez devoir devrait faut faudrait sais sait savons savez
savoir savent connais connaît connaissez connaître comprends comprend comprenez compris comprendre
cherche cherchons cherchez chercher trouve trouver trouvez donne donner donnez dire dis dit dites
parle parler parlez parlons parles travaille travaillons travailler travaillez habite habitons
appelle appeler appelez rappeler rappelez rappelle envoyer envoyez envoie envoyé écrire écrivez
écrit lire lu voir vois voyez vu demande demander demandez répondre répondez répond répétez
répéter expliquer expliquez explique aider aidez aidez-moi supprimer supprimez effacer effacez
modifier modifiez changer changez changé corriger corrigez annuler annulez arrêter arrêtez
recommencer recommençons continuer continuons continuez commencer commence commençons coûte coute
coûtent payer paie paye payez paient participer participe postuler postule inscrire inscrivez
déposer remplir rempli obtenir bénéficier rejoindre contacter contactez joindre attendre attends
attendez patientez venir viens vient viennent venez prendre prends prenez pris mettre mets mettez
remercie remercions souhaite souhaitons souhaiterais souhaiterions aimerais aimerait aimerions
aime aimons espère pense penser crois croire marche fonctionne reste rester existe concerne dépend
signifie signer choisir choisis préfère préférons organiser organisez organise financer finance
finançons finançable prend représente appartient reçu recevoir reçois partir revenir retourner
quitter sortir montrer montrez donnez-moi jveux jsuis jai jpeux chui jme veuillez renseigner
jaimerais voulu besoin on me se m t s verra verrai voit trompé perdu perdue oublié oubliée
reprendre reprenons laisser laissez tomber passe passer sert servir manque oublier quitte peu-on
est-ce estce doit-on faut-il peut-on jcomprends jsais jpense jaime jcherche cherch propose
proposons proposez accueillir accueillons dispose disposons gère gérer préciser précisez confirmer
confirme confirmez valider valide validez ignorer sauter saute
"""
FRENCH_LINK: Final = """
le la les l un une des du de d au aux et ou mais donc or ni car si à dans par pour sur sous avec
avc sans entre vers chez depuis pendant avant après apres contre selon malgré sauf environ jusque
jusqu en y ne n pas plus moins très tres trop assez peu beaucoup bcp bcq aussi encore déjà jamais
toujours souvent maintenant mnt aujourd hui demain hier bientôt tard tôt ici là ailleurs partout
même autre autres tout toute tous toutes tt ts chaque plusieurs certains certaines quelque
quelques aucun aucune rien personne quelqu qqn qqch comme parce lorsque puisque afin ainsi alors
puis ensuite enfin cependant pourtant lors dès peut-être peutetre surtout seulement vraiment
prochain prochaine dernier dernière premier première deuxième troisième etc càd cad via pr ds ki
deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente cent mille uns autrement
sinon plutôt quasiment côté deux-même hors
"""
FRENCH_CHAT: Final = """
bonjour bonjours bjr bonsoir bsr salut slt salu coucou cc allo allô rebonjour oui ouais ouai ui wi
oué ouep non nan nn si merci mrc mercii remerciements svp stp sil plaît plait vous-plaît d'accord
accord dac dacc dacor dakor daccord entendu parfait parfaitement génial super bien bon bonne
bonnes bons ok exact exactement exacte correct correcte voilà voila certainement bien-sûr sûr sur
sûrement évidemment volontiers tkt mdr ptdr jsp jpp oklm nickel impeccable tant pis dommage désolé
désolée désolés pardon excusez excusez-moi excuse aide aidez annuler retour suivant précédent fini
terminé arrêt journée soirée nuit matin soir après-midi aprem week-end bienvenue revoir bientôt
cordialement salutations respectueuses distinguées cdt cdlt amicalement bisous monsieur madame
mademoiselle messieurs mesdames mme chère cher chers importe idée aucune vrai vraie faux fausse
juste compris reçu peu n'importe rien koi pas félicitations bravo enchanté enchantée bof dsl
desolé erreur oups hélas quel re-bonjour tjr tjrs mtn auj ajd biensur souci soucis grave chouette
cool-merci bcoup pcq psq pck vs ns nous-mêmes att mm bjrs tlm ciao
"""
FRENCH_TOPIC: Final = """
mairie mairies maire maires communes communal communale communaux communales ville villes village
villages quartier quartiers rurale rurales rural urbain urbaine urbaines collectivité
collectivités territoriale territoriales territorial locale locales municipalité municipalités
municipale municipaux conseil conseiller conseillère conseillers élu élue élus élues adjoint
adjointe président présidente vice-président secrétaire général générale directeur directrice chef
cheffe responsable ingénieur ingénieure technicien technicienne fonctionnaire agente employé
employée cadre chargé chargée gouvernorat daïra préfecture préfet région régional régionale
département province provinciale arrondissement intercommunalité agglomération jumelage jumelages
jumelée jumelé jumelées coopération décentralisée partenariat partenariats partenaire partenaires
échange échanges projet projets appel appels fonds subvention subventions financement financements
bourse gratuit gratuite gratuitement payant payante coût coûts frais prix argent tarif déchets
dechets déchet ordures poubelles propreté nettoyage ménagères recyclage eau eaux potable
assainissement égouts usées éclairage électricité énergie énergies renouvelable renouvelables
solaire climat climatique environnement développement durable espaces verts jardins voirie routes
rue rues transports circulation urbanisme aménagement logement habitat tourisme patrimoine
culturel culturelle jeunesse jeunes jeune femmes femme enfants écoles école éducation formation
formations santé sociale sociaux sapeurs pompiers sécurité gouvernance état civil citoyens
citoyenne citoyenneté numérisation numérique habitants demande demandes dossier dossiers
formulaire candidature inscription délai délais dates rendez-vous rdv réunion rencontre visite
visites déplacement voyage voyages délégation accueil accompagnement conseils informations
renseignement renseignements question réponse réponses données personnelles confidentialité
suppression adresse courriel téléphone numéro nom prénom langue langues français française
françaises allemand allemande allemands allemandes anglais anglaise arabe allemagne maroc tunisie
algérie égypte marocain marocaine marocains tunisien tunisienne algérien algérienne égyptien
égyptienne afrique nord traduction interprète traducteur humain humaine lundi mardi mercredi jeudi
vendredi samedi dimanche janvier février avril juin juillet août septembre octobre novembre
décembre semaine semaines mois année années ans jour jours heure heures début fin petite petites
petits petit grande grandes grands grand nouveau nouvelle nouvelles nouveaux disponible rapide
rapidement vite difficile facile gestion entretien services économique économie marché entreprise
entreprises société associations membre membres équipe compétences expérience objectif objectifs
domaine domaines thème thèmes sujet lien pièce jointe fichier contrat accord loi règlement avion
billet hébergement ambassade prochaine préférence horaires ouverture agriculture artisanat
reboisement inondations inondation sécheresse handicap handicapés ramassage scolaire scolaires
zone zones industrielle industrielles industriel commerce commerces hebdomadaire épuration station
hygiène chantier chantiers travaux terrain terrains bâtiment bâtiments bibliothèque musée piscine
stade salle crèche hôpital clinique cimetière abattoir gare port aéroport plage forêt montagne mer
rivière barrage puits oasis nettoiement balayage tri compostage décharge bus-scolaire trottoirs
pistes cyclables stationnement parking panneaux éclairages lampadaires biodiversité pollution
bruit migrants réfugiés intégration inclusion égalité aînés familles associatif associative
bénévole bénévoles étudiants stage stagiaire emploi chômage personnel budget-participatif
comptable juriste architecte urbaniste informaticien chargés mission attaché délégué déléguée
sénateur député caïd pacha omda chefs bureaux bureau siège autorité autorités ministère tutelle
convention-cadre modèle exemple conditions critères critère avantages étapes étape procédure
démarche démarches rapport guide liste carte piece-jointe signature cachet règles droits droit
aide aides appui soutien
"""
FRENCH_SUFFIXES: Final = """
issement issements oiement ellement ivement alement ement ements erie eries aire aires ique iques
euse euses ières ière ité ités eaux elles aient erons eront iez ez ée ées és eurs ienne iennes
ification
"""

ENGLISH_CLAUSE: Final = """
i you he she it we they me him us them my your his her our their its mine yours ours u ur what who
whom whose where when why how which wat wut whats whos wheres hows im ive ill id youre theyre
thats is are am was were be been being has have had having do does did doing done dont doesnt
didnt cant cannot couldnt wont wouldnt shouldnt isnt arent wasnt can could may might must shall
should would will not get got gets getting give gives given go goes going gone went come comes
coming make makes making made take takes taking took say says said tell tells told know knows knew
knw kno think thinks understand understood mean means meant want wants wanted wanna wnat need
needs needed like likes look looking looks find found seek seeking work works worked live lives
speak speaks talk talking call called ask asking answer answered reply write wrote written read
send sent show shows help helps helping delete remove change changed update cancel cancelled stop
start starts started begin begins restart continue continued repeat explain wait waiting apply
applied applying register join participate pay pays paid cost costs covered happen happens
happened try tried keep let lets put see saw seen hear heard use used using fill filled submit
choose interested believe hope wish love please plz there here gonna gotta lemme cud wud shud r
abot organise organize visit meet fund funded receive received offer provide exist matter matters
gimme kinda guess skip missed forgot lost mistaken correcting choosing hosting host hosted share
sharing sign signed book booked reach reached pick fix fixed check checked confirming plan-to
learn learned teach explore suggest recommend require required requires include included includes
belong represent manage run running support-us it'd that'd bring brought leave left stay staying
"""
ENGLISH_LINK: Final = """
the a an and or but if because so than then of to in on at by for from with without into onto over
under between about after before during until since through against near around up down out off
this that these those some any all both each every few many much more most other another such no
nor only own same too very just also already still yet again ever never always often now soon
later today tomorrow yesterday tonight once twice almost maybe perhaps quite really actually
however therefore although though while as per via one two three four five six seven eight nine
ten eleven twelve twenty thirty hundred thousand first second third last next previous someone
anyone everyone nobody somebody nothing something anything everything else instead together enough
w wth ppl abt
"""
ENGLISH_CHAT: Final = """
hi hii hello helo hey heya hiya howdy greetings morning afternoon evening night good goodbye bye
byebye cya cheers mrs yes yep yeah yea yup yess nope nah no thanks thank thx thnx tnx tysm ty
thankyou pls plz please sorry pardon excuse welcome sure right correct true false wrong fine great
nice awesome perfect perfectly excellent lovely wonderful brilliant alright agreed indeed exactly
absolutely definitely certainly course idk dunno idc btw asap fyi omg np yw brb imo tbh afaik
whatever regards sincerely faithfully dear sir madam best wishes kind luck congratulations
congrats help back go cancel quit exit skip done finished ms miss day see ttyl understood
confirmed confirm kindly soon deadline cheerio oops whoops hang sec neither both none clue mistake
typo bro mate dude gotcha kk luv ello g'day roger yessir nvm jk rn ik ikr omw lmk hbu wbu wyd sup
wassup folks guys
"""
ENGLISH_TOPIC: Final = """
city cities town towns village villages municipality municipalities council councils councillor
councilor mayor mayors mayor's deputy governorate governor local government county state ministry
authority authorities office officer official officials department head manager employee staff
engineer engineers technician civil servant clerk secretary coordinator advisor adviser member
partnership partnerships twinning twinned twin exchange youth young women children people citizens
citizen inhabitants residents cooperation project projects funding funds grant grants money free
fee fees price budget expenses waste garbage trash rubbish recycling cleaning water drinking
wastewater sewage sewer sanitation street streets lighting roads road electricity power energy
renewable climate change environment environmental sustainable sustainability parks green spaces
planning housing tourism heritage education school schools trainings health security safety fire
brigade traffic transportation public economic economy development management digitalization
digitisation governance application form forms registration deadline deadlines appointment meeting
trip trips travel journey visit visits delegations advice advisory consultation information
details question questions answer answers language languages german germany english french arabic
morocco tunisia algeria egypt egyptian moroccan tunisian algerian african interpreter translation
translator human name names surname phone number numbers address addresses email data privacy
policy website page attachment file monday tuesday wednesday thursday friday saturday sunday
january february april june july august september october november december week weeks weekend
month months year years hour hours minutes time early late small big large little new old
available impossible quick quickly slow easy difficult hard better worse less contract agreement
letter experience goal goals topic topics area areas field fields idea ideas example result solid
any how-to interest group company companies business university universities volunteer volunteers
private job jobs flights flight hotels accommodation visas eligible eligibility steps step markets
market refugees refugee farming agriculture agricultural farm farmers flood floods flooding
protection vocational disability disabled accessibility facilities facility rights equality gender
rural-areas drought desert coastal coast beach forest harbour harbor airport hospital clinic
library museum playground pool cemetery building buildings construction land landfill collection
treatment plant pump irrigation efficiency heating bicycle bike cycling lanes parking buses
pollution noise emergency crisis disaster migration migrants elderly families students student
intern internship unemployment skills capacity knowledge workshop-series budgeting accountant
lawyer architect planner technician-training chairman chairwoman chairperson minister-of lord
majority board committee union embassy conditions criteria requirements requirement benefits
advantage advantages procedure process report guide list template map signature stamp rules law
legal wrong-number zip postcode postal
"""
ENGLISH_SUFFIXES: Final = "ness ship ships ities ability fully ingly ings tional ous ght"

#: Neighbours we do not speak: Spanish, Portuguese, Italian, Dutch, Turkish, Tamazight, Polish
#: and Scandinavian. Their votes compete like a fifth language, and their victory is silence.
OTHER_WORDS: Final = """
hola buenos buenas días dias tardes noches gracias quiero quisiera queremos somos estoy estamos
está donde dónde cuando cuándo cómo qué quién cuánto cuesta pero por para sobre con los las una
uno muy también soy es esta este el del al y ciudad ciudades pequeña ayuntamiento alcalde
municipio hablar hablo español habla usted ustedes necesito necesitamos puede pueden tengo tenemos
hay favor adiós si mi nuestra nuestro más información programa ayuda oficina sí señor señora
perdón mañana olá obrigado obrigada bom boa dia tarde noite não sim você eu nós cidade câmara
prefeitura ciao grazie mille prego buongiorno buonasera salve vorrei vorremmo siamo sono sei
abbiamo avete che chi cosa dove quando come quanto costa perché il lo gli di da per della delle
dei nel su sul un piccolo piccola comune comuni città sindaco informazioni programma parlo parla
italiano non molto anche questo questa arrivederci sì scusi aiuto nostro nostra ik jij hij wij
jullie zij ben bent zijn heb hebben heeft een het de van voor met naar niet geen ook maar wat wie
waar wanneer hoe goedemorgen goedemiddag goedenavond goedendag dag dank je wel bedankt alstublieft
graag wil willen gemeente gemeenten burgemeester stad informatie kunt kunnen mijn ons onze deze
dit dat spreekt nederlands doei ja nee vraag kleine gaat uw merhaba merhabalar selam günaydın iyi
günler akşamlar teşekkür teşekkürler ederim ediyorum evet hayır lütfen nasıl nasılsınız ne nerede
kim kaç için ile ve bir bu şu biz siz istiyoruz istiyorum belediye belediyesi belediyemiz başkanı
şehir ortaklık bilgi almak hakkında var yok mı tamam güle hoşça kal türkçe konuşuyor azul fellawen
fellak fellam tanemmirt ansuf yiswen amek acu anwa anda ansi ur ara nekki nekni netta kečč kem
iman yellan tella yella tamazight tamaziɣt taqbaylit ih uhu ad at ar tufat timlilit tiwizi txil
bɣiɣ nebɣa tɣiwant aɣref dzień dobry cześć dziękuję proszę tak nie jest jestem miasto gdzie jak
hej tack mange jeg jag vi er och og kommun io capisco capire bilmiyorum anlamadım anlıyorum
anlamıyorum çok cok güzel sağ ol yardım llamo llama hora puedo momento begrijp begrijpen snap zeg
qual quale scusa bene buona sera notte giorno posso aiutare ayyuz fhimeɣ entiendo comprendo
perdone vivo trabajo alcaldía alcaldesa hermanamiento socios
"""

#: Words the three share with half the world; they tell nothing wherever they stand.
INTERNATIONAL: Final = """
ok okay oki okok info infos information informations email mail mails e-mail tel telefon fax dr
prof mr date data team link hotel visa robot bot menu test service services support partner
meeting training trainings programm programme program problem agent international national
regional global digital solar urban social sozial municipal kultur culture transport delegation
delegations convention association direktor director manager consultant computer internet online
website whatsapp telegram signal facebook instagram linkedin google zoom teams skype giz kfw bmz
skew pdf word excel app wow hmm hm mhm haha hahaha hehe lol asdf blabla hotspot taxi euro dollar
dinar dirham budget plan maintenance population possible important urgent normal total final
central smart city-net wilaya daira apc apw minister workshop workshops webinar seminar forum
festival festivals park motivation situation option options region stadion restaurant europa
europe afrika africa status moment sec iraq qatar null qwertz qwerty bla blah re-test kanton top
"""

#: What a bare answer inside a dialogue is made of: such words alone never change its language.
REPLIES: Final = """
ja jo jep nee nö nein klar genau danke bitte stimmt oui ouais non nan merci svp exact d'accord dac
parfait si yes yep yeah yup no nope thanks thank you thx sure right please ok okay oki k bien
super na3am n3am iyeh iyah ayeh ah eh la lala aywa aiwa wah wakha choukran chokran shukran safi
bahi behi نعم لا اه آه ايوه أيوه ايوا اي شكرا شكراً تمام ماشي واخا طيب حسنا صحيح اوكي بلى كلا اوك
بليز
"""
#: Nouns that open the name of an office or a place: "mairie de Tunis" answers, it does not speak.
OFFICES: Final = """
landesamt verein verband universität hochschule institut stiftung agence agency institute foundation
university université association délégation société
stadt gemeinde kommune landkreis kreis rathaus landratsamt stadtverwaltung stadtwerke bezirk amt
verbandsgemeinde markt bundesland kreisverwaltung mairie commune ville communes municipalité
municipalite gouvernorat préfecture prefecture province région region wilaya daïra conseil
communal arrondissement ministère ministere direction city town municipality council governorate
district ministry office county baladia baladiya baladiyat lbaladia elbaladia jamaa jama3a mdinet
madinat madinet medinet mohafza wilayet
"""
#: Forms of address: beside a name they are part of it.
TITLES: Final = "frau herr herrn monsieur madame mademoiselle mme mrs"
