//! The report as a page that a person can check: sums by format and source, what was not kept and why, and samples of
//! articles with their sources beside them, block by block. One file, without a script and without anything from elsewhere.

mod compare;
mod sources;
mod text;

use super::lines::Lines;
use super::samples::Sample;
use super::totals::{Kind, Totals};
use super::{ConvertReport, Counts};
use crate::convert::account::{Amount, Fate, Piece};
use crate::diagnostic::Severity;
use compare::Row;
use std::io::{self, Write};
use text::{count, escaped, shown_path};

const STYLE: &str = include_str!("page/style.css");
/// Most messages, and most kinds of pieces in a list, that are shown; the JSON has all.
const MESSAGES: usize = 200;
const KINDS: usize = 120;

/// Writes the page.
pub(super) fn write(lines: &Lines, report: &ConvertReport, to: &mut dyn Write) -> io::Result<()> {
    write!(
        to,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>What the conversion kept</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    )?;
    let formats = lines.totals();
    head(&report.counts, &formats, to)?;
    writeln!(to, "<main>")?;
    summary(&formats, to)?;
    sources::write(lines, to)?;
    messages(report, to)?;
    for (name, totals) in formats {
        writeln!(to, "<section id=\"format-{0}\">\n<h2>{0}</h2>", escaped(name))?;
        format(totals, to)?;
        samples(lines, name, to)?;
        writeln!(to, "</section>")?;
    }
    writeln!(to, "</main>\n</body>\n</html>")
}

fn head(counts: &Counts, formats: &[(&str, &Totals)], to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "<header>\n<h1>What the conversion kept</h1>")?;
    let Counts { sources, bad, articles, .. } = counts;
    let [sources, bad, articles] = [*sources as u64, *bad as u64, *articles].map(count);
    writeln!(
        to,
        "<p>{articles} articles from {sources} sources; {bad} of the sources could not be converted whole. <em>Left out</em> is \
         what the converter saw and did not keep, with its reason. <em>Lost</em> are words of pieces that it says it kept, but \
         that are nowhere in the article: look at those first.</p>\n<nav aria-label=\"Parts of this page\"><ul>\n\
         <li><a href=\"#formats\">Formats</a></li>\n<li><a href=\"#sources\">Sources</a></li>\n\
         <li><a href=\"#messages\">Messages</a></li>"
    )?;
    for (name, _) in formats {
        writeln!(to, "<li><a href=\"#format-{0}\">{0}</a></li>", escaped(name))?;
    }
    writeln!(to, "</ul></nav>\n</header>")
}

/// How the heads of columns of numbers begin.
const NUMBERS: [&str; 6] = ["articles", "words", "characters", "media", "pieces", "set aside"];

/// A table that can be wider than the page.
fn table(label: &str, heads: &[&str], to: &mut dyn Write) -> io::Result<()> {
    let label = escaped(label);
    write!(to, "<div class=\"wide\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\"><table>\n<thead><tr>")?;
    for head in heads {
        let class = if NUMBERS.iter().any(|word| head.starts_with(word)) { " class=\"number\"" } else { "" };
        write!(to, "<th scope=\"col\"{class}>{head}</th>")?;
    }
    writeln!(to, "</tr></thead>\n<tbody>")
}

const TABLE_END: &str = "</tbody></table></div>";

fn numbers(values: &[u64], to: &mut dyn Write) -> io::Result<()> {
    values.iter().try_for_each(|value| match value {
        0 => write!(to, "<td class=\"number none\">0</td>"),
        value => write!(to, "<td class=\"number\">{}</td>", count(*value)),
    })
}

