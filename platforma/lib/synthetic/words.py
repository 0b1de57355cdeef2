"""The word material of synthetic texts: dictionary forms, most frequent first (they are drawn Zipf-like)."""

ACTORS = (
    "gmina stowarzyszenie fundacja urząd miasto operator koło rada komisja biblioteka szkoła samorząd "
    "zespół federacja partner koordynator animator spółdzielnia klub sołectwo powiat parafia instytucja "
    "grupa lider partnerstwo związek inkubator wydział referat burmistrz wójt prezydent sołtys "
    "pełnomocnik starostwo drużyna harcerz redakcja wspólnota hospicjum przedsiębiorstwo uczelnia "
    "akademia towarzystwo bractwo spółka agencja pracownia konsorcjum"
).split()

PEOPLE = (
    "mieszkaniec senior dziecko rodzina sąsiad wolontariusz rodzic uczeń seniorka opiekun uczestnik "
    "mieszkanka lider nauczyciel działkowiec rolnik przedsiębiorca artysta twórca sportowiec harcerz "
    "strażak student cudzoziemiec uchodźca pacjent absolwent emeryt kombatant społecznik edukator "
    "terapeuta sąsiadka wolontariuszka rzemieślnik pszczelarz wędkarz rowerzysta czytelnik muzyk aktor "
    "tancerz fotograf podopieczny ogrodnik turysta przewodnik instruktor trener logopeda psycholog "
    "asystent emerytka uczennica matka ojciec babcia dziadek wnuk nastolatek kibic żeglarz szachista "
    "malarz rzeźbiarz pisarz kronikarz regionalista przyrodnik ekolog urzędnik"
).split()

THINGS = (
    "grant projekt warsztat konkurs spotkanie wniosek umowa inicjatywa szkolenie program nabór mikrogrant "
    "dotacja regulamin budżet konsultacja festyn piknik wystawa koncert turniej rajd kampania publikacja "
    "poradnik mapa film ankieta raport diagnoza plan strategia uchwała formularz sprawozdanie harmonogram "
    "kosztorys oferta debata festiwal spacer gazetka kronika pożyczka poręczenie mikropożyczka wycieczka "
    "wykład pokaz spektakl próba zajęcie dyżur porada seminarium panel ewaluacja procedura aneks "
    "załącznik zaproszenie plakat ulotka audycja podcast blog rejestr mural instalacja ławka huśtawka "
    "altana rabata drzewo krzew karmnik stojak tablica namiot scena lampa budka ścianka pomost wiata "
    "hamak stół krzesło rower kajak instrument strój aparat komputer drukarka rzutnik książka gra zabawka"
).split()

PLACES = (
    "osiedle dzielnica świetlica park szkoła ogród wieś podwórko boisko biblioteka skwer plac dom klub "
    "ulica rynek przedszkole kawiarnia pracownia targowisko przystań plaża szlak ścieżka las staw rzeka "
    "kamienica remiza cmentarz muzeum teatr kino basen siłownia hala przychodnia szpital hospicjum "
    "dworzec przystanek łąka sad wzgórze jezioro zalew młyn dwór pałac zamek spichlerz wieża most kładka "
    "dziedziniec strych piwnica garaż warsztat szklarnia pasieka stadion lodowisko skatepark amfiteatr "
    "galeria"
).split()

ABSTRACTS = (
    "współpraca kultura integracja edukacja zaufanie aktywność rekreacja tradycja zdrowie partycypacja "
    "bezpieczeństwo ekologia turystyka przyroda dziedzictwo pamięć historia rękodzieło muzyka taniec "
    "teatr literatura czytelnictwo wolontariat samopomoc rehabilitacja profilaktyka opieka terapia "
    "dostępność mobilność komunikacja transport cyfryzacja przejrzystość jawność płynność wiarygodność "
    "trwałość energia woda powietrze retencja zieleń czystość gwara samodzielność solidarność "
    "odpowiedzialność gościnność rozmowa wymiana sąsiedztwo wspólnota przedsiębiorczość innowacja nauka "
    "ratownictwo ogrodnictwo pszczelarstwo żeglarstwo kolarstwo łucznictwo fotografia malarstwo rzeźba "
    "ceramika tkactwo"
).split()

