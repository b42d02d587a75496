"""English words of one meaning, for the FAQ matcher: general words, not questions.

A word of four letters or more stands for every word that begins with it, a shorter one and one
with `=` for itself only.
"""

from typing import Final

CONCEPTS: Final[dict[str, str]] = {
    "money": (
        "money fund funds funding financ grant grants cash= subsid budget euro euros sponsor "
        "aid= support= dosh"
    ),
    "pay": (
        "pay= pays paid paying payment cover covered covers reimburs refund bear= bears foot= "
        "settle shoulder"
    ),
    "cost": "cost costs expens fee= fees charge price bill= invoice tariff expenditure spend",
    "free": "free= gratis charge= complimentary paid=",
    "travel": (
        "travel trip trips journey visit visits visiting delegation tour= voyage mission fly= going"
    ),
    "flight": "flight flights ticket airfare plane train= taxi airline",
    "lodging": (
        "hotel lodging accommod overnight meal meals food= board= room= dinner breakfast diem "
        "subsistence"
    ),
    "incoming": (
        "host= hosting guest guests inbound incoming invite= inviting return= reverse here= "
        "come= comes over= receiving"
    ),
    "interpret": "interpret translator simultaneous translat",
    "written": "written document documents text= texts papers brochure leaflet letter=",
    "video": "video zoom= online digital virtual remote teams= webinar call= calls internet",
    "deadline": (
        "deadline closing cutoff cut-off latest= due= until= window expire expiry submission "
        "close= closes"
    ),
    "when": "when= date dates day= month time= calendar schedule next= upcoming soon=",
    "amount": (
        "much= many= maximum max ceiling cap= limit sum= amount euros= minimum min upto upper"
    ),
    "own_share": (
        "own= contribution share= cofinanc co-financ match= percent percentage % chip= pocket "
        "ourselves co-fund cofund contribute"
    ),
    "apply": (
        "apply= applying application register registration sign= signup join= joining enrol "
        "enroll participat enter= part= eligible take= admitted"
    ),
    "begin": (
        "start= starting begin begins first= step= steps commence kick go= lets getting initial"
    ),
    "sent": "sent= submitted send= sending filled fill= submit submitting wrote handed posted",
    "afterwards": "after= afterwards next= then= happens follow= following later=",
    "wait": (
        "wait= waiting heard= hear= reply answer= response status progress receipt received "
        "reference update= silence stand= stands nothing="
    ),
    "person": (
        "human person= someone somebody advisor adviser staff= colleague agent= real= "
        "responsible people= officer"
    ),
    "contact": (
        "contact phone call= email mail= number= reach talk= speak whatsapp telephone "
        "address= hotline write="
    ),
    "bot": "bot= robot machine automat computer= chatgpt gpt ai= chatbot program= artificial",
    "data": "data= datas information= details info= stored store= record= records",
    "privacy": (
        "privacy gdpr confidential secret= protect third= access share= consent anonymous "
        "spy= private="
    ),
    "delete": (
        "delete erase erasure remove wipe forget= export copy= withdraw purge disclosure delet"
    ),
    "language": (
        "language languages german= french arabic english= speak= multilingual bilingual tongue"
    ),
    "country": (
        "egypt algeria morocc tunis maghreb cairo casablanca algiers sfax libya mauritan "
        "country= countries african"
    ),
    "abroad": (
        "peru ghana jordan turk france= ukrain senegal namibia tanzania palestin burkina "
        "israel leban colombia poland polish kenya india= indian vietnam brazil mexic bolivia "
        "chile= argentin china= chinese japan indonesia syria iraq iran yemen rwanda uganda "
        "togo benin mali= niger= nigeria cameroon congo ethiopia somalia sudan angola mozambi "
        "zimbabwe zambia malawi madagascar italy spain portugal greece britain usa america "
        "canada cuba haiti nicaragua guatemala ecuador nepal bangladesh pakistan afghan "
        "georgia moldova armenia kosovo serbia albania romania bulgaria russia belarus asia= "
        "saudi emirates qatar"
    ),
    "german_town": (
        "town= towns city= cities municipal village district county council= inhabitants "
        "population mayor utility"
    ),
    "company": (
        "company companies firm= firms business enterprise corporation private= startup "
        "industry commercial ltd"
    ),
    "association": (
        "association ngo ngos charity civil society club= foundation volunteer university "
        "school= college church mosque nonprofit non-profit institute"
    ),
    "find_partner": (
        "find= finding search= looking match= matching seeking seek= broker introduce pair= "
        "partner="
    ),
    "existing": (
        "existing example examples already= current= other= list= others else= who= success"
    ),
    "renew": (
        "reviv revive dormant renew expand extend reactivat deepen asleep sleeping more= "
        "strengthen enlarge"
    ),
    "agreement": (
        "agreement contract formal treaty memorandum mou signed sign= twinning official "
        "binding charter"
    ),
    "effort": (
        "effort workload hours= time= work= commitment burden capacity staffing resources "
        "obligations demand="
    ),
    "staff": (
        "position= post= salary wages expert= experts coordinator coordination secondment "
        "personnel staff= placed job="
    ),
    "equipment": (
        "build building construct vehicle truck trucks machine= equip equipment purchase buy= "
        "buying solar pump= infrastructure hardware investment invest tools renovate"
    ),
    "project": (
        "project projects nakopa scheme= instrument programmes implement measures facility"
    ),
    "organise": (
        "organis organiz plan= planning prepare prepar arrange arranging set= itinerary "
        "agenda logistic guide="
    ),
    "group": (
        "people= persons participants group= size= bring= along= early= advance notice days= "
        "how= delegates"
    ),
    "event": (
        "conference meeting meetings event events congress gathering network= summit convene"
    ),
    "training": (
        "training trainings seminar seminars course courses workshop workshops class= classes "
        "qualification learn= webinar teach"
    ),
    "safety": (
        "safe= safety secur danger stable stability politic government= regime unrest terror "
        "elections democracy risk= risky war="
    ),
    "operator": (
        "running= runs= behind= ministry government operator giz bmz engagement skew "
        "implement commission organisation responsible federal"
    ),
    "history": (
        "previous before= former earlier predecessor history past= follow-up successor "
        "continuation years= preceded"
    ),
    "topic": (
        "topic topics theme themes area= areas subject field= fields focus climate water "
        "waste energy mobility transport sport= sports youth culture= tourism education "
        "health="
    ),
    "benefit": (
        "benefit benefits advantage gain= gains point= worth value= profit reason reasons "
        "whats= why="
    ),
    "equal": "equal equals principle fair= fairness respect eye= level= values mutual footing",
    "overview": (
        "what= about= explain overview summary describe brief= nutshell programme= program= "
        "guys= thing="
    ),
    "advice": (
        "advice advis advise consult consultation support= help= helps guidance coaching "
        "assist service="
    ),
    "press": (
        "press= journalist newspaper article= interview reporter media= radio= magazine "
        "quote= film= spokes broadcast"
    ),
    "job": (
        "job= jobs vacanc internship intern= hire= hiring career recruit employ= work= cv= "
        "resume trainee"
    ),
    "material": (
        "brochure flyer newsletter leaflet pdf= website homepage download material materials "
        "presentation handbook booklet"
    ),
    "visa": (
        "visa visas schengen asylum passport residence permit= embassy consulate refugee "
        "deport immigra migration citizenship"
    ),
    "study": (
        "study= studying scholarship erasmus student students pupil exchange-year degree "
        "university= phd research= master= exam= teacher"
    ),
    "trade": (
        "tender tenders export import= sell= buyer buyers supplier procurement customers "
        "distributor bid= trade= market="
    ),
    "labour": (
        "apprentic vocational diploma recognition nurse volunteering unemployed minimum-wage "
        "carer au-pair"
    ),
    "tax": "tax= taxes fine= rent= exam= exams lease insurance utility-bill",
    "citizen": (
        "passport id= licence license wedding marriage birth= rubbish trash parking pothole "
        "kindergarten neighbour bins= garage certificate registry"
    ),
    "private": (
        "loan= loans credit donate donation holiday vacation beach tourist tourism= orphan "
        "sponsor-child debt startup-capital doctor medicine lawyer divorce pet= dog= cat= "
        "clothing"
    ),
    "fun": (
        "weather football soccer joke= recipe poem cook= cooking horoscope movie song= music "
        "won= win= wins score= news capital= homework bitcoin stocks game= match="
    ),
    "computer": (
        "phone= wifi password printer laptop windows excel python= browser login install "
        "virus update= router microphone screen camera software"
    ),
}
