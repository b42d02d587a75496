"""Arabic words of one meaning, for the FAQ matcher, in both scripts and the dialects.

A word of four letters or more stands for every word that begins with it, a shorter one and one
with `=` for itself only. Latin words are folded like any Arabizi before they are compared. No
native speaker has read the list.
"""

from typing import Final

CONCEPTS: Final[dict[str, str]] = {
    "money": (
        "مال= مالي ماليه فلوس دراهم درهم نقود تمويل تمول دعم= منحه منح ميزاني اعانه مصاري "
        "flous flus drahem tamwil tmwil argent budget da3m mali subvention"
    ),
    "pay": (
        "يدفع تدفع ندفع دفع= تتكفل يتكفل تتحمل يتحمل خلص= يخلص نخلص تخلص كيخلص غيخلص تغطي "
        "يغطي يصرف بتصرف تعويض مدفوع تسدد سداد tkhales ykhales nkhalsou khlas tkhelso tedfa3 "
        "yedfa3 ydfa3 tetkafel"
    ),
    "cost": (
        "تكلف تكاليف كلفه مصاريف نفقات ثمن= سعر= رسوم= اتعاب بكام بشحال فاتوره masarif masari "
        "taklifa taman frais prix rosoum"
    ),
    "free": "مجان مجانا مجاني بلاش= فابور batel blach fabor majan gratuit",
    "travel": (
        "سفر= سفريه رحله رحلات زياره زيارات نسافر تسافر مهمه وفد= وفود تنقل safar safra ziara "
        "ziyara ri7la wafd mission nsafro voyage"
    ),
    "flight": ("طيران طياره تذكره تذاكر تسكره بيي= البيي طائره tayara tiyara tadkira billet vol="),
    "lodging": (
        "فندق اوتيل اقامه مبيت سكن= وجبات اكل= ماكله طعام لوكانده hotel outil oteel mabit "
        "makla iqama"
    ),
    "incoming": "ضيوف ضيف= استضاف استقبال دعوه يجيو يجوا زيارتهم لالمانيا dyouf diyafa",
    "interpret": "ترجم ترجمه مترجم فوري tarjama tarjma terjma motarjem traduction mutarjim",
    "written": "مكتوب وثائق وثيقه وراق اوراق نصوص كتابي تحريري wata2iq wra9 maktoub",
    "video": (
        "فيديو زوم= اونلاين عن-بعد بعد= انترنت افتراضي رقمي video visio zoom online internet ligne"
    ),
    "deadline": (
        "اجل= اجال موعد اخر= نهائي مهله تقديم اغلاق ينتهي delai deadline ajal mou3id maw3id "
        "akher akhir"
    ),
    "when": (
        "متي= امتي= وقتاش فوقاش وقت= تاريخ مواعيد موعد تاريخ= شهر= يوم= قادم جاي= مقبل imta "
        "emta waqtach wa9tach fou9ach fouqach waqtech date tarikh jay"
    ),
    "amount": (
        "كم= كام= شحال قداش قديش سقف= حد= اقصي مبلغ قيمه مقدار قد= ch7al chhal gaddech "
        "kaddech 9addech kam sa9f montant combien plafond"
    ),
    "own_share": (
        "نساهم مساهم مساهمه حصه= نصيب ذاتي نسبه مشارك-مالي جيبنا نزيد nsahmo mousahama "
        "contribution part="
    ),
    "apply": (
        "تسجيل نسجل تسجل نشارك مشاركه اشتراك انضمام ننضم نشترك اشترك نقدم ترشح طلب= التحاق "
        "tasjil nsajel nsejlo ncharek n9admou taqdim nechtarek inscription ntsejlo"
    ),
    "begin": ("نبدا بدايه بدا= خطوه اول= اولي نبدوا نبداو nebda nabda bdaya khotwa commencer awel"),
    "sent": (
        "ارسلت ارسلنا ارسال بعثت بعثنا صيفط صيفطنا سيفط قدمت قدمنا بعت= عبينا sifet sift "
        "b3atht b3atna ba3at envoye 9addemt"
    ),
    "afterwards": (
        "بعدها بعدين بعد= بعدما مبعد تاليه تالي= من-بعد ba3d men-ba3d mba3d ba3dha apres"
    ),
    "wait": (
        "انتظر ننتظر نستني استني رد= ردو= جواب وصل= وصلت وصلكم حاله متابعه مرجع رقم-الملف "
        "jawab rad= wsel tawasal nestanna reponse"
    ),
    "person": (
        "شخص انسان موظف مستشار مسوول بشر= حد= واحد insan mas2oul masoul mostachar chi-wahed"
    ),
    "contact": (
        "اتصال نتصل اتصل هاتف تليفون رقم= ايميل بريد عنوان واتساب تواصل نتواصل نكلم اكلم نهدر "
        "telephone telifoun numero nemra ra9m raqm email itisal natasel nahdar"
    ),
    "bot": "روبوت بوت= اله= برنامج-الي ذكاء اصطناعي كمبيوتر شات= robot bot chatgpt",
    "data": "بيانات معلومات معطيات معلوماتي بياناتي ma3loumat bayanat mo3tayat donnees data",
    "privacy": "خصوصي حمايه سري= سريه يطلع موافق يستخدم محمي khososiya sirri",
    "delete": (
        "حذف= احذف مسح= امسح تمسح نسخه الغاء حيد= سحب= fasekh mas7 imsa7 m7i supprimer 7adf"
    ),
    "language": (
        "لغه= لغات الماني-لغه فرنسي عربي بالعربي انجليز بالفرنسي امازيغ lougha logha 3arbia "
        "francais anglais fransawiya"
    ),
    "country": (
        "مصر= مصري جزائر مغرب مغربي تونس تونسي ليبيا موريتاني دول= دوله بلدان masr dzair "
        "maghrib maghreb tounes tunis maroc algerie"
    ),
    "abroad": (
        "بيرو غانا اردن تركي فرنسا اوكراني سنغال ناميبيا تنزاني فلسطين بوركينا اسرائيل لبنان "
        "كولومبي بولندا كيني هند= فيتنام برازيل مكسيك بوليفي تشيلي ارجنتين صين= صيني يابان "
        "سوري عراق ايران يمن= رواندا اوغندا توغو بنين مالي= نيجر كاميرون كونغو اثيوبي صومال "
        "سودان انغولا موزمبيق ايطالي اسباني برتغال يونان بريطاني امريكا كندا كوبا روسيا سعودي "
        "امارات قطر= خليج كويت portugal espagne italie turkia senegal"
    ),
    "german_town": (
        "بلديه بلديات بلديتنا مدينه مدينتنا مدن= جماعه جماعات جماعتنا محافظه قريه عماله ولايه "
        "بلديتي سكان مجلس baladia baladiya commune jama3a madina mdina mairie"
    ),
    "company": (
        "شركه شركات شركتي موسسه مقاوله قطاع-خاص خاص= رجال-اعمال مستثمر charika cherka "
        "entreprise societe"
    ),
    "association": (
        "جمعيه جمعيات جمعيتنا منظمه جامعه مدرسه مدني معهد نادي جمعوي jam3iya jam3iyat "
        "association asso"
    ),
    "find_partner": (
        "نبحث بحث= نلقي نلقاو نلاقي نقلب شريك شريكه شركاء نحوس توام توامه عاوزين-شريك charik "
        "partenaire nal9aw nelqaw jumelage n9alleb"
    ),
    "existing": ("امثله مثال نماذج قائمه تجارب ناجح حاليا موجود شكون-خدام amthila exemples mithal"),
    "renew": (
        "احياء توسيع نوسع نطور تطوير تجديد توسع استئناف نعمق نقوي راكد متوقف relancer ntawro"
    ),
    "agreement": (
        "اتفاقيه عقد= توقيع نوقع رسمي مذكره فرق= ميثاق ittifaqiya 3a9d contrat convention signer"
    ),
    "effort": (
        "جهد= مجهود وقت= موظفين عمل= ساعات عبء التزام خدمه-بزاف موارد waqt juhd wa9t effort"
    ),
    "staff": (
        "منصب راتب اجر= رواتب خبير خبراء منسق توظيف-منسق موفد khabir mounasseq salaire poste expert"
    ),
    "equipment": (
        "معدات تجهيز الات= اله= شراء= نشريو سياره شاحنه شاحنات بناء= مبني ترميم بنيه تحتيه "
        "استثمار مضخه شمسي mo3iddat ma3adat materiel camion binaa chri"
    ),
    "project": "مشروع مشاريع ناكوبا برامج-تمويل صندوق تنفيذ machrou3 projet mashrou3 nakopa",
    "organise": (
        "تنظيم ننظم ترتيب نرتب برنامج-الزياره تحضير نحضر تجهيز-الرحله تخطيط organiser tandim "
        "n7adro tartib"
    ),
    "group": ("شخص= افراد= عدد= اشخاص قبلها مده= ايام مسموح اعضاء مشاركين-في 3adad nas= personnes"),
    "event": (
        "موتمر ملتقي لقاء لقاءات اجتماع فعاليه شبكه ندوه moutamar mo2tamar conference liqa2 "
        "rencontre ijtima3 reunion"
    ),
    "training": (
        "دوره دورات تدريب تكوين ورشه ندوات تكوينات takwin tadrib dawra formation seminaire stage="
    ),
    "safety": (
        "امن= امان امني خطر= خطير سياس سياسي وضع= اوضاع حكومه نظام استقرار انتخاب aman amn "
        "khatar siyasa wad3 securite"
    ),
    "operator": (
        "وزاره جهه= وراء= يدير ينفذ منفذ مشرف مسوول-عن ممول شكون-وراكم wizara ministere "
        "chkoun-waraa moachref giz bmz"
    ),
    "history": ("سابق قبل= قديم نفس= استمرار سابقه كان= قبله زمان 9bel kan qdim nafs ancien avant"),
    "topic": (
        "موضوع مواضيع مجال مجالات محاور مناخ مياه ماء= نفايات طاقه نقل= رياضه شباب ثقافه "
        "سياحه تعليم صحه majal maouadi3 mawdou3 riyada chabab domaine eau"
    ),
    "benefit": (
        "فائده فوائد نستفيد استفاده مزايا منفعه نربح نستافد لماذا علاش fayda faida nestafdo "
        "stafed avantage"
    ),
    "equal": "مساواه متساو متكاف تكافو مبادئ مبدا ندي= احترام قيم= متبادل mousawat mabda",
    "overview": (
        "ما-هو اشرح تشرح شرح= تعريف نبذه تفهم فهمو كديرو تعملوا باختصار عباره ach chno chnou "
        "chno-howa 3ibara fahmouni"
    ),
    "advice": (
        "استشار نصيح ارشاد مرافقه مواكبه مساعده تساعد ساعد= تعاون= تعاونونا istichara "
        "mosa3ada t3awno conseil accompagnement nasi7a"
    ),
    "press": (
        "صحفي صحافي صحافه جريده اعلام مقال= حوار= مقابله-صحفيه اذاعه تلفزيون تقرير s7afi "
        "sahafi sahafa journaliste interview i3lam"
    ),
    "job": (
        "وظيف وظيفه وظائف شغل= خدمه خدامه عمل-عندكم توظف توظيف تدريب-مهني سيره-ذاتيه تخدم "
        "نخدم khedma khidma wadifa chghol emploi stage recrut"
    ),
    "material": (
        "نشره كتيب كتيبات مطوي موقع= تحميل مطبوع منشور دليل= بروشور brochure newsletter site= pdf"
    ),
    "visa": (
        "فيزا= تاشير تاشيره شنغن شينغن لجوء جواز= اقامه-في سفاره قنصليه هجره visa chengen "
        "schengen lojou2 7ijra passeport ambassade"
    ),
    "study": (
        "دراسه ندرس منحه-دراسيه طالب طلاب جامعات بكالوريا ثانوي مدرسي تلميذ ماستر دكتوراه "
        "امتحان 9raya qraya dirasa bac= bourse etudes master"
    ),
    "trade": ("مناقصه صفقه صفقات تصدير استيراد زبائن نبيع بيع= مورد= تجاره export import sadarat"),
    "labour": (
        "تكوين-مهني دبلوم شهاده ممرض اوسبيلدونغ تطوع متطوع عقد-عمل ausbildung diplome tatawo3"
    ),
    "tax": "ضرائب ضريبه غرامه كراء= ايجار impots dariba daribat",
    "citizen": (
        "بطاقه-الهويه تعريف= رخصه زواج عقد-ازدياد ميلاد حفره جار= بطاقه حاله-مدنيه carte= "
        "permis rokhsa zwaj"
    ),
    "private": (
        "قرض= سلف= كريدي بنك= تبرع صدقه عطله سياحه-خاصه شاطئ ايتام دين= طبيب محامي طلاق دواء "
        "credit salaf 9ard"
    ),
    "fun": (
        "طقس= جو= مباراه ماتش= كوره كره= نكته وصفه طبخ= قصيده فيلم اغنيه كسب= فاز= برج= اخبار "
        "nokta match koora kora ta9s chanson"
    ),
    "computer": (
        "هاتفي واي-فاي كلمه-السر طابعه لابتوب ويندوز اكسل تطبيق= حاسوب فيروس wifi "
        "mot-de-passe telephon-khaser"
    ),
}
