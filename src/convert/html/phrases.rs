//! Phrases of page furniture: lines that stand among an article's paragraphs on many sites and are not of it.

use super::verdict::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Lines, as [`fold`] leaves them.
static LINES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "advertisement advertisements advertising anzeige publicidad publicité publicidade pubblicità werbung annonce \
    reklame реклама share sharethisarticle print email comments related relatedarticles relatedstories relatedtopics \
    readmore seealso moreonthisstory topstories loading subscribe signup backtotop top tags topics skipadvertisement \
    storycontinuesbelowadvertisement articlecontinuesafterthisad save copylink linkcopied listentothisarticle \
    continuereading czytajwięcej läsmer lesmer lesogså læsogså leesook leesmeer alireaussi auchinteressant dazupassend \
    mostread noticiarelacionada noticiasrelacionadas mehrzumthema tableofcontents recommendedfromeditorial promoted"
        .split_ascii_whitespace()
        .collect()
});

/// Beginnings of lines, likewise.
const BEGINNINGS: &str = "followuson signupfor signuptoour subscribeto clickhereto readmore alsoread readalso seealso lireaussi leggianche \
    leaanche leetambién lesenssieauch lesenssiehier lesensieauch mehrzumthema photocredit allrightsreserved \
    thisarticlewasoriginallypublished downloadour joinour recommendedreading subscribenow registersignin signinor \
    createanaccount alreadyhaveanaccount donthaveanaccount tryrefreshingyourbrowser toviewthisvideo pressenterorclickto \
    empfohlenerexternerinhalt empfohlenerredaktionellerinhalt andieserstellefind ichbindamiteinverstanden alireaussi \
    lesogså læsogså läsockså doyouhaveastory advertisementcontinue";

/// What such a line says somewhere, likewise.
const SAYINGS: [&str; 14] = [
    "affiliatelink",
    "mayearnacommission",
    "earncommission",
    "earnasmallcommission",
    "receiveacommission",
    "fromqualifyingpurchases",
    "enablejavascript",
    "videohasfailedtoload",
    "unlimitedonlineaccess",
    "unlimiteddigitalaccess",
    "reservedforsubscribers",
    "unlockmorearticles",
    "unlockthisarticle",
    "mitpersonalisierterwerbung",
];
/// Longest text that a saying decides on; bytes.
const LONGEST_SAYING: usize = 420;

/// Longest line that a beginning decides on; bytes.
const LONGEST: usize = 160;

/// Whether a block of text is page furniture wherever it stands.
pub(super) fn is_furniture(text: &str) -> bool {
    let folded = fold(text);
    LINES.contains(folded.as_str())
        || (text.len() < LONGEST && BEGINNINGS.split_ascii_whitespace().any(|start| folded.starts_with(start)))
        || (text.len() < LONGEST_SAYING && SAYINGS.iter().any(|saying| folded.contains(saying)))
        || text.starts_with('©')
        || (text.len() < LONGEST && (is_copyright(&folded) || is_claimed(text)))
}

/// `Copyright 1999 Saltmere Gazette`, `All contents copyright by the Gazette 1999`, as [`fold`] leaves them.
fn is_copyright(folded: &str) -> bool {
    let rest =
        ["allcontentscopyright", "allcontentcopyright", "allmaterialcopyright", "contentscopyright", "copyright"]
            .iter()
            .find_map(|start| folded.strip_prefix(start));
    let year =
        |at: usize, rest: &str| rest.get(at..at + 4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()));
    rest.is_some_and(|rest| (0..rest.len()).any(|at| year(at, rest)))
}

/// Whether a line claims a copyright, `© 1997 Saltmere Gazette`, somewhere in it.
fn is_claimed(text: &str) -> bool {
    text.split('©').skip(1).any(|after| {
        let year = after.trim_start().get(..4).unwrap_or_default();
        !year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}
