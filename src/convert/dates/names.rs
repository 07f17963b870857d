//! The words of dates in the languages of Europe, Turkish, Indonesian, Arabic, Persian, Urdu, Hebrew, Hindi and Bengali, as `deunicode` writes them in ASCII.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static BY_NAME: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let months = (1..).zip(MONTHS);
    months.flat_map(|(month, names)| names.split_ascii_whitespace().map(move |name| (name, month))).collect()
});
static DAYS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| WEEKDAYS.split_ascii_whitespace().collect());
static BESIDE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| FILLERS.split_ascii_whitespace().collect());

/// Longest word in its own letters, and some; bytes.
const LONGEST: usize = 24;

/// The month (from 1) that `word` names or abbreviates.
pub(super) fn month(word: &str) -> Option<u8> {
    let folded = Folded::of(word)?;
    BY_NAME.get(folded.as_str()).copied()
}

/// Whether `word` names or abbreviates a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    matches!(word, "月" | "火" | "水" | "木" | "金" | "土" | "日" | "월" | "화" | "수" | "목" | "금" | "토" | "일")
        || Folded::of(word).is_some_and(|folded| DAYS.contains(folded.as_str()))
}

/// Whether `word` may stand in a date line without changing its meaning, as in "last updated at".
pub(super) fn is_filler(word: &str) -> bool {
    Folded::of(word).is_some_and(|folded| BESIDE.contains(folded.as_str()))
}

/// Whether `word` makes the number before it an ordinal.
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "er" | "re" | "e" | "º" | "ª" | "o" | "a" | "ST" | "ND" | "RD" | "TH")
}

