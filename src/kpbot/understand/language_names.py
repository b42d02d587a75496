"""Names of places and people that look like words; they tell no language.

Only names that could be taken for a word or for a mark of a language need to stand here: any other
unknown word weighs nothing anyway. From the authors' own knowledge of Germany, Morocco, Algeria,
Tunisia and Egypt.
"""

from typing import Final

#: Parts of place names, Latin script.
PLACES: Final = """
souk arbaa khemis tnine sebt had tlata
essen halle kiel hof rust ulm alt neu-ulm sale safi nice tours nancy bonn berlin hamburg köln
koeln münchen muenchen munich frankfurt stuttgart leipzig dresden bremen hannover nürnberg
dortmund karlsruhe mannheim augsburg wiesbaden münster aachen kassel mainz rostock erfurt jena
trier gießen fürth würzburg göttingen bautzen görlitz cottbus potsdam magdeburg lübeck oldenburg
osnabrück paderborn regensburg ingolstadt heilbronn pforzheim wolfsburg bottrop reutlingen koblenz
erlangen siegen hildesheim salzgitter marburg freiburg heidelberg darmstadt tübingen konstanz
esslingen plauen zwickau chemnitz gera weimar singen lehrte melle bad homburg rothenburg tauber
main oder lahn saale rhein neckar wald berg burg linden werder rügen ehingen balingen aalen ahlen
uelzen marrakech marrakesh marrakch rabat casablanca casa fes fès meknes tanger tangier agadir
oujda tetouan tétouan nador taza settat khouribga khenifra larache essaouira ouarzazate dakhla
laayoune berkane errachidia midelt azrou ifrane tiznit taroudant guelmim tan-tan zagora
chefchaouen al-hoceima hoceima mohammedia kenitra salé temara skhirat berrechid jadida ksar kebir
kelaa beni mellal fquih alger algiers oran constantine annaba blida batna setif sétif tlemcen
béjaïa bejaia bgayet jijel skikda tizi ouzou médéa medea mostaganem msila m'sila biskra bechar
béchar ouargla ghardaia ghardaïa tiaret saida saïda guelma bordj témouchent temouchent tébessa
tebessa khenchela mila relizane chlef djelfa laghouat tamanrasset adrar illizi tindouf souk ahras
bouira boumerdes tipaza mascara bel abbès abbes oued oum bouaghi aïn ain el-oued bouaarréridj
arreridj arréridj kabylie tunis sfax sousse kairouan bizerte gabes gabès gafsa ariana nabeul
monastir mahdia kasserine tozeur kebili kébili tataouine medenine médenine zarzis djerba houmt
hammamet marsa goulette kef beja béja jendouba siliana zaghouan manouba bardo jem guerdane
bousalem testour tabarka bouzid carthage kélibia kelibia sidi bou saïd moknine ksour gremda sakiet
cairo kairo giza alexandria alexandrie aswan asuan luxor suez port said ismailia damietta damiette
mansoura tanta zagazig fayoum faiyum minya minia sohag qena asyut assiut hurghada sharm sheikh
matrouh marsa-alam beheira kafr shubra banha benha shibin kom qalyub dakahlia sharqia gharbia
menoufia monufia october heliopolis maadi nasr dahab paris lyon marseille bordeaux toulouse lille
london bruxelles vienna wien zürich zurich deutschland-tour maghreb sahara atlas nil rif
"""

#: First names, family names and parts of names that are words or look like one.
PERSONS: Final = """
ben ould bint abou abu abd abdel bou ibn von dr prof mark will bill rose may grace hope frank
christian marine claire pierre blanche aimée désirée rené andré josé noël joël agnès inès léa zoé
hervé françois dominique monique véronique angélique frédérique klein groß gross lang kurz schwarz
weiß weiss braun neumann könig richter schneider müller mueller schmidt schäfer krüger köhler
jäger böhm günther jürgen björn jörg götz käthe lange ernst stark reich sommer winter herbst young
brown white long black king petit legrand leblanc boucher said sami mina amine hani salah salem
salma mabrouk shukri chokri hamdi marwa dina dima lina rim rym sana hana mona huda hoda sabri
khaled khalil khadija kheira mehdi yahia yahya hanna anna karim kamal jamal jamila latifa zahra
fatima fatma-zahra hatem sofiane walid wahid wafa ahmed mohamed mohammed muhammad mahmoud mustafa
mostafa moustapha hassan hussein houssein omar othman ibrahim ismail youssef yousef abdallah
abdullah abderrahmane abdelkader rachid rashid aziz nabil leïla leila naïma aïcha samïra hartung
hornung samsung grand petite benali amrani alaoui idrissi bennani tazi
"""

