"""Arabic words in Latin letters, as typed in Morocco, Algeria, Tunisia, Egypt and the Levant.

From the authors' own knowledge of the dialects and of chat spelling; there is no norm, so frequent
words stand in several spellings. No native speaker has read the list; it is the part to grow.
Words with digits inside (3lach, ma7abba) need not stand here: the digit itself is a mark.
"""

from typing import Final

#: Greetings, courtesy, yes and no, everywhere.
COURTESY: Final = """
salam salamo salamou salamu salem slm slem slam assalam assalamo assalamou assalamu essalam
salamalikoum salamalaykoum alikom alikoum alaykoum alaykom aleikum alaikum aleykoum alaikom
alaycom aalaykoum likom warahmatullah rahmatu rahmatou wa3alaykom marhaba marhba marhbabik marhban
mar7ba ahlan ahlen ahla ahlain ahleen wasahlan sahlan sbah sba7 sbaho sabah sabaho sabahou essbah
sbahel nour noor lkhir lkheir elkhir elkheir alkhair alkhayr kheir khir khayr msa masa massa masaa
masae misa labas labes labess lebes labass labasse lebess aslema asslema aaslema 3aslema bslama
beslama bessleme besslama bislama maassalama masalama salama slama choukran chokran chkran chkr
shukran shokran choukrane shukrn shokrn barakallah barakallahu barakalaho barak llah allah lah fik
fikoum fikom yaatik yatik yaatikom yatikom saha sahha sahit sahitou yarham yerham rahem waldik
weldik waldin walidin walidik yaichek yaaychek aychek ayshek yaishak hamdoulah hamdoullah
hamdulillah hamdulilah lhamdoulilah lhamdolah hmdlh alhamdulillah elhamdoulilah elhamdulillah
inchallah inchaallah inshallah inshaallah nchallah nshallah nchalah insha incha yallah yalla
mabrouk mabrok bsaha samahni smahli smhli sma7ni samehni asif aasif asef asfa maalesh maalish
malich maalich afak afakom 3afak fadlak fadlik fadlkom fadlek law samaht samahti samahtom
lawsamaht minfadlak khoya khouya khoyya khuya khti okhti akhi habibi hbibi sahbi sadiki sidi lalla
oustad ostaz ya akh hadretak hadritik basha bacha mohtaram iyeh iyah ayeh ayyeh eyeh iwa ewa wah
wakha wakhaa waxa ouakha aywa aiwa aywah eywa aywaa ayiwa ay ey naam na3am n3am naaam lala laa
laalaa balach blach tayeb tayyeb tayib taib tab tamam tmam temam mashi machi meshi behi bahi behya
mezyan mezian mzyan mzian meziane mezyana zwin zwina zine mlih mliha mli7 helw helwa kwayes
kowayes kwayyes kwayis koyes mnih mnee7 tamem sahih sahi7 s7i7 ghalet ghalat ghalta akid akeed
akeedd tabaan tab3an daccourd safi safii khalas khlas khlass kafi yezzi barka baraka bark bellahi
bellehi billahi wallah wallahi wlh wallahila kidayr kidayra kidayer kidayrin kidair kidayrine
dayrin bikhir bekhir bekheir bkhir afwan aafwan la7da lahda lahza lahdha lahtha d9i9a dqiqa daqiqa
dakika d9ika sbr sber sbor ghlet ghltt ghaltan ghaltana eshta ishta kifak kifik kifkom kifkon
yislamo yeslamo yislamou tekram tikram teslam tislam teslami habibti amar ya3ni tesbah tosbeh
tosbih layla saida sa3ida nharek nhark zin hala halla hayak hayakom allahouma amin ameen mashallah
machallah machaallah mansalch cha9i aji bism bismillah bismilah astaghfirullah hassanan hasanan
hassana khair zain zeen ezayak ezayek izzayak ezzayak ezzayek ezayko amlin 3amel eih akhbar
akhbarak lbes hanya hani mtahni wajib jmil mersi mirsi tfadlou
"""

