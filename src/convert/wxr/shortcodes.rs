//! Shortcodes, `[name key="value"]…[/name]`: the common ones become HTML, the rest is shown as it is written.
//! See <https://codex.wordpress.org/Shortcode>.

use super::body::Context;
use crate::article::Figure;
use crate::convert::embeds;
use crate::convert::xml::escaped;
use std::fmt::Write as _;

/// A shortcode: its name, its arguments, and what stands between its ends.
struct Code<'a> {
    name: &'a str,
    named: Vec<(&'a str, &'a str)>,
    plain: Vec<&'a str>,
    inner: Option<&'a str>,
    whole: &'a str,
}

/// How far the end of a shortcode's own tag is looked for, and that of what is between its ends; bytes.
const TAG: usize = 4000;
const INNER: usize = 100_000;

/// The text with HTML for the shortcodes that are known.
pub(super) fn expand(text: &str, context: &mut Context<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Each look for an end may go far; a text has few shortcodes whose ends are far away.
    let mut looks = 2000u32;
    while let Some(at) = memchr::memchr(b'[', rest.as_bytes()) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        // `[[name]]` stands for the shortcode's own text.
        if let Some(inner) = tail.strip_prefix("[[")
            && let Some(end) = inner[..inner.floor_char_boundary(TAG)].find("]]")
        {
            out.push_str(&tail[1..end + 3]);
            rest = &tail[end + 4..];
            continue;
        }
        let code = if looks > 0 { code(tail, &mut looks) } else { None };
        let read = code.and_then(|code| Some((context.html_of(&code)?, code.whole.len())));
        let used = if let Some((html, length)) = read {
            out.push_str(&html);
            length
        } else {
            out.push('[');
            1
        };
        rest = &tail[used..];
    }
    out.push_str(rest);
    out
}

/// The shortcode at the start of a text.
fn code<'a>(text: &'a str, looks: &mut u32) -> Option<Code<'a>> {
    let body = text.strip_prefix('[')?;
    let end = body.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-')).filter(|end| *end > 0)?;
    let (name, after) = body.split_at(end);
    if !after.starts_with([' ', ']', '/', '=', '\n', '\u{a0}']) {
        return None;
    }
    let close = after[..after.floor_char_boundary(TAG)].find(']')?;
    let arguments = after[..close].trim().trim_end_matches('/').trim_start_matches('=');
    let (named, plain) = arguments_of(arguments);
    let tag = 1 + end + close + 1;
    let is_whole = after[..close].ends_with('/');
    let inner = (!is_whole).then(|| {
        *looks = looks.saturating_sub(1);
        let rest = &text[tag..text.floor_char_boundary(tag + INNER)];
        let mut from = 0;
        loop {
            let at = from + rest.get(from..)?.find("[/")?;
            let after = rest.get(at + 2..)?;
            if after.strip_prefix(name).is_some_and(|after| after.starts_with(']')) {
                return Some(&rest[..at]);
            }
            from = at + 2;
        }
    });
    let inner = inner.flatten();
    let length = inner.map_or(tag, |inner| tag + inner.len() + name.len() + 3);
    Some(Code { name, named, plain, inner, whole: text.get(..length)? })
}

/// Arguments with a name, and those without.
fn arguments_of(text: &str) -> (Vec<(&str, &str)>, Vec<&str>) {
    let (mut named, mut plain) = (Vec::new(), Vec::new());
    let mut rest = text.trim();
    while !rest.is_empty() && named.len() + plain.len() < 100 {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let name = rest.find('=').filter(|at| *at > 0 && rest[..*at].trim_end().chars().all(is_name));
        let (name, value) = name.map_or((None, rest), |at| (Some(rest[..at].trim_end()), rest[at + 1..].trim_start()));
        let (value, after) = argument(value);
        match name {
            Some(name) => named.push((name, value)),
            None => plain.push(value),
        }
        rest = after.trim_start();
    }
    (named, plain)
}

fn argument(text: &str) -> (&str, &str) {
    // Editors have put typographic quotes in, too.
    for (open, close) in [('"', '"'), ('\'', '\''), ('“', '”'), ('”', '”'), ('″', '″')] {
        if let Some(inner) = text.strip_prefix(open)
            && let Some(end) = inner.find(close)
        {
            return (&inner[..end], &inner[end + close.len_utf8()..]);
        }
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text.get(first..).and_then(|rest| rest.find(char::is_whitespace)).map_or(text.len(), |end| first + end);
    text.split_at(end)
}

impl<'a> Code<'a> {
    fn get(&self, keys: &[&str]) -> &'a str {
        let found = keys.iter().find_map(|key| self.named.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)));
        found.map_or("", |(_, value)| value)
    }

    fn first(&self) -> &'a str {
        self.plain.first().copied().unwrap_or_default()
    }

    /// What stands for a name of its own in a text of the settings, as HTML.
    fn value(&self, key: &str) -> String {
        match key.parse::<usize>() {
            Ok(number) => escaped(self.plain.get(number).copied().unwrap_or_default()).into_owned(),
            Err(_) if key == "inner" => self.inner.unwrap_or_default().to_owned(),
            Err(_) => escaped(self.get(&[key])).into_owned(),
        }
    }

    /// The address that it is about.
    fn address(&self, keys: &[&str]) -> &'a str {
        let inner = self.inner.map(str::trim).filter(|inner| inner.starts_with("http"));
        let named = self.get(keys);
        if named.is_empty() { inner.unwrap_or_else(|| self.first()) } else { named }
    }
}