fn summary(formats: &[(&str, &Totals)], to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "<section id=\"formats\">\n<h2>Formats</h2>")?;
    let heads = [
        "format",
        "articles",
        "words kept",
        "words left out",
        "characters left out",
        "words lost",
        "media found",
        "media missing",
        "media never fetched",
    ];
    table("Sums by format", &heads, to)?;
    for (name, totals) in formats {
        write!(to, "<tr><th scope=\"row\"><a href=\"#format-{0}\">{0}</a></th>", escaped(name))?;
        let (words, media) = (totals.words, totals.media);
        let values = [totals.articles, words.kept, words.not_kept, words.not_kept_characters, words.lost];
        numbers(&values, to)?;
        numbers(&[media.found, media.missing, media.never_fetched], to)?;
        writeln!(to, "</tr>")?;
    }
    if formats.is_empty() {
        writeln!(to, "<tr><td colspan=\"9\">no article was converted</td></tr>")?;
    }
    writeln!(to, "{TABLE_END}\n</section>")
}

fn messages(report: &ConvertReport, to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "<section id=\"messages\">\n<h2>Messages</h2>")?;
    if report.diagnostics.is_empty() && report.left_out.is_empty() {
        return writeln!(to, "<p>None.</p>\n</section>");
    }
    if !report.left_out.is_empty() {
        writeln!(to, "<p>What holds no article, and was passed over:</p>\n<ul>")?;
        for (what, number) in &report.left_out {
            writeln!(to, "<li>{} <span class=\"number\">{}</span></li>", escaped(what), count(*number))?;
        }
        writeln!(to, "</ul>")?;
    }
    if !report.diagnostics.is_empty() {
        writeln!(to, "<ul class=\"messages\">")?;
        for diagnostic in report.diagnostics.iter().take(MESSAGES) {
            let (class, kind) = match diagnostic.severity {
                Severity::Error => ("dropped", "set aside"),
                Severity::Warning => ("lost", "warning"),
            };
            let (place, message) = (escaped(&diagnostic.place.to_string()), escaped(&diagnostic.message));
            writeln!(to, "<li class=\"{class}\"><b>{kind}</b> <code>{place}</code> {message}</li>")?;
        }
        writeln!(to, "</ul>")?;
    }
    match report.diagnostics.len().saturating_sub(MESSAGES) {
        0 => {}
        more => writeln!(to, "<p>… and {} more, which the program prints with --verbose.</p>", count(more as u64))?,
    }
    writeln!(to, "</section>")
}

fn format(totals: &Totals, to: &mut dyn Write) -> io::Result<()> {
    let (kept, not_kept) = totals.sorted();
    let lost: Vec<&Kind> = kept.iter().copied().filter(|kind| kind.lost > 0).collect();
    kinds("Left out", "why", &not_kept, |kind| [kind.pieces, kind.words, kind.characters], to)?;
    kinds("Kept, but with words lost", "kept as", &lost, |kind| [kind.pieces, kind.words, kind.lost], to)?;
    writeln!(
        to,
        "<details><summary>What was kept, and the front matter that it became</summary>\n<ul class=\"keys\">"
    )?;
    for (key, number) in &totals.set {
        writeln!(to, "<li><code>{key}</code> in {} of {}</li>", count(*number), count(totals.articles))?;
    }
    writeln!(to, "</ul>")?;
    kinds("Kept", "as", &kept, |kind| [kind.pieces, kind.words, kind.characters], to)?;
    writeln!(to, "</details>")
}

fn kinds(
    title: &str,
    why: &str,
    list: &[&Kind],
    values: impl Fn(&Kind) -> [u64; 3],
    to: &mut dyn Write,
) -> io::Result<()> {
    writeln!(to, "<h3>{title}</h3>")?;
    if list.is_empty() {
        return writeln!(to, "<p>Nothing.</p>");
    }
    let third = if title.contains("lost") { "words lost" } else { "characters" };
    table(title, &["piece", why, "pieces", "words", third, "as in"], to)?;
    for kind in list.iter().take(KINDS) {
        let (Fate::Kept(fate) | Fate::Dropped(fate)) = kind.fate;
        write!(to, "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td>", escaped(&kind.what), escaped(fate))?;
        numbers(&values(kind), to)?;
        write!(to, "<td>")?;
        for (at, example) in kind.examples.iter().enumerate() {
            let line = if at > 0 { "<br>" } else { "" };
            write!(to, "{line}<q dir=\"auto\">{}</q>", escaped(example))?;
        }
        writeln!(to, "</td></tr>")?;
    }
    writeln!(to, "{TABLE_END}")?;
    match list.len().saturating_sub(KINDS) {
        0 => Ok(()),
        more => {
            writeln!(to, "<p>… and {} kinds with fewer words; the report in JSON has them.</p>", count(more as u64))
        }
    }
}

