//! The words of dates in the languages of Europe, Turkish, Indonesian and Arabic, as `deunicode` writes them in ASCII.

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
    Folded::of(word).is_some_and(|folded| DAYS.contains(folded.as_str()))
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
     ene enero gen gener gennaio ian ianouariou ianuarie ianv ianvar ianvaria jaenner jan janeiro janner januar \
     januari january janv janvier ledna oca ocak sichnia sty stycznia tammikuuta ynyr",
    "\
     fbryr feb febbraio febrer febrero februar februari februarie february fev fevereiro fevr fevral fevralia \
     fevrier helmikuuta liutogo lut lutego pheb phebrouariou sub subat unora",
    "\
     bereznia brezna maaliskuuta maart maerz mar marca march marcius marco maret mars mart marta martie martiou \
     marz marzo mrs mrt mrz",
    "\
     'bryl abr abril apr aprel aprelia april aprile aprilie apriliou aprilis avr avril dubna huhtikuuta kvitnia \
     kwi kwietnia nis nisan",
    "\
     kvetna mag maggio mai maia maig maio maiou maj maja majus may mayis mayo mei myw toukokuuta travnia",
    "\
     cervna chervnia cze czerwca giu giugno haz haziran iiun iiunia ioun iouniou iunie juin jun june junho juni \
     junio junius juny kesakuuta ywnyw",
    "\
     cervence heinakuuta iiul iiulia ioul iouliou iulie juil juillet jul julho juli julio juliol julius july \
     lip lipca lipnia lug luglio tem temmuz ywlyw",
    "\
     'gsts ago agost agosto agu agustos aout aug augoustou august augusti augustus augusztus avg avgusta \
     elokuuta serpnia sie sierpnia srpna",
    "\
     eyl eylul sbtmbr sen sent sentiabria sep sept september septembre septembrie septembriou septiembre set \
     setembre setembro setiembre settembre syyskuuta szeptember veresnia wrz wrzesnia zari",
    "\
     'ktwbr eki ekim lokakuuta oct october octobre octombrie octubre okt oktiabr oktiabria oktober oktobriou \
     ott ottobre out outubro paz pazdziernika rijna zhovtnia",
    "\
     kas kasim lis listopada listopadu marraskuuta noe noembriou noia noiabria noiembrie nov november novembre \
     novembro noviembre nwfmbr",
    "\
     ara aralik dec december decembre decembrie dek dekabria dekembriou des desember desembre dez dezember \
     dezembro dic dicembre diciembre dysmbr gru grudnia joulukuuta prosince",
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
    woensdag wtorek zaterdag zondag";

/// What stands beside dates.
const FILLERS: &str = "\
    a actualise actualizado aggiornato aktualisiert aktualizacja alle am as at atualizado bijgewerkt created d \
    date datum de del den dnia edition el em erstellt filed first g geplaatst gepubliceerd giris godz \
    guncelleme hours hrs il issued jour julkaistu kl klo klockan klokken la last le local mis modifie modified \
    obnovleno of offentliggjort om on onovleno op opdateret oppdatert opublikovano opublikowano ore originally \
    page paivitetty posted pubblicato publicado publicerad publicerat publiceret publie publisert published r \
    rok stand t tarihi the time uhr um updated uppdaterad uppdaterat utc veroffentlicht vom wib yayinlanma \
    zuletzt";
