//! The sources of a run in a table: all of a few, or those of many that a person should look at first.

use super::text::{count, shown_path};
use super::{TABLE_END, numbers, table};
use crate::run::convert::report::lines::{Line, Lines};
use crate::run::convert::report::totals::{Files, Words};
use std::cmp::Reverse;
use std::io::{self, Write};

/// Most sources that are shown.
const MOST: usize = 100;

/// What is said of one source.
struct Source {
    name: String,
    format: String,
    articles: u64,
    bad: u64,
    words: Words,
    files: Files,
    /// Where it stands among all.
    number: u64,
}

impl Source {
    fn take(&mut self, line: &Line<'_>, files: Files) {
        self.articles += line.articles.len() as u64;
        self.bad += line.bad.len() as u64;
        line.articles.iter().for_each(|article| self.words.add(article.words));
        self.files.add(files);
        if let Some(article) = line.articles.first().filter(|_| self.format.is_empty()) {
            self.format = article.format.to_string();
        }
    }

    /// The smaller, the sooner to be looked at.
    fn order(&self) -> (Reverse<(u64, u64, u64, u64)>, u64) {
        (Reverse((self.bad, self.words.lost, self.files.missing, self.words.not_kept)), self.number)
    }
}

/// Writes the table.
pub(super) fn write(lines: &Lines, to: &mut dyn Write) -> io::Result<()> {
    let mut worst: Vec<Source> = Vec::new();
    let mut open: Option<Source> = None;
    let mut total = 0;
    lines.each(&mut |line| {
        if open.as_ref().is_none_or(|open| open.name != line.source) {
            keep(&mut worst, open.take());
            let (name, format, number) = (line.source.to_string(), String::new(), total);
            let (words, files) = (Words::default(), Files::default());
            open = Some(Source { name, format, articles: 0, bad: 0, words, files, number });
            total += 1;
        }
        if let Some(open) = &mut open {
            open.take(&line, lines.files_of(&line));
        }
        Ok(())
    })?;
    keep(&mut worst, open);
    writeln!(to, "<section id=\"sources\">\n<h2>Sources</h2>")?;
    if total > worst.len() as u64 {
        let (shown, total) = (count(worst.len() as u64), count(total));
        writeln!(to, "<p>The {shown} of {total} sources that lost most; the report in JSON has all.</p>")?;
    }
    let heads = [
        "source",
        "format",
        "articles",
        "set aside",
        "words kept",
        "words left out",
        "words lost",
        "media found",
        "media missing",
        "media never fetched",
    ];
    table("Sources", &heads, to)?;
    for source in &worst {
        let Source { name, format, articles, bad, words, files, .. } = source;
        write!(to, "<tr><th scope=\"row\">{}</th><td>{format}</td>", shown_path(name))?;
        numbers(&[*articles, *bad, words.kept, words.not_kept, words.lost], to)?;
        numbers(&[files.found, files.missing, files.never_fetched], to)?;
        writeln!(to, "</tr>")?;
    }
    if worst.is_empty() {
        writeln!(to, "<tr><td colspan=\"10\">there were none</td></tr>")?;
    }
    writeln!(to, "{TABLE_END}\n</section>")
}

fn keep(worst: &mut Vec<Source>, source: Option<Source>) {
    let Some(source) = source else { return };
    let at = worst.partition_point(|other| other.order() < source.order());
    if at < MOST {
        worst.insert(at, source);
        worst.truncate(MOST);
    }
}