ADJECTIVES = (
    "lokalny społeczny wspólny sąsiedzki miejski nowy mały młody otwarty prosty wiejski gminny publiczny "
    "roczny duży drobny obywatelski kulturalny sportowy ekologiczny zielony cyfrowy dostępny integracyjny "
    "edukacyjny zdrowotny młodzieżowy rodzinny artystyczny historyczny przyrodniczy turystyczny "
    "wieloletni bezpłatny coroczny cykliczny partnerski wolontariacki terenowy mobilny plenerowy "
    "wakacyjny zimowy letni jesienny wiosenny weekendowy wieczorny samorządowy powiatowy regionalny "
    "ludowy rzemieślniczy kulinarny teatralny muzyczny filmowy literacki taneczny plastyczny ogrodniczy "
    "rowerowy wodny leśny górski nadmorski podmiejski śródmiejski osiedlowy szkolny przedszkolny "
    "akademicki senioralny opiekuńczy rehabilitacyjny terapeutyczny profilaktyczny ratowniczy strażacki "
    "harcerski parafialny cmentarny zabytkowy drewniany ceglany kamienny zaniedbany opuszczony tymczasowy "
    "stały doraźny pilotażowy modelowy"
).split()

VERBS = (
    "wspierać organizować prowadzić finansować przygotowywać tworzyć rozwijać ogłaszać rozliczać oceniać "
    "planować realizować publikować remontować budować otwierać promować udostępniać zgłaszać łączyć "
    "wybierać koordynować opisywać upraszczać omawiać konsultować zmieniać poprawiać odnawiać pielęgnować "
    "chronić zakładać uruchamiać kupować wypożyczać drukować nagrywać dokumentować sprawdzać monitorować "
    "badać zatwierdzać podpisywać skracać zamawiać malować sadzić naprawiać sprzątać przenosić powtarzać "
    "doceniać nagradzać przedstawiać tłumaczyć odwiedzać oznaczać porządkować zabezpieczać modernizować "
    "ozdabiać"
).split()

# A real catalogue has a long tail of proper names; these are put together, so they name nobody.
NAME_STEMS = (
    "Brzoz Kalin Lip Dęb Olsz Wierzb Jawor Sosn Kamień Piasecz Górn Doln Jezior Łąk Mał Biał Czarn "
    "Czerwon Jasn Młyn Kowal Rud Wiśni Jabłon Grusz Śliw Topol Buk Grab Jesion Klon Modrz Świerk Jodł Cis "
    "Leszcz Bagn Trzcin Wod Zdroj Rzecz Brod Mostk Gród Dwor Karczm Kopań Stawisz Rybn Żab Bocian Sokol "
    "Orl Jastrz Sow Kruk Gołęb Wilcz Lis Borsuk Jelen Sarn Żubr Koń Owcz Koz Pszczel Trzmiel Makow Rumian "
    "Chabr Koniczyn Szałw"
).split()
NAME_MIDDLES = ("", "ow", "in", "ar", "el", "ecz", "isz", "ul", "an", "ol")
NAME_ENDS = "ów owo ice owiec anka na ówka ina yszcze ka in owina ek yna oszyn owianka".split()
NAME_PREFIXES = ("", "Kolonia", "Huta", "Osada", "Folwark", "Wólka", "Przysiółek")
FIRST_NAMES = (
    "Anna Jan Maria Piotr Katarzyna Andrzej Małgorzata Krzysztof Agnieszka Tomasz Barbara Paweł Ewa Marek "
    "Joanna Michał Magdalena Adam Zofia Grzegorz Teresa Łukasz Danuta Jakub Halina Rafał Aleksandra "
    "Wojciech"
).split()
SURNAME_ENDS = ("owicz", "ak", "yk", "uk", "eń", "asz", "ela")  # one form for women and men