impl Context<'_> {
    /// The HTML of a shortcode; `None` where it is to be shown as it is written.
    fn html_of(&mut self, code: &Code<'_>) -> Option<String> {
        if let Some(template) = self.own.get(code.name) {
            return Some(embeds::filled(template, &|key| code.value(key)));
        }
        let name = code.name.to_ascii_lowercase();
        match name.as_str() {
            "caption" | "wp_caption" => Some(caption(code)),
            "gallery" => self.gallery(code),
            "playlist" => self.playlist(code),
            "audio" => film(code, "audio", &["src", "mp3", "m4a", "ogg", "wav", "wma", "url"]),
            "video" | "wpvideo" => film(code, "video", &["src", "mp4", "m4v", "webm", "ogv", "wmv", "flv", "url"]),
            "code" | "sourcecode" | "source" | "highlight" | "php" | "html" | "css" | "javascript" | "python"
            | "bash" => Some(format!("\n\n<pre><code>{}</code></pre>\n\n", code.inner?.trim_matches('\n'))),
            "quote" | "blockquote" | "pullquote" | "pull_quote" => {
                let speaker = code.get(&["author", "cite", "source", "name"]);
                let cite =
                    if speaker.is_empty() { String::new() } else { format!("<cite>{}</cite>", escaped(speaker)) };
                let inner = self.html_within(code.inner?);
                Some(format!("\n\n<blockquote><p>{inner}</p>{cite}</blockquote>\n\n"))
            }
            name => embed(name, code),
        }
    }

    fn html_within(&mut self, inner: &str) -> String {
        // A shortcode within another of the same sort is shown as it is: no text nests them without end.
        let mut plain = Context { blog: self.blog, post: self.post, own: self.own, dropped: Vec::new() };
        let is_nested = inner.contains("[quote") || inner.contains("[blockquote") || inner.contains("[pull");
        if is_nested { inner.to_owned() } else { expand(inner, &mut plain) }
    }

    fn gallery(&self, code: &Code<'_>) -> Option<String> {
        let ids = code.get(&["ids", "include"]);
        let listed: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
        let post = Some(code.get(&["id"])).filter(|id| !id.is_empty()).unwrap_or(self.post);
        let all = self.blog.uploads(post).iter().map(String::as_str);
        let left_out: Vec<&str> = code.get(&["exclude"]).split(',').map(str::trim).collect();
        let ids = if listed.is_empty() { all.filter(|id| !left_out.contains(id)).collect() } else { listed };
        let mut out = String::new();
        for attachment in ids.into_iter().take(1000).filter_map(|id| self.blog.attachment(id)) {
            out.push_str(&figure(&attachment.figure));
        }
        (!out.is_empty()).then(|| format!("\n\n{out}\n\n"))
    }

    fn playlist(&self, code: &Code<'_>) -> Option<String> {
        let mut out = String::new();
        for id in code.get(&["ids", "include"]).split(',').take(1000) {
            if let Some(attachment) = self.blog.attachment(id.trim()) {
                let (src, title) = (escaped(&attachment.figure.src), escaped(&attachment.title));
                let _ = write!(out, "<li><a href=\"{src}\">{title}</a></li>");
            }
        }
        (!out.is_empty()).then(|| format!("\n\n<ul>{out}</ul>\n\n"))
    }
}

fn figure(figure: &Figure) -> String {
    let (src, alt, caption) = (escaped(&figure.src), escaped(&figure.alt), escaped(&figure.caption));
    let words = if caption.is_empty() { String::new() } else { format!("<figcaption>{caption}</figcaption>") };
    format!("<figure><img src=\"{src}\" alt=\"{alt}\">{words}</figure>\n")
}

/// A picture with the words under it: these are an argument, or what follows the picture.
fn caption(code: &Code<'_>) -> String {
    let inner = code.inner.unwrap_or_default();
    let end = inner.rfind("</a>").map(|at| at + 4).filter(|end| inner.get(..*end).is_some_and(|a| a.contains("<img")));
    let end = end.or_else(|| {
        let image = inner.find("<img")?;
        Some(image + inner.get(image..)?.find('>')? + 1)
    });
    let (picture, words) = inner.split_at(end.unwrap_or(0));
    let named = code.get(&["caption"]);
    let words = if named.is_empty() { words.trim() } else { named };
    format!("\n\n<figure>{}<figcaption>{words}</figcaption></figure>\n\n", picture.replace('\n', " "))
}

/// What is shown from elsewhere, as a link.
fn embed(name: &str, code: &Code<'_>) -> Option<String> {
    let stated = code.address(&["url", "src", "href", "id", "tweet", "permalink"]);
    let (what, address) = match name {
        "embed" if stated.starts_with("http") => (stated, stated.to_owned()),
        name => embeds::embed(name, stated)?,
    };
    Some(format!("\n\n<p><a href=\"{}\">{}</a></p>\n\n", escaped(&address), escaped(what)))
}

fn film(code: &Code<'_>, tag: &str, keys: &[&str]) -> Option<String> {
    // The oldest form: `[audio http://…/a.mp3|titles=…]`.
    let address = code.address(keys).split('|').next().unwrap_or_default();
    if address.is_empty() {
        return None;
    }
    let (title, address) = (escaped(code.get(&["title", "titles"])), escaped(address));
    let title = if title.is_empty() { String::new() } else { format!(" title=\"{title}\"") };
    Some(format!("\n\n<{tag} src=\"{address}\"{title}></{tag}>\n\n"))
}