fn samples(lines: &Lines, format: &str, to: &mut dyn Write) -> io::Result<()> {
    let (worst, drawn) = lines.samples.of(format);
    for (title, list) in [("Articles that lost most", worst), ("Articles drawn from all", drawn)] {
        if list.is_empty() {
            continue;
        }
        writeln!(to, "<h3>{title}</h3>")?;
        list.into_iter().try_for_each(|sample| self::sample(sample, to))?;
    }
    Ok(())
}

fn sample(sample: &Sample, to: &mut dyn Write) -> io::Result<()> {
    let Sample { source, record, path, pieces, more, text, words } = sample;
    let blocks = compare::blocks(text);
    let from = if record.is_empty() { source.clone() } else { format!("{source} · {record}") };
    let title = blocks.iter().find(|block| block.key == "title").map_or("", |block| block.text.trim());
    writeln!(
        to,
        "<details class=\"sample\"><summary><b dir=\"auto\">{}</b> <span>{}: {} words kept, {} left out, {} lost</span></summary>\n\
         <p>Article: <code>{}</code></p>\n<div class=\"rows\">\n<div class=\"row heads\"><p>source</p><p>article</p></div>",
        escaped(title.trim_matches(['"', '\''])),
        shown_path(&from),
        count(words.kept),
        count(words.not_kept),
        count(words.lost),
        shown_path(path)
    )?;
    for row in compare::rows(pieces, &blocks) {
        self::row(&row, &blocks, to)?;
    }
    writeln!(to, "</div>")?;
    if *more > 0 {
        writeln!(to, "<p>… and {} more pieces of the source.</p>", count(*more as u64))?;
    }
    writeln!(to, "</details>")
}

fn row(row: &Row<'_>, blocks: &[compare::Block], to: &mut dyn Write) -> io::Result<()> {
    write!(to, "<div class=\"row\"><div>")?;
    row.pieces.iter().try_for_each(|(piece, amount)| self::piece(piece, amount, to))?;
    if row.pieces.is_empty() {
        write!(to, "<p class=\"label\">nothing in the source stands for this alone</p>")?;
    }
    write!(to, "</div><div>")?;
    if let Some(block) = row.block.and_then(|number| blocks.get(number)) {
        let name = if block.key.is_empty() { "body" } else { &block.key };
        let again = if row.again { ", as above" } else { "" };
        write!(to, "<p class=\"label\">{}{again}</p>", escaped(name))?;
        if row.again {
            let start: String = block.text.chars().take(60).collect();
            write!(to, "<p class=\"text again\" dir=\"auto\">{}…</p>", escaped(start.trim()))?;
        } else {
            write!(to, "<p class=\"text\" dir=\"auto\">{}</p>", escaped(block.text.trim()))?;
        }
    }
    writeln!(to, "</div></div>")
}

fn piece(piece: &Piece, amount: &Amount, to: &mut dyn Write) -> io::Result<()> {
    let line = if piece.line > 0 { format!("{}: ", piece.line) } else { String::new() };
    let (class, fate) = match piece.fate {
        Fate::Dropped(why) => ("dropped", format!("left out: {why}")),
        Fate::Kept(field) if amount.lost == 0 => ("kept", format!("kept: {field}")),
        Fate::Kept(field) => {
            let more = if amount.lost > amount.named.len() as u64 { ", …" } else { "" };
            ("lost", format!("kept: {field}, but lost: {}{more}", amount.named.join(", ")))
        }
    };
    let (what, fate) = (escaped(&piece.what), escaped(&fate));
    write!(
        to,
        "<div class=\"{class}\"><p class=\"label\">{line}<code>{what}</code> <b>{fate}</b></p><p class=\"text\" dir=\"auto\">{}</p></div>",
        escaped(&piece.text)
    )
}