#: Names of people and places in Arabic script, with the words that only join or introduce them.
ARABIC_NAMES: Final = """
محمد احمد محمود مصطفى حسن حسين علي عمر عثمان ابراهيم اسماعيل يوسف عبد الله الرحمن القادر العزيز
الكريم الرحيم اللطيف المجيد عبدالله عبدالرحمن عبدالقادر عبدالعزيز خالد طارق كريم كمال جمال سعيد
سعد رشيد نبيل وليد ياسين امين الامين ايمن مراد سمير سامي هشام انس بلال حمزة زياد عادل عماد فؤاد
فيصل منصور ناصر هاني وائل يحيى فاطمة الزهراء خديجة عائشة مريم زينب سارة ليلى نادية سميرة امينة
حنان هدى منى نور سلمى ياسمين رانيا دينا هند امال سعاد نعيمة لطيفة جميلة وفاء بن ابن بنت ابو ابي ام
ال ولد ايت بني سيدي مولاي الحاج السيد السيدة الدكتور الدكتورة المهندس الاستاذ الاستاذة العلوي
الادريسي بناني التازي العمراني بنعلي المصري التونسي المغربي الجزائري الشريف مدينة بلدية جماعة
ولاية محافظة اقليم عمالة جهة دائرة معتمدية قرية مركز حي دوار قصر عين واد وادي المغرب الجزائر تونس
مصر المانيا الرباط الدار البيضاء فاس مكناس مراكش طنجة اكادير وجدة تطوان سلا القنيطرة الناظور تازة
سطات خريبكة خنيفرة العرائش الصويرة ورزازات الداخلة العيون بركان الرشيدية ملال تارودانت تيزنيت
كلميم زاكورة شفشاون الحسيمة المحمدية الجديدة اسفي وهران قسنطينة عنابة البليدة باتنة سطيف تلمسان
بجاية جيجل سكيكدة تيزي وزو المدية مستغانم المسيلة بسكرة بشار ورقلة غرداية تيارت سعيدة قالمة برج
بوعريريج تيموشنت تبسة الوادي ادرار تمنراست بلعباس صفاقس سوسة القيروان بنزرت قابس قفصة اريانة نابل
المنستير المهدية القصرين توزر قبلي تطاوين مدنين جرجيس جربة الحمامات المرسى الكاف باجة جندوبة
سليانة زغوان منوبة بوزيد قردان القاهرة الجيزة الاسكندرية اسوان الاقصر السويس بورسعيد بور
الاسماعيلية دمياط المنصورة طنطا الزقازيق الفيوم المنيا سوهاج قنا اسيوط الغردقة شرم الشيخ مطروح
مرسى البحيرة كفر بنها برلين ميونخ ميونيخ هامبورغ كولونيا فرانكفورت لايبزيغ الشمالية الجنوبية
"""
#: Words that open the name of an office; what follows names it and is no sentence.
ARABIC_OFFICES: Final = """
المجلس مجلس بلدية جماعة الجماعة البلدية مدينة ولاية محافظة اقليم عمالة جهة وزارة مديرية قسم مصلحة
مكتب شركة جمعية مؤسسة ادارة صندوق رئيس رئيسة مدير مديرة نائب نائبة كاتب كاتبة مهندس مستشار عضو
"""
#: Words that make a sentence of Arabic words: pronouns, verbs, question words, thanks, prepositions
#: (standard Arabic, Moroccan, Algerian, Tunisian, Egyptian, Levantine), without hamza and marks.
ARABIC_CLAUSE: Final = """
انا نحن انت انتم انتي انتو هو هي هم احنا حنا نتوما نتا هذا هذه ذلك تلك هاد هادا هادي هذي ده دي دا
هل ما ماذا متى اين كيف كم لماذا من اي لا لم لن ليس ليست لدي لدينا عندي عندنا عندكم عندك في على عن
مع الى حتى بدون لكن او ان اذا لان قد سوف هناك يوجد توجد كان كانت يكون تكون سيكون ممكن يمكن يمكنني
يمكننا يمكنكم اريد نريد تريد يريد نود اود ارغب نرغب ابحث نبحث احتاج نحتاج اعمل نعمل اسكن اسمي اعرف
نعرف تعرف افهم فهمت فهمنا اطلب نطلب ارسل ارسلوا احذفوا احذف اتصلوا ساعدوني شكرا مرحبا اهلا السلام
صباح مساء نعم تمام ايوه واش اش اشنو شنو شنوا شنوة شنية شكون علاش كيفاش وين فين منين امتى وقتاش
قداش بشحال شحال بكام ازاي ليه ايه مين امتي عايز عايزة عايزين عاوز عاوزين محتاج محتاجين بدي بدنا
نحب نحبو بغيت بغينا خاصنا خاصني كاين كاينة ماكاينش فما فمة مافماش مفيش فيه عندناش ماعنديش مانعرفش
نعرفش راني رانا راكم غادي باش بش علشان عشان حتي دابا توا دوك ديالنا ديالي ديال متاعنا متاع بتاع
بتاعنا لو سمحت فضلك فضلكم عفاك الله يعطيك يعيشك بزاف برشا كتير قوي جدا نهضرو نتكلم اتكلم تتكلم
بتتكلم تهضر كتبت قلت ارجو نرجو يرجى اتمنى نتمنى هنا اللي التي الذي الذين حول بخصوص بشان عندهم معنا
معكم نسجل نسجلو اسجل نقدم اقدم نشارك المشاركة يكلف تكلف يبدا تبدا يدفع يعني بيبقى
"""
