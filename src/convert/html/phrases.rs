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
    mostread noticiarelacionada noticiasrelacionadas mehrzumthema tableofcontents recommendedfromeditorial promoted \
    storycontinuesbelow storycontinues articlecontinuesbelow continuesbelow afternewsletterpromotion playerwirdgeladen \
    reklam annons annonse mainos reclame reklame reklaam reklāma oglas ogłoszenie hirdetés iklan quảngcáo διαφήμιση \
    реклама إعلان اعلان विज्ञापन โฆษณา 广告 廣告 広告 광고 postedon publishedon updatedat updatedon lastupdated \
    writtenby readingtime readtime lesezeit tempsdelecture tiempodelectura"
        .split_ascii_whitespace()
        .collect()
});

/// Beginnings of lines, likewise.
const BEGINNINGS: &str = "followuson signupfor signuptoour subscribeto clickhereto readmore alsoread readalso seealso lireaussi leggianche \
    leaanche leetambién lesenssieauch lesenssiehier lesensieauch mehrzumthema photocredit allrightsreserved \
    thisarticlewasoriginallypublished downloadour joinour recommendedreading subscribenow registersignin signinor \
    createanaccount alreadyhaveanaccount donthaveanaccount tryrefreshingyourbrowser toviewthisvideo pressenterorclickto \
    empfohlenerexternerinhalt empfohlenerredaktionellerinhalt andieserstellefind ichbindamiteinverstanden alireaussi \
    lesogså læsogså läsockså doyouhaveastory advertisementcontinue читайтетакже читайтетакож اقرأأيضا اقرأأيضًا یہبھی \
    यहभीपढ あわせて読みたい 関連記事 相关新闻 相關新聞 相关阅读 관련기사 bacajuga";

/// What such a line says somewhere, likewise.
const SAYINGS: [&str; 20] = [
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
    "einenexterneninhalt",
    "externerinhalt",
    "andrittplattformenübermittelt",
    "cancelanytime",
    "cancelatanytime",
    "alreadyasubscriber",
];
/// What such a line claims somewhere, likewise.
const CLAIMS: [&str; 12] = [
    "allrightsreserved",
    "allerechtevorbehalten",
    "tousdroitsréservés",
    "todoslosderechosreservados",
    "todososdireitosreservados",
    "tuttiidirittiriservati",
    "всеправазащищены",
    "جميعالحقوقمحفوظة",
    "版权所有",
    "禁じます",
    "무단전재",
    "未经许可",
];
/// How long a text takes to read, after the number.
const READING: [&str; 14] = [
    "minread",
    "minsread",
    "minuteread",
    "minutesread",
    "minutestoread",
    "minlesezeit",
    "minutenlesezeit",
    "minutenlesedauer",
    "mindelecture",
    "minutesdelecture",
    "mindelectura",
    "minutosdelectura",
    "mindilettura",
    "minutidilettura",
];
/// Longest text that a saying decides on; bytes.
const LONGEST_SAYING: usize = 420;

/// Longest line that ends in the time that it takes to read; bytes.
const SHORT: usize = 60;

/// Longest line that a beginning decides on; bytes.
const LONGEST: usize = 160;

/// Whether a block of text is page furniture wherever it stands.
pub(super) fn is_furniture(text: &str) -> bool {
    let folded = fold(text);
    LINES.contains(folded.as_str())
        || (text.len() < LONGEST && BEGINNINGS.split_ascii_whitespace().any(|start| folded.starts_with(start)))
        || (text.len() < LONGEST_SAYING && SAYINGS.iter().any(|saying| folded.contains(saying)))
        || text.starts_with(['©', 'ⓒ'])
        || (text.len() < LONGEST && (is_copyright(&folded) || is_claimed(text)))
        || (text.len() < LONGEST && CLAIMS.iter().any(|claim| folded.contains(claim)))
        || (text.len() < SHORT && is_reading_time(&folded))
}

/// `5 min read`, whatever stands before it, and `Lesezeit: 5 Minuten`.
fn is_reading_time(folded: &str) -> bool {
    const BEFORE: [&str; 4] = ["lesezeit", "readingtime", "tempsdelecture", "tiempodelectura"];
    let is_number = |c: char| c.is_ascii_digit();
    READING.iter().find_map(|words| folded.strip_suffix(words)).is_some_and(|before| before.ends_with(is_number))
        || BEFORE.iter().find_map(|words| folded.strip_prefix(words)).is_some_and(|after| after.starts_with(is_number))
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
    text.split(['©', 'ⓒ']).skip(1).any(|after| {
        let year = after.trim_start().get(..4).unwrap_or_default();
        !year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}
