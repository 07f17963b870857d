//! Messages as they came over a wire, between the control characters that part them: SOH, a header, STX, the text, ETX,
//! a few words on when it was sent, EOT.

use crate::convert::Source;
use crate::convert::decode::decode;
use crate::convert::news::Story;
use crate::convert::records::{Context, Finder, Found, Names, Record};
use crate::convert::unpack::wrong;
use crate::diagnostic::{Diagnostic, Place};
use std::io::{BufRead, Read};

/// Starts of headers and of texts, ends of texts and of transmissions (ISO/IEC 646).
const SOH: u8 = 0x01;
const STX: char = '\u{2}';
const ETX: char = '\u{3}';
const EOT: char = '\u{4}';

/// A message, its parts as they are written.
#[derive(Debug, Default)]
pub(in crate::convert) struct Message {
    pub(in crate::convert) header: String,
    pub(in crate::convert) text: String,
    /// What stands behind the text.
    pub(in crate::convert) trailer: String,
    /// Whether the text has its end.
    pub(in crate::convert) is_whole: bool,
    /// How many lines there are before the text.
    pub(in crate::convert) lines: u32,
}

impl Message {
    pub(in crate::convert) fn read(bytes: &[u8]) -> Self {
        let bytes = match memchr::memchr(SOH, bytes) {
            Some(at) if !bytes[..at].contains(&(STX as u8)) => &bytes[at + 1..],
            _ => bytes,
        };
        let whole = decode(bytes, None);
        // Where the sign was lost, the header is the first line.
        let (header, rest) =
            whole.split_once(STX).or_else(|| whole.trim_start().split_once('\n')).unwrap_or(("", &whole));
        let end = rest.find([ETX, EOT]);
        let text = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let trailer = end.and_then(|end| rest.get(end + 1..)).unwrap_or_default();
        let before = whole.len() - rest.len();
        let lines = memchr::memchr_iter(b'\n', &whole.as_bytes()[..before]).count() as u32;
        // The control characters before a slug part it from what stands before them.
        let header = header.replace(['\u{11}', '\u{12}', '\u{13}', '\u{14}', '\u{1f}'], " ");
        let trailer = trailer.split(EOT).next().unwrap_or_default();
        Self {
            header: super::clean(&header),
            text: super::clean(text),
            trailer: super::clean(trailer),
            is_whole: end.is_some(),
            lines,
        }
    }

    /// The lines of the header that say something.
    pub(in crate::convert) fn head(&self) -> impl Iterator<Item = &str> {
        self.header.lines().map(str::trim).filter(|line| !line.is_empty())
    }
}

/// The beginning of a source as a message, if it has the signs of one.
pub(in crate::convert) fn first(source: &Source<'_>) -> Option<Message> {
    /// Enough for any header.
    const LOOK: usize = 2048;
    let look = source.bytes.get(..LOOK).unwrap_or(source.bytes);
    let text = memchr::memchr(STX as u8, look)?;
    let begins = memchr::memchr(SOH, look).is_none_or(|at| at < text);
    begins.then(|| Message::read(look))
}

/// Cuts a file into its messages.
pub(in crate::convert) fn split(source: &Source<'_>, input: &mut dyn BufRead, finder: &mut Finder<'_>) {
    let most = source.limits.bytes();
    let (mut names, mut line, mut is_rest) = (Names::default(), 1_u32, false);
    loop {
        let mut bytes = Vec::new();
        let read = (&mut *input).take(most.saturating_add(1)).read_until(SOH, &mut bytes);
        if let Err(error) = &read {
            let _ = finder(Err(wrong(source, error)));
        }
        if bytes.is_empty() {
            return;
        }
        let begins = line;
        line = line.saturating_add(memchr::memchr_iter(b'\n', &bytes).count() as u32);
        let is_end = bytes.last() == Some(&SOH);
        if is_end {
            bytes.pop();
        }
        // Of what is longer than any document the first part is refused, and the rest is passed over.
        let is_message = !is_rest && bytes.contains(&(STX as u8));
        is_rest = !is_end;
        if !is_message {
            continue;
        }
        let name = names.item(&name(&bytes));
        let label = format!("message {name}");
        let record = Record { name, label, line: begins, bytes, context: Context::default() };
        if finder(Ok(Found::Record(record))).is_break() {
            return;
        }
    }
}

/// How a header calls its message: the service and the number, as in `smw0123`.
fn name(bytes: &[u8]) -> String {
    let start = bytes.iter().position(u8::is_ascii_alphanumeric).unwrap_or(0);
    let name = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).take(40);
    name.map(|byte| char::from(*byte)).collect()
}

/// Takes the headline off a text: its first line, where what follows shows that it is one.
pub(in crate::convert) fn take_headline<'t>(text: &'t str, story: &mut Story) -> &'t str {
    let text = text.trim_start_matches(['\n', ' ']);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let next = rest.lines().next().unwrap_or_default();
    let is_parted = next.trim().is_empty() || next.starts_with([' ', '\t']) || is_byline(next);
    let goes_on = next.starts_with(char::is_lowercase) || first.trim_end().ends_with(['.', ',']);
    if rest.trim().is_empty() || !(first.trim_end().ends_with('=') || is_parted || !goes_on) {
        return text;
    }
    first.trim().trim_end_matches(['=', ' ']).clone_into(&mut story.front.title);
    rest
}

/// Takes the byline off a text.
pub(in crate::convert) fn take_byline<'t>(text: &'t str, story: &mut Story) -> &'t str {
    let text = text.trim_start_matches('\n');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if !is_byline(first) {
        return text;
    }
    byline(first.trim().trim_end_matches(['=', ' ']), story);
    rest
}

/// Reads a byline: behind its last comma stands for whom the reporter writes, unless more names do.
pub(in crate::convert) fn byline(line: &str, story: &mut Story) {
    let (names, office) = line.rsplit_once(',').filter(|(_, tail)| !tail.contains(" and ")).unwrap_or((line, ""));
    story.byline(names.strip_prefix("Von ").unwrap_or(names));
    story.extra("byline_title", office);
}

/// What is wrong with a message, as a warning.
pub(in crate::convert) fn fault(source: &Source<'_>, message: &Message, story: &Story) -> Option<Diagnostic> {
    let place = Place::at(source.path, source.line, 0);
    if !message.is_whole {
        let hint = "was its copy cut short? what there is was read";
        return Some(Diagnostic::warning(place, "the message has no end (ETX)").hint(hint));
    }
    story.front.date.is_none().then(|| {
        Diagnostic::warning(place, "the message does not say in which year it was sent")
            .hint("give the article its date by hand; what it says is kept under `extra`")
    })
}

/// Whether a line is a byline.
pub(in crate::convert) fn is_byline(line: &str) -> bool {
    let line = line.trim();
    line.len() < 80
        && ["By ", "BY ", "Von "]
            .iter()
            .any(|by| line.strip_prefix(by).is_some_and(|name| name.starts_with(char::is_uppercase)))
        && !line.ends_with('.')
}
