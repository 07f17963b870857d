//! The site as browsers see it: from an address to bytes with a type.

use super::address::{self, Asked};
use super::answer::kind_of;
use crate::diagnostic::Diagnostic;
use crate::run::session::{Failed, Made, Snapshot};
use std::fmt::Write as _;
use std::path::PathBuf;
use xxhash_rust::xxh3::xxh3_64;

/// The address of the script that pages listen with.
pub(super) const SCRIPT: &str = "/.backfile/live.js";

/// What there is at an address.
pub(super) enum Answer {
    /// A page as it will be published; `missing` where it is the one that says that there is none.
    Page { bytes: Vec<u8>, kind: String, tag: String, missing: bool, is_html: bool },
    /// A file on the disk, and its path on the site.
    File(PathBuf, String),
    /// The page is at this path instead.
    Elsewhere(String),
    /// It cannot be made.
    Failed(Vec<Diagnostic>, String),
}

/// Looks up the path of a request.
pub(super) fn look_up(site: &Snapshot, path: &str) -> Answer {
    let base = &site.config().base_path;
    let wanted = match address::read(path, base) {
        Asked::Path(wanted) => wanted,
        Asked::Above => return Answer::Elsewhere(format!("{base}/")),
        Asked::Nowhere => return not_found(site),
    };
    match site.get(&wanted) {
        Ok(Some(Made::Page(bytes, is_html))) => page(bytes, is_html, &wanted, false),
        Ok(Some(Made::Asset(bytes))) => page(bytes, false, &wanted, false),
        Ok(Some(Made::File(file))) => Answer::File(file, wanted),
        Ok(None) if !path.ends_with('/') && is_folder(site, &wanted) => Answer::Elsewhere(format!("{path}/")),
        Ok(None) => not_found(site),
        Err(failed) => failure(failed),
    }
}

fn is_folder(site: &Snapshot, path: &str) -> bool {
    let index = if path.is_empty() { "index.html".to_owned() } else { format!("{path}/index.html") };
    site.has(&index)
}

fn page(bytes: Vec<u8>, is_html: bool, path: &str, missing: bool) -> Answer {
    let tag = format!("{:016x}", xxh3_64(&bytes));
    let kind = if is_html { "text/html; charset=utf-8".to_owned() } else { kind_of(path) };
    let is_html = is_html || kind.starts_with("text/html");
    Answer::Page { bytes, kind, tag, missing, is_html }
}

fn not_found(site: &Snapshot) -> Answer {
    match site.get("404.html") {
        Ok(Some(Made::Page(bytes, _) | Made::Asset(bytes))) => page(bytes, true, "404.html", true),
        Ok(_) => page(
            b"<!doctype html><title>Not found</title><p>There is no such page.</p>".to_vec(),
            true,
            "404.html",
            true,
        ),
        Err(failed) => failure(failed),
    }
}

fn failure(Failed(diagnostics): Failed) -> Answer {
    let said: String = diagnostics.iter().map(ToString::to_string).collect();
    let tag = format!("{:016x}", xxh3_64(said.as_bytes()));
    Answer::Failed(diagnostics, tag)
}

/// The page with the script that listens for changes, before the end of its body.
pub(super) fn with_script(mut page: Vec<u8>, tag: &str) -> Vec<u8> {
    let script = format!("<script src=\"{SCRIPT}\" data-tag=\"{tag}\"></script>");
    let end = memchr::memmem::rfind(&page, b"</body>").unwrap_or(page.len());
    page.splice(end..end, script.into_bytes());
    page
}

/// The page that stands for one that could not be made.
pub(super) fn problem_page(diagnostics: &[Diagnostic], tag: &str) -> Vec<u8> {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>This page cannot be made</title><style>body{margin:2rem auto;max-width:60rem;padding:0 1rem;\
         font:16px/1.5 system-ui,sans-serif;background:#14100c;color:#f4efe6}pre{white-space:pre-wrap;overflow-wrap:anywhere;\
         padding:1rem;background:#2a231c;border-left:4px solid #ff6b5e}</style><h1>This page cannot be made</h1>",
    );
    for diagnostic in diagnostics {
        let text = diagnostic.to_string().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        // Writing into a string cannot fail.
        let _ = write!(page, "<pre>{text}</pre>");
    }
    let _ = write!(
        page,
        "<p>It is loaded again when that is mended.</p><script src=\"{SCRIPT}\" data-problem data-tag=\"{tag}\"></script></html>"
    );
    page.into_bytes()
}