#: Questions, pronouns, particles, negation.
FUNCTION: Final = """
wach wech wesh wash ouach ach achno achnou achnu ash ashno shno chno chnou chnowa chnouwa chnoua
chnia chneya chniya shnowa shnuwa shnia chnahiya shnahya chhal chhall chehal shhal ch7al chkoun
chkon shkoun shkon chkoune skoun mnin menin mneen kifach kifash kifech kifesh kifeh kifah kif keef
kayf kayfa keyf ezay ezzay izay izzay ezzaay azay imta emta emtaa meta metaa mata wa9tach waqtach
waqtash wqtach waktach fouqach fou9ach fuqash foukach lwa9t win wein wain wayn wen wenkom waynkom
fin feen fain fayn fein ayna ayn leh leih leeh lih lesh leish laish liye laych alach alash 3lah
aalach alech 3lech ala3 eh eih eeh aih esh eish shu shou shoo chou mean meen mene min miin men
bekam bikam bikem bkam bkem bekem bchhal bach besh bech bash beddeh baddeh addeh adeh 9adech
gaddech qaddech qadech kaddech kadech adesh addesh addech gaddah kaddah qaddah kam kem ana ani nta
nti ntouma ntoma ntuma ntom enta enti ento entom entou entum inta inti into intom ente anta anti
antom howa howwa huwa houa hiya heya hiyya houma homa humma hma hna ahna ehna i7na ihna nahnou
nahnu nehna nahna 7na hnaya rani rana rak raki rakom rakoum raho rahi rahou rahom hada hadi hadik
hadak hadchi hadshi hadouk hadou hadha hedha hedhi hetha haja haga haza hatha hadhi deh dih da di
dah illi elli lli li ila ela illa walla wala wela ola wlla oula walakin lakin laken bas bass bess
kaman kamen zada zeda hta hata hatta houni hnak lhih hneya hena fel fil fl fi bel bil bl fih feha
fiha fihom feeh bih biha mta mtaa mtaana mtena mtaak mtei mte3 mte3na dyal dial diyal dyali diali
dyalna dialna dyalkom dialkom dyalek dyalha bta3 betaa bta betaana beta3na taana taa taei taek
tanaa ntaa nta3 tabaa ma mam makanch makach makash makench makayn makaynch makaynsh makaench mkach
mkch mkaynch mkanch mafich mafish mafihach mafihash mfish mfich mafamach mafammech mafamech famech
moush mouch mush much mish mesh msh mch mahouch mahich manich manish maranich maandich maandish
maandnach machni walou walo oualou welou wlo kayn kayen kain kayna kayena kaina kaynin kaynine
famma fama fammech fammach fema femma bezzaf bezaf bzaf bzzaf bzf bezef bezzef barcha barsha
bercha bersha yasser yaser ktir kteer ktiir kitir kteeer awi awy gedan jiddan jdan jedan gidan
shwaya chwiya chouia chwaya shway shwayya shwaia chwia chwya daba drk drok dork dorka dorwek douk
doka tawa taw tawwa touwa delwa2ti dilwaqti delwa2t delwakti dlwa2ti halla2 hala2 issa elyoum
lyoum lyouma lyoma lyom elyouma ennharda ennaharda innaharda nharda ghedda ghadda ghdda ghda
ghodwa ghoudwa ghodoua bokra bukra boukra bukrah bokrah bara7 lbareh lbare7 ems embare7 mbareh
simana jaya jay jey jeya ljaya ljay lmejya sa3a dima dayman dayma daiman ba3d baad baadin badin
ba3din mn bin bein bain kol koul kolchi kolshi koulchi kolhom kulu koulou kolna chi shi hajet 7aja
had wahed wahd wahda wa7ed jouj zouj zouz tlata rebaa khamsa acha wlad w o ou wa u waqtech wa9tech
waqtesh weqtech temma tamma tmak temmak lhna mnhna fash fach fesh bjouj mab9ach mabqach mazal
mazel mazelt mazala lsa lessa lissa lesa baqi ba9i ghadwa menha mennha mno mnou mennou 3lih alih
aliha 3liha lina likom likoum lihom lihoum lik lia liya ilik ilaya elik ilikom maak maaya maana
maakom m3ana m3akom andi andna andek andkom andak 3andkom andou andha aandi aandna andhom 3andhom
indi indana laday ladayna yajib yjib wache yakma yak qbel qabl 9bal kbal mbaad mbaed fo9 foq fouq
taht t7t qoddam wra wara janb jamb hda hdaya
"""

