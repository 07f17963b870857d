//! What the template engine says of an error, as a diagnostic at the line of the template's own file.

use super::functions::{FILTERS, FUNCTIONS};
use super::layers::Templates;
use crate::diagnostic::{Diagnostic, Place, nearest};
use tera::{Error, ErrorKind, ReportError};

/// The template that the engine could not read, where that is the error.
pub(super) fn unreadable(error: &Error) -> Option<&str> {
    match error.kind() {
        ErrorKind::SyntaxError(report) => Some(report.filename()),
        _ => None,
    }
}

/// What is wrong with the templates.
pub(super) fn loading(error: &Error, templates: &Templates) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => vec![placed(report, templates)],
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
        | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            let file = templates.get(tpl).map_or(tpl.as_str(), |template| &template.file);
            let message = format!("the templates go round in a circle: {}", chain.join(" → "));
            let hint = "\"next\" means the same file one layer down";
            vec![Diagnostic::error(Place::file(file), message).hint(hint)]
        }
        ErrorKind::Msg(text) => {
            let reports = text.split("\n\n").filter_map(|report| read_report(report, templates));
            let found: Vec<Diagnostic> = reports.collect();
            if found.is_empty() { vec![unplaced(text, templates)] } else { found }
        }
        _ => vec![Diagnostic::error(Place::default(), sentence(&error.to_string()))],
    }
}

/// What is wrong with a template when it shows one page, whose path is `page`.
pub(super) fn rendering(error: &Error, templates: &Templates, page: &str) -> Diagnostic {
    let mut diagnostic = match error.kind() {
        ErrorKind::RenderingError(report) => placed(report, templates),
        _ => Diagnostic::error(Place::default(), sentence(&error.to_string())),
    };
    diagnostic.message = format!("{} (on page {page})", diagnostic.message);
    diagnostic
}

fn placed(report: &ReportError, templates: &Templates) -> Diagnostic {
    let place = match templates.get(report.filename()) {
        Some(template) => template.place(report.span().range.start),
        None => Place::file(report.filename()),
    };
    explained(place, report.message(), templates)
}

/// Reads one report of those that the engine hands over as text only: `error: MESSAGE`, then ` --> NAME:LINE:COLUMN`.
fn read_report(report: &str, templates: &Templates) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let mut place = lines.next()?.split_once("--> ")?.1.rsplitn(3, ':');
    let column: usize = place.next()?.parse().ok()?;
    let line: usize = place.next()?.parse().ok()?;
    let template = templates.get(place.next()?)?;
    let text = &template.prepared.text;
    let above: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let before: usize = text.get(above..)?.chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    Some(explained(template.place(above + before), message, templates))
}

/// An error without a place: that of the first template that its text names, if it names one.
fn unplaced(text: &str, templates: &Templates) -> Diagnostic {
    let named = text.split('`').skip(1).step_by(2).find_map(|name| templates.get(name));
    Diagnostic::error(named.map_or_else(Place::default, |template| Place::file(&*template.file)), sentence(text))
}

/// The message with what can be known of what was meant.
fn explained(place: Place, message: &str, templates: &Templates) -> Diagnostic {
    let (message, available) = match message.split_once(" Available ") {
        Some((message, list)) => (message, list.split_once(": ").map_or("", |(_, names)| names)),
        None => (message, ""),
    };
    let available: Vec<&str> = available.split(", ").filter(|name| !name.is_empty()).collect();
    let name = message.split('`').nth(1).unwrap_or("");
    let unknown = |what: &str| message.starts_with(what);
    let blocks: Vec<&str> = templates.names().filter_map(|name| templates.text(name)).flat_map(blocks_of).collect();
    let meant = match message {
        _ if !available.is_empty() => nearest(name, available.iter().copied()),
        _ if unknown("Unknown filter") => nearest(name, FILTERS.iter().copied()),
        _ if unknown("Unknown function") => nearest(name, FUNCTIONS.iter().copied()),
        _ if unknown("Unknown component") => nearest(name, templates.components()),
        _ if message.ends_with("is not defined in any parent template") => {
            nearest(name, blocks.iter().copied().filter(|block| *block != name))
        }
        _ => None,
    };
    let hint = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if !available.is_empty() => format!("there are {}", available.join(", ")),
        None if message.contains("`undefined`") => {
            "what is written there is not part of the page; `backfile theme context URL` shows all that is".to_owned()
        }
        None => String::new(),
    };
    Diagnostic::error(place, sentence(message)).hint(hint)
}

/// The names of the blocks in a template's text.
fn blocks_of(text: &str) -> impl Iterator<Item = &str> {
    let tags = text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
    tags.filter_map(|tag| tag.strip_prefix("block ")?.split_whitespace().next())
}

/// In the form of all messages: lower case, no full stop, one line.
fn sentence(text: &str) -> String {
    let text = text.trim().trim_end_matches('.').replace('\n', " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
