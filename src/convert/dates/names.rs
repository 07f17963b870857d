//! The words of dates in English, German, French, Spanish, Italian, Dutch and Portuguese, without their accents.

/// Longest word of the tables, and some.
const LONGEST: usize = 16;

/// The month (from 1) that `word` names or abbreviates.
pub(super) fn month(word: &str) -> Option<u8> {
    let folded = Folded::of(word)?;
    let at = MONTHS.binary_search_by(|(name, _)| (*name).cmp(folded.as_str())).ok()?;
    MONTHS.get(at).map(|(_, month)| *month)
}

/// Whether `word` names or abbreviates a day of the week.
pub(super) fn is_weekday(word: &str) -> bool {
    Folded::of(word).is_some_and(|folded| WEEKDAYS.binary_search(&folded.as_str()).is_ok())
}

/// Whether `word` may stand in a date line without changing its meaning, as in "last updated at".
pub(super) fn is_filler(word: &str) -> bool {
    Folded::of(word).is_some_and(|folded| FILLERS.binary_search(&folded.as_str()).is_ok())
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

/// Months by name, in the order of the alphabet.
const MONTHS: &[(&str, u8)] = &[
    ("abr", 4),
    ("abril", 4),
    ("ago", 8),
    ("agosto", 8),
    ("aout", 8),
    ("apr", 4),
    ("april", 4),
    ("aprile", 4),
    ("aug", 8),
    ("august", 8),
    ("augustus", 8),
    ("avr", 4),
    ("avril", 4),
    ("dec", 12),
    ("december", 12),
    ("decembre", 12),
    ("dez", 12),
    ("dezember", 12),
    ("dezembro", 12),
    ("dic", 12),
    ("dicembre", 12),
    ("diciembre", 12),
    ("ene", 1),
    ("enero", 1),
    ("feb", 2),
    ("febbraio", 2),
    ("febrero", 2),
    ("februar", 2),
    ("februari", 2),
    ("february", 2),
    ("fev", 2),
    ("fevereiro", 2),
    ("fevr", 2),
    ("fevrier", 2),
    ("gen", 1),
    ("gennaio", 1),
    ("giu", 6),
    ("giugno", 6),
    ("jaenner", 1),
    ("jan", 1),
    ("janeiro", 1),
    ("janner", 1),
    ("januar", 1),
    ("januari", 1),
    ("january", 1),
    ("janv", 1),
    ("janvier", 1),
    ("juil", 7),
    ("juillet", 7),
    ("juin", 6),
    ("jul", 7),
    ("julho", 7),
    ("juli", 7),
    ("julio", 7),
    ("july", 7),
    ("jun", 6),
    ("june", 6),
    ("junho", 6),
    ("juni", 6),
    ("junio", 6),
    ("lug", 7),
    ("luglio", 7),
    ("maart", 3),
    ("maerz", 3),
    ("mag", 5),
    ("maggio", 5),
    ("mai", 5),
    ("maio", 5),
    ("mar", 3),
    ("march", 3),
    ("marco", 3),
    ("mars", 3),
    ("marz", 3),
    ("marzo", 3),
    ("may", 5),
    ("mayo", 5),
    ("mei", 5),
    ("mrt", 3),
    ("mrz", 3),
    ("nov", 11),
    ("november", 11),
    ("novembre", 11),
    ("novembro", 11),
    ("noviembre", 11),
    ("oct", 10),
    ("october", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("okt", 10),
    ("oktober", 10),
    ("ott", 10),
    ("ottobre", 10),
    ("out", 10),
    ("outubro", 10),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("set", 9),
    ("setembro", 9),
    ("setiembre", 9),
    ("settembre", 9),
];

/// Days of the week, in the order of the alphabet.
const WEEKDAYS: &[&str] = &[
    "dienstag",
    "dimanche",
    "dinsdag",
    "domenica",
    "domingo",
    "donderdag",
    "donnerstag",
    "feira",
    "freitag",
    "fri",
    "friday",
    "giovedi",
    "jeudi",
    "jueves",
    "lundi",
    "lunedi",
    "lunes",
    "maandag",
    "mardi",
    "martedi",
    "martes",
    "mercoledi",
    "mercredi",
    "miercoles",
    "mittwoch",
    "mon",
    "monday",
    "montag",
    "quarta",
    "quinta",
    "sabado",
    "sabato",
    "samedi",
    "samstag",
    "sat",
    "saturday",
    "segunda",
    "sexta",
    "sonnabend",
    "sonntag",
    "sun",
    "sunday",
    "terca",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "tue",
    "tues",
    "tuesday",
    "vendredi",
    "venerdi",
    "viernes",
    "vrijdag",
    "wed",
    "wednesday",
    "weds",
    "woensdag",
    "zaterdag",
    "zondag",
];

/// What stands beside dates, in the order of the alphabet.
const FILLERS: &[&str] = &[
    "a",
    "actualizado",
    "aggiornato",
    "aktualisiert",
    "alle",
    "am",
    "as",
    "at",
    "atualizado",
    "bijgewerkt",
    "created",
    "date",
    "datum",
    "de",
    "del",
    "den",
    "edition",
    "el",
    "em",
    "erstellt",
    "filed",
    "first",
    "geplaatst",
    "gepubliceerd",
    "hours",
    "hrs",
    "il",
    "issued",
    "jour",
    "la",
    "last",
    "le",
    "local",
    "mis",
    "modifie",
    "modified",
    "of",
    "om",
    "on",
    "op",
    "ore",
    "page",
    "posted",
    "pubblicato",
    "publicado",
    "publie",
    "published",
    "stand",
    "t",
    "the",
    "time",
    "uhr",
    "um",
    "updated",
    "veroffentlicht",
    "vom",
    "zuletzt",
];

#[cfg(test)]
mod tests {
    use super::{FILLERS, MONTHS, WEEKDAYS};

    #[test]
    fn tables_are_in_the_order_that_the_search_needs() {
        assert!(MONTHS.is_sorted() && WEEKDAYS.is_sorted() && FILLERS.is_sorted());
    }
}