#: Verbs.
VERBS: Final = """
bghit bghina bghiti bghitou bghat bgha bghaw baghi baghya baghyin bghait nheb nhebb nhebou nhebbou
n7eb nhab nhabbou nhabou theb thebb thebou yheb yhebb habit habina habbit habb heb hab hebb habin
habeb hbina ayez ayza ayzin ayzeen ayzen 3ayez aayez awez awza awzin aouez 3awez mehtag mehtaj
me7tag mihtaj mohtaj baddi beddi badi bidi beddna badna baddna biddi lazem lazim lezem lezm lazm
khas khass khassni khassna khasna khasni khsni khsna khessni yelzem yelzemna mumkin momkin momken
mumken moumkin mumkn momkn yemken yimkin ymken ymkn yomkin nejem nejmou nejjem najem najmou njm
njmo tnajem tnejem tnejmou tnajmou njemou n9der naqdar nakder nqder neqder nekder nkdr nkder nkdro
nqdro ngder ngdr ngdro neqdrou nagdar negder aqdar a2dar akdar agdar tqdr tqdro tkdr tkdro ykdr
te9der teqder tekder gaad gaed ka kan kant kanet kanou kano kunt kount konti koun kon yakoun ykoun
tkoun ykon tkon nkon nkoun houwa baha aref arif arfa arfin 3aref nearef naaref naraf naarfou
naarfo naref nerf nref na3ref na3rfo taaref taref taarfou yaaref araft areft arft mafhemtch fhemt
fhemtek fhamt fhemtch fhmt fhmtk mafhamtch mafhmtch mafhimtech fehmt fahem fahim fahma fahmin
fahmeen fhamtek nefhem nfham nfhem tfham tefhem ndir ndiro ndirou dir diro dirou dayer dart dert
derna nemel namel naamel naamlou taamel yaamel amal a3mel aamel namlou ta3mlo ta3mel amaltou ydir
ydirou tdir tdirou nsejel nsejlo nsjl nsjlo nsajel nsajlou nsajjel nsejlou nsejjel nsejjlo nsajlo
netsajel netsajlo netsejel nsjel tsjil tsejil tasjil tasgeel tasgil asaggel asagel sajal sajel
sejel sajelna tsajel nqadem naqadem nkadem neqdem nkaddem aqadem aqaddem akadem akaddem taqdeem
taqdim takdim takdeem tqdim netqadem nhder nhdar nhadro nhadrou nahder nahdar nahdro nahdrou
nehder nehdrou nahkiw nahki nehki hdar hder hadar tahdar tahder tahdro tahdrou tehder thder thdro
tahki tehki tehkiw tehkiou ahki atkalem atkallem etkalem ntkalem netkalem netkallem netkelem
netkellem tkalem tkallem tkalmou etkalemo btetkalem betetkalem betetkallem tetkallem tetkalem
tatakallam tatakalam ntkelmo nkteb nektbou nekteb kteb ktebt ktbo kteblou kteblna ktebli ktob
ktobli ekteb ektebli ektib aktob aktub ktib tekteb maktoub gol goul golli goulli goli goult golt
glt gltlk golna goulna qal qolt qult olt oltelak ta2ol n9ol nqoul ngoul ngol nekoul nqoulek jaweb
jawbo jawbni jawbouni rod rodo rodd raddo radou ib3at ibaat ebaat ebaatli ab3at abaat saifet sifet
sift sifti siftli siftou siftlia seft ba3at baat b3atli baatli nsift nsiftou nsifet nabaat neba3th
nabath nebath ab3atlak yab3at beathli abaath nji njiw njiou nejiw jit jina jiti ja jaw jaou yji
yjiw tji tjiw aji ajiw tala taala taalaw nemchi nemchiw nemchiou nmchi nmchiw nmshi nemshi mchit
mchina mcha mchaw machya mashya nrouh nrouhou nroh nrohou nrouho nrooh rouh rohi roht rayeh rayah
rayhin raye7 gha ghadi ghadin ghadya ghan ghadyin arouh aro7 arooh hanrouh yrouh trouh nchouf
nchoufou nshouf nshoof nchof chouf choufi chof shouf shoof chft cheft choft shoft shuft chofna
ashouf ashoof tchouf ychouf nqra naqra n9ra nkhdem nkhdm nekhdem nekhdmou khdam khddam khedam
khaddam khedama nakhdem tekhdem khedma lkhedma lkhdma khdma khidma baachtaghal bashtaghal
bashtaghel achtaghel ashtaghal shaghal sheghel sheghal shaghaal shoghl shoghol choghl kankhdem
kankhdm tankhdem nskn nesken sakin saken seken kanskn sakna nsknou kanqelbo kanqalbo nqalbo
kanqallab n9aleb nfattech nlawej nlawjou lawej nlawwej ndawar ndawer badawar bandawar bandawwar
bdawar kandwer nelka nelkaw nlqaw nelqa nlka lqa alaa2i ala2i alaqi kanbghi kanbghiw kan3ref
kanaref kanchof kandir kandiro kanhdr kanhder katkhdem kayhdr kayhder katahdar kathder katebghi
kaydir kaykhdem katkhdm tanbghi tandir nsewel nsawel nswl nswlek nseoul nes2el nesel nesaal
nes2lek nsaal as2al asaal asal as2alak soual so2al soal suaal sual su2al souel swal swalat nsael
soualat as2ila asila nekhles nkhalsou nkhalso nkhals nkhles nkhelso khallas khalles khallso
khalset yekhles ykhalsou ndfaa ndf3 adfa3 adfaa nedfaa nadfaou nadfa3 dafaa dafa3 yekhalsou tdfa3
yedfaa yeswa yswa msah mseh mse7 msa7 emsa7 emsah imsah ems7 ems7o mshou msho msahli fassakh
fasakh fasse5 fasskh faskh hayed 7ayed hayd hayyed na77i nahi nahhi nahihom na7i neha ehzef ihzif
ahzef uhzuf hezf hadef kansel baddel badel bedel bedlo bedelt baddelt bdel beddel bedlou tbedel
tbeddel tbdl tbdlat tbadlat tghayer etghayar etghayyar atghayar ghayer ghayar ghayart 3awed aawed
aawd awd 3awd awdou aawdou wakef waqqef waqaf wqef wqf hbes hbess habes habbes 7bes awqaf a2af
khrej kharej nkhrej nokhroj rja3 rjaa rjoo erga3 ergaa erja3 arja3 irja3 nerja3 nrja nrjaa rajaa
ebda2 ibda2 ebda ibda bda bdit bdina nbda nbdaw nebdaw nebda yebda tebda yabda kemmel kammel kaml
kemel nkemel nkemlou nkamel nkamlou kammelna kemmelna kamalna khalli khelli khali khelini khallini
sta istanna estanna stanna istana estana stana tsenna tsana tsna stenna ntsna nstana ntstana sna
saadouni sa3douni saedni sa3edni saadni saedouni awen awnouni awenni awnni mosaada mosaeda mosa3da
musaada mousaada msaada mosa3ada mouaawana moawana 3awn awn atini aateni atiwni atouni aatiwni
atina ateni eddini iddini jib jibo jibou njib tjib hat hati hattou chari chra chri sharek nsharek
nchark ncharek nchareko ncharkou neshtarek nchtarek ntcharko ashtrek ashtarek acharik nocharik
yhemni yhemna yhemmna yehemna hamni tfadal tfaddal etfadal itfaddal t3arafna tcharafna tcharfna
tsharrafna etsharaft tfahmna etafa9na katgol katqol katgoul katqsd katqsdo taqsod taqsid te2sod
to2sod kadir kaydiro nchofo nchoufo nsawlek nsawlo nt9adem netlaqaw ntlaqaw ntla9aw netla9aw
ntlakaw nsta3lem nstafser nestafser astafser astafsir estefsar istifsar baghein nebghi nebghiw
nbghi nbghiw nabghi tebghi tebghiw tabghi ybghi habbina nwadhah nwaddah fasserli fasser fesser
fahamni fahmouni fehemni fehmouni kheddam qalou galou galo galouli goloulna 3tini 3tiwni a3tini
aatounni nsit nsiit nsina nseet neseet ta3bt khdemt khdamt sjelt sejelt ab3atli yjaweb yjawbo
jawabni tjawbo tjawbou trod troddou yrod yroddou ykoon yekoun yekon teklem tkellem nesharek
nchareku nesherek asharek neshark nechrek
"""

