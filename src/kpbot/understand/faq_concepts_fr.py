"""French words of one meaning, for the FAQ matcher: general words, not questions.

A word of four letters or more stands for every word that begins with it, a shorter one and one
with `=` for itself only.
"""

from typing import Final

CONCEPTS: Final[dict[str, str]] = {
    "money": (
        "argent financ fond= fonds subvention aide= aides sous= fric budget euro euros "
        "subside bourse= sponsor pognon"
    ),
    "pay": (
        "paye payer paie paient payez rembours charge= couvr pris= prend= prenez regl regle "
        "reglez finance= financez assum indemnis defray"
    ),
    "cost": "cout couts coute frais depens tarif prix= facture honoraire redevance cotisation",
    "free": "gratuit gratos payant gratis",
    "travel": (
        "voyage deplacement visite mission= missions delegation trajet sejour route= partir="
    ),
    "flight": "billet avion vol= vols train= taxi transport= aerien",
    "lodging": (
        "hotel hebergement nuit nuitee repas= chambre logement restauration per-diem manger="
    ),
    "incoming": (
        "recevoir accueil accueillir invite invites inviter invitons retour= venir= viennent "
        "venue= hote hotes chez= entrant"
    ),
    "interpret": "interpret traduc traduct traduire simultane truchement",
    "written": "ecrit ecrite document documents texte textes papiers brochure",
    "video": (
        "video visio zoom= ligne= numerique virtuel distance= distanciel teams= digital internet"
    ),
    "deadline": (
        "delai limite= cloture echeance dernier= derniere= jusqu date-limite depot= tard= "
        "candidatures"
    ),
    "when": "quand kan= date dates jour= mois= calendrier prochain prochaine agenda heure",
    "amount": "combien montant plafond maximum max somme= hauteur minimum enveloppe=",
    "own_share": (
        "autofinanc cofinanc part= contribution participation= poche propre= apport "
        "pourcentage contribuer mettre= cotiser"
    ),
    "apply": (
        "inscri inscription candidat postul adher particip rejoindre demande= deposer "
        "enregistr integrer"
    ),
    "begin": "commenc debut demarr demarche premier= premiere= etape lancer= lance=",
    "sent": "envoye envoi envoyer transmis rempli soumis ecrit= depose=",
    "afterwards": "apres= ensuite suite= passe= apres-quoi deroule prochaines=",
    "wait": (
        "attend reponse repond nouvelles= statut avancement recu= suivi= reception reference "
        "silence dossier= relance"
    ),
    "person": (
        "humain personne= quelqu conseiller conseillere responsable vraie= interlocut agent= "
        "collegue gens="
    ),
    "contact": (
        "contact telephone tel= numero appel appeler joindre mail= email courriel whatsapp "
        "parler= adresse"
    ),
    "bot": "robot bot= machine automat ordinateur chatgpt ia= chatbot artificielle programme=",
    "data": "donnees infos= information= coordonnees enregistre= stock",
    "privacy": (
        "confidentialite rgpd vie-privee prive= securise protec acces= partage secret= "
        "consentement anonyme espion"
    ),
    "delete": "supprim efface effacer oubli retirer= copie= export annuler= detruire rectif",
    "language": (
        "langue langues allemand= francais arabe= anglais= parlez= parle= bilingue "
        "multilingue amazigh"
    ),
    "country": (
        "egypt algeri maroc maroccain tunis maghreb caire casablanca alger= sfax libye "
        "mauritan pays="
    ),
    "abroad": (
        "perou ghana jordan turqu turc= france= ukrain senegal namibie tanzani palestin "
        "burkina israel liban= libanais colombi pologn polon kenya inde= vietnam bresil mexi "
        "bolivi chili argentin chine= chinois japon indonesi syri irak iran yemen rwanda "
        "ouganda togo benin mali= niger= nigeria cameroun congo ethiop somalie soudan angola "
        "mozambi zimbabwe zambie malawi madagascar itali espagn portug grec= grece belgique "
        "suisse angleterre usa ameri canada cuba haiti nicaragua guatemala equateur nepal "
        "bangladesh pakistan afghan georgie moldav armeni kosovo serbi albani roumani bulgari "
        "russ asie= saoudite emirats qatar ivoire guinee tchad"
    ),
    "german_town": (
        "ville= villes commune= communes mairie village collectivite landkreis district "
        "habitants hab= municipalit arrondissement regie"
    ),
    "company": "entreprise societe= prive= pme= startup sarl commerce industrie boite= gerant",
    "association": (
        "association asso= assos ong= onge civile citoyen fondation benevol universit lycee "
        "ecole= laboratoire cooperative"
    ),
    "find_partner": (
        "cherch trouver recherche= rechercher jumelage= binome= mise= relation= partenaire= "
        "proposez"
    ),
    "existing": "existant exemple exemples deja= liste= autres= actuel reussi qui=",
    "renew": (
        "relancer relanc reactiv renouvel elargir elargissement approfond dormant endormi "
        "superieure existe= reprendre ranimer"
    ),
    "agreement": (
        "convention contrat accord= signer signature formel memorandum jumelage= officiel "
        "charte difference"
    ),
    "effort": (
        "effort charge= temps= travail= engagement heures personnel= ressources disponib "
        "mobilis investir="
    ),
    "staff": (
        "poste= postes salaire expert= experts coordinat recrut= affectation chargee= "
        "mi-temps emploi="
    ),
    "equipment": (
        "materiel equipement vehicule camion engin engins construi construction batiment "
        "travaux achat acheter solaire pompe= infrastructure investissement machine= benne"
    ),
    "project": "projet projets nakopa instrument programmes= mise-en-oeuvre realis",
    "organise": "organis prepar planif programme= logistique itineraire monter= arranger",
    "group": (
        "personnes= combien= taille= groupe participants elus= prevenir avance= duree jours= "
        "semaines= max="
    ),
    "event": (
        "conference reunion rencontre rencontres evenement congres rendez-vous reseau= assises"
    ),
    "training": (
        "formation formations seminaire seminaires cours= atelier stage= webinaire apprendre "
        "qualification former="
    ),
    "safety": (
        "securite sur= danger stable stabilite politique gouvernement regime trouble terroris "
        "election risque dissolution guerre"
    ),
    "operator": (
        "ministere derriere giz= bmz= organisme= pilote gere= operateur engagement= skew= "
        "mandat responsable= porte="
    ),
    "history": (
        "avant= ancien ancienne precedent histoire predecesseur autrefois continue= "
        "continuite succes"
    ),
    "topic": (
        "theme themes thematique domaine domaines sujet sujets priorit climat eau= dechets "
        "energie mobilite transport= sport= jeunes jeunesse culture= tourisme= education "
        "sante="
    ),
    "benefit": "avantage interet benefice gagner gagne apporte sert= utilite profit pourquoi",
    "equal": "egal egalite principe valeurs equit respect pied= reciproc mutuel",
    "overview": (
        "quoi= explique expliquer resume presentation consiste dispositif= exactement "
        "concretement mots= decrire"
    ),
    "advice": (
        "conseil conseils accompagn appui soutien aider= aidez= assistance consultation service="
    ),
    "press": (
        "presse journalist journal= article= interview itw= reporter medias radio= reportage "
        "magazine tele= tournage"
    ),
    "job": (
        "emploi emplois stage= stages recrut recrutez embauch poste= carriere cv= travailler "
        "vacant stagiaire"
    ),
    "material": (
        "brochure depliant newsletter lettre-d-information pdf= site= telecharger "
        "documentation flyer bulletin guide= plaquette"
    ),
    "visa": (
        "visa visas schengen asile passeport sejour= titre= ambassade consulat refugie expuls "
        "immigr migra naturalis regroupement"
    ),
    "study": (
        "etude etudes etudier etudiant bourse= bourses erasmus scolaire eleve eleves master= "
        "doctorat universite= bac= examen lycee="
    ),
    "trade": (
        "appel-d-offres marche= marches offres= export import= vendre acheteur fournisseur "
        "client= clients distribut soumission"
    ),
    "labour": (
        "apprentissage alternance diplome equivalence infirmier volontariat benevole= chomage "
        "ausbildung"
    ),
    "tax": "impot impots taxe= fisc amende loyer examen= tva= resiliation",
    "citizen": (
        "carte= identite permis= mariage naissance poubelle ordures stationnement creche "
        "voisin etat-civil passeport= livret nid-de-poule"
    ),
    "private": (
        "pret= credit= banque bancaire don= dons vacances plage touris orphelin dette medecin "
        "medicament avocat divorce chien chat= vetement"
    ),
    "fun": (
        "meteo temps= foot= football blague recette poeme cuisin horoscope film= chanson "
        "musique gagne= match= actualites capitale devoirs bitcoin bourse="
    ),
    "computer": (
        "portable= wifi mot-de-passe imprimante laptop windows excel python= navigateur "
        "connecter install virus mise-a-jour routeur micro= ecran= logiciel ordi="
    ),
}