/// A word in lower-case ASCII, kept on the stack.
struct Folded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Folded {
    fn of(word: &str) -> Option<Self> {
        if word.len() > LONGEST {
            return None;
        }
        let mut folded = Self { bytes: [0; LONGEST], length: 0 };
        let mut push = |byte: u8| {
            *folded.bytes.get_mut(folded.length)? = byte.to_ascii_lowercase();
            folded.length += 1;
            Some(())
        };
        for c in word.chars() {
            if c.is_ascii() {
                push(c as u8)?;
            } else {
                deunicode::deunicode_char(c)?.bytes().try_for_each(|byte| push(byte).ok_or(())).ok()?;
            }
        }
        Some(folded)
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// Months by name, from January.
const MONTHS: [&str; 12] = [
    "\
     bynv'r ene enero gen gener gennaio ian ianouariou ianuari ianuarie ianv ianvar ianvaria jaanuar jaanuy'aari \
     jaenner jan janeiro janner januar januari january janv janvari janvier jnfy jnvrii jnwry jnwyh ledna oca \
     ocak sausio sichnia sty stycznia tammikuuta ynv'r ynyr",
    "\
     bpbrv'r fbryr feb febbraio febrer febrero februar februari februarie february fev fevereiro fevr fevral \
     fevralia fevrier fevruari frwry fwryh fyfry helmikuuta liutogo lut lutego pbrv'r ph'rvrii pheb phebrouariou \
     phebruy'aari phrvrii sub subat unora vasario veebruar",
    "\
     bereznia bmrts brezna kovo maaliskuuta maarc maart maerz mar marca march marcius marco maret mars mart marta \
     martie martiou marz marzo mrch mrs mrt mrts mrz",
    "\
     'bryl 'fryl 'pryl abr abril apr aprail aprel aprelia april aprile aprili aprilie apriliou aprilis avr avril \
     awryl b'pryl balandzio bryl dubna epril huhtikuuta kvitnia kwi kwietnia nis nisan pryl",
    "\
     bm'y geguzes kvetna m'y mag maggio mai maia maig maija maio maiou maj maja majus may mayis mayo mei mh mii \
     my'y myw toukokuuta travnia",
    "\
     birzelio byvny cervna chervnia cze czerwca giu giugno haz haziran iiun iiunia ioun iouniou iuni iunie juin \
     jun june junho juni junija junio junius juny juun juuni jwn jwy'n kesakuuta yvny ywnyw",
    "\
     byvly cervence heinakuuta iiul iiulia ioul iouliou iuli iulie juil juillet jul julaai julaaii julho juli \
     julija julio juliol julius july juuli jwly jwly'y jwy'yh jwyly@ liepos lip lipca lipnia lug luglio tem \
     temmuz yvly ywlyw",
    "\
     'gsts 'vgvst 'wt aagstt ago agost agosto agst agu agustos agwst aout aug augoustou august augusta augusti \
     augustus augusztus avg avgusta b'vgvst elokuuta gst gsts rugpjucio serpnia sie sierpnia srpna wt",
    "\
     bsptmbr eyl eylul rugsejo sbtmbr sen sent sentiabria sep sept september septembre septembri septembrie \
     septembriou septemvri septiembre septtembr set setembre setembro setiembre settembre sitmbr sitnbr sptmbr \
     stmbr syyskuuta szeptember veresnia wrz wrzesnia zari",
    "\
     'ktwbr 'vqtvbr akttobr akttuubr aktuubr b'vqtvbr eki ekim khtbr khtwbr ktwbr lokakuuta oct october octobre \
     octombrie octubre okt oktiabr oktiabria oktober oktobri oktobriou oktomvri oktoober ott ottobre out outubro \
     paz pazdziernika rijna spalio zhovtnia",
    "\
     bnvbmbr kas kasim lapkricio lis listopada listopadu marraskuuta nbhembr noe noembriou noemvri noia noiabria \
     noiembrie nov november novembre novembri novembro noviembre nvbmbr nvmbr nvnbr nwfmbr nwmbr",
    "\
     ara aralik bdtsmbr ddisembr dec december decembre decembri decembrie dek dekabria dekembriou dekemvri des \
     desember desembre detsember dez dezember dezembro dic dicembre diciembre dismbr disnbr dsmbr dtsmbr dysmbr \
     gru grudnia gruodzio joulukuuta prosince",
];

/// Days of the week.
const WEEKDAYS: &str = "\
    carsamba chetverg ctvrtek cuma cumartesi czwartek dienstag dimanche dinsdag domenica domingo donderdag \
    donnerstag feira fredag freitag fri friday giovedi jeudi jueves jumat kamis lordag loverdag lundi lunedi \
    lunes maandag mandag mardi martedi martes mercoledi mercredi miercoles minggu mittwoch mon monday montag \
    nedele niedziela onsdag patek pazar pazartesi persembe piatek piatnitsa pondeli ponedel'nik poniedzialek \
    quarta quinta rabu sabado sabato sabtu sali samedi samstag sat saturday segunda selasa senin sexta sobota \
    sondag sonnabend sonntag sreda sroda streda subbota sun sunday terca thu thur thurs thursday tirsdag tisdag \
    torsdag tue tues tuesday utery vendredi venerdi viernes voskresen'e vrijdag vtornik wed wednesday weds \
    woensdag wtorek zaterdag zondag somvaar mnglvaar budhvaar guruvaar shukrvaar shnivaar rvivaar";

/// What stands beside dates.
const FILLERS: &str = "\
    a actualise actualizado aggiornato aktualisiert aktualizacja alle am as at atualizado bijgewerkt created d \
    date datum de del den dnia edition el em erstellt filed first g geplaatst gepubliceerd giris godz \
    guncelleme hours hrs il issued jour julkaistu kl klo klockan klokken la last le local mis modifie modified \
    obnovleno of offentliggjort om on onovleno op opdateret oppdatert opublikovano opublikowano ore originally \
    page paivitetty posted pubblicato publicado publicerad publicerat publiceret publie publisert published r \
    rok stand t tarihi the time uhr um updated uppdaterad uppdaterat utc veroffentlicht vom wib yayinlanma \
    zuletzt prkaashit apddett";