#: Municipal life, places to live, work, numbers, languages, polite nouns.
TOPICS: Final = """
baladia baladiya baladiyya baladiyat lbaladia elbaladia lbaladiya baladiyet baldiya baladeya
baladya jamaa jmaa ljamaa ljama3a jama3a lejma3a gamaa amala 3amala lamala iqlim iklim gouvernora
mohafza mohafaza mohafadha mouhafadha muhafaza mohafzet moatmdia mo3tamadia wali lwali caid lqaid
mokataa moqata3a muqataa mo9ata3a majlis lmajlis majles elmaglis maglis magles mokhtar omda 3omda
elomda rais raiss rayes raees ra2is ra2ees rayyes raisa lrais erra2is na2ib nayeb naib mostachar
moustachar mustashar 3odw odwo odou 3adw mohandis mohandes mouhandis mouhandes mouhendes muhandis
mouhandissa mohandesa muwadaf mowazaf mowadaf mouwadaf mowaddaf mouwazaf mwadaf mwazaf muwazzaf
mowazzaf mas2oul masoul masool mas2ool mas2ol mes2oul mudir moudir modir mudeer modeer moudira
modira katib mouwatin mowatin mowatnin mouwatinin mowatneen sokan soukan sukkan soukkan sokkan nas
nass ness bnadem insan ensan chab shabab chabab chbab chababe sibyan awlad wlad drari drary atfal
nisa nsa mara mra chraka charaka sharaka shraka chraqa charakat sharika charik sharik chrik cherik
sherik tawama taw2ama tou2ama touama taawon taawoun ta3awon taawun tawon moshtarak machrou
machroua mashrou3 mashroua mashrou machari3 macharia mshrou mechrou3 mechroua moshrouaa bernamej
barnamaj barnamej bernemej birnamig bernameg barnameg tamwil tamweel tmwil damm daam da3m flous
floos felous fluss flos fous fulus drahem drahm masari masary majani mejani majjani bathman belech
blech balash bebalash belash bbalash bblach maghani taman tamane thaman soum ssoum seer s3er tklfa
taklifa takalif taklefa masarif masareef zbel zebel zbala zebala zobala zibala nadafa nadhafa
nadhafe nazafa naqawa nefayat nofayat nifayat nifayet mahmalat lma elma elmaa lmaa almaa lme mya
mayya maya mayah miyah myah lmya sarf serf sehi sahhi sihi tathir tatheer sarfsehi dow daw dhaw
inara lidaa idaa lkahraba kahraba kahrba tri9 triq trik toroq toro2 chwarea shawarea chari3 share3
zan9a zanqa derb houma hay 7ay medina mdina lmdina madina elmadina mdinet madinet madinat mdn
mdoun moudon modon dowar douar blad bled lblad balad baldna bladna bladi qarya 9arya karya sgh
sghir sghira sghar sgheer sghayer sogheir soghayara sghayra saghir saghira zghir kbir kbira kbar
kebir kebira kbeer kebeer kabir kabira jdid jdida gdid gdida jadid jadida gedid gedida 9dim qdim
kdim taqa ta9a lbi2a bi2a bia biaa monakh manakh lmonakh mounakh siyaha siaha seyaha seya7a siyasa
thaqafa taqafa saqafa torath tourath touristiya turath talim taalim ta3lim taleem madrasa madares
medersa mdrasa siha seha sahha se77a ri9mana raqmana ra9mana sakan sken bina tamir riyada ryada
sahafa amn matafi matafe himaya lhimaya wiqaya ism ismi esmi isme smiti smyti smiyti semiti smitou
esmou ismak esmak smitk smiytk esmek lism laqab la9ab nasab kniya konya ra9m rakm raqm ra2am nomro
noumrou nimro nemra nmra nmrti nomrti tilifoun tilifon telifon tilifoune mobayl portabli onwan
3onwan adresa bri9 barid lbarid maktab lmaktab mektab elmaktab biro lbiro lbureau idara lidara
ledara elidara mowafaqa moafaqa mouwafa9a talab tlab talabat matloub maloumat malomat maaloumat
ma3lomat ma3loumat maalomat maloumet lmaloumat tafasil tafaseel tafassil mochkil mouchkil mochkila
mouchkila moshkila moshkela mushkila mushkela mochkla mechkla mochkel machakil machkil mouchkla
mshkl mochkl moshkl wathiqa wata2e9 wathaiq waraq wraq waraqa lwraq awraq warae9 kaghet kwaghet
mi3ad maw3id mawid mawed ma3ad mow3ed moqabala mo9abala moukabala ijtimaa ijtima3 jtima3 ziyara
zyara zyarat ziyarat safar sfar safra safariya rihla re7la sefr wafd lwafd almania almanya lmanya
almanyia almagna almaniya lalman lalmane lalmania elmanya alman almani almaniyya lmania magrib
maghrib lmaghrib lmaghreb lmeghrib maghribi maghribia tounes tounis tunisiya tounsi tounsia
tounsya dzayer djazair jazair ljazair eldjazair jazayer dziri dzirya masr msr misr masri masria
masreya masriya orobba ouroba urubba arbi arabi arabia arbia arbya arabiya arabiyya arabya larbiya
larabia l3arbiya elarabi fousha fosha darja darija derja fransawi franci fransi lfransi fransiya
faransi faransiya faransia fransis fransawya ingliz ingilizi inglizi inglizia engelizi englizi
ngliz lougha lugha logha tarjama targama motarjim mutarjim motargem turjuman tarjman wahad jouj
tnin tleta arb3a rb3a khmis jemaa jem3a jomaa joumou3a sebt had etnein talat arbaa khamis gomaa
gom3a ahad lhad lkhmis jm3a simana smana ousbou3 osbou3 esboo3 osboo usbu nhar nhart chhar chher
shahr chahr sher shhar 3am sana sna snin kifkif bhal bhala bahal zay zayy zai methl mithl mtl naf
nafs nefs ghir ghyr gheir gher ayi ayya 2ay nafsou mafhoum wadeh wadih wadi7 mohim mouhim muhim
mohem sahel sahla saab s3ib s3iba sa3b sari3 bsorea bsor3a besor3a dghya degya fissa fisa zarba
bezzerba bezarba doghri rahoum rahoma yaani yani ya3ni zaama zaema tayara tiyara fondo9 foundo9
otel motajadida motagadeda mutajadida nadifa methel bidoun bidon bdoun bla bala men-ghir siyana
siana sayana takwin takween tekwin mihani mehani fayadan fayadanat fyadanat faydan chajar chjar
ashjar achjar shagar jarda jard hadika hadiqa hada2iq 7adi9a fallaha filaha fla7a zira3a ziraa
zera3a sina3a sinaa 9ita3 qita3 mantaqa mantika manatiq mintaqa souk souq swak aswaq mal3ab mal3eb
masjid jame3 jami3 maktaba mektba mathaf mostachfa moustachfa mostashfa mustashfa sbitar sbitare
tbib doktor mo3allim mouallim oustad ustaz talib tolab tollab telamid tlamed moutadarib fallah
fellah tajer tojjar hirfi 7irafi san3a sana3 tijara tigara masani3 marsa mina2 matar mahatta
mahata kar lkar tobis toubis otobis otobees tran tren tran9il naql na9l na2l mouwasalat mowaslat
mwaslat trottwar korniche bhar bahr wad wed ghaba jbel jbal sahra s7ra jafaf mohimma khtira khatar
taware2 tawari2 tasjil ihtiyajat ahdaf hadaf natija nata2ij tajriba tajreba khibra khebra fikra
fekra fkra fikrah afkar fkar ra2y raay ray2i ikhtiyar ekhtyar khayar khiyar mawdou3 mawdoo3 mawdu3
mawdo3 mawdou maoudou lmawdou3 sharit chart chrout chorout shorout shrout shuroot shorot wa9t waqt
lwaqt w9t wa2t
"""

#: Words of the lists that are words of French, English or German as well; beside a sure Arabic
#: word they count, alone they do not.
WEAK: Final = """
wel el al
ya bla zin hala hani amin hanya kar tran wed wad mal bahr taht lina marsa matar wra hda yak char
chart chrouta fach fash fesh mina ray gal andi maak sber sbr la ma fi fin min men ben eh ey ay di
da li o ou w u wa bas wash ash mesh much mush had hat sana main ana ani anti into inti ente win
wen kam ka kan kant ja kon mean mene nour barka haza hab heb hay mara maya misa msa mata meta awn
amal jay ems ila ela ola sabah salem tab bash bel bil bl fel fil fl kif kem khas bala bled bin
bein ban sta daw talab amn khalid sidi kaman taman mana fama wali ness mine nas kol koul douk daam
damm sher allah biro casa bain deh balad sken dir bina salama mabrouk lah hata soum sehi hadi hna
madina medina lala wala illa walla chari chef haja raho rak raki karim rani rana issa cari sift
seft soual nemra yasser rouh gha nsa mdn modon bia rod kafi hana chou anta baha msr pri alman wlo
nass dar mya hma taa prix touma golf gol goli golt bidi badi arbi franci reda charik sharik nji
nerf namel saab sahel sari mithl aman
"""
