//! What templates may call beyond what the engine brings.

use super::assets::Assets;
use crate::config::Config;
use crate::diagnostic::nearest;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Names of the filters that templates may use, the engine's own included: for "did you mean".
pub(super) const FILTERS: &[&str] = &[
    "absolute",
    "abs",
    "capitalize",
    "count",
    "css",
    "default",
    "direction",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "link",
    "lower",
    "newlines_to_br",
    "nth",
    "number",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Names of the functions that templates may call.
pub(super) const FUNCTIONS: &[&str] = &["asset", "range", "super", "throw"];

/// Primary subtags of languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "he", "khw", "nqo", "ps", "sd", "ug", "ur", "yi"];

/// Registers them all.
pub(super) fn register(tera: &mut Tera, config: &Config, assets: &Assets) {
    let separator = separator(&config.language);
    tera.register_filter("number", move |n: i64, _: Kwargs, _: &State<'_>| grouped(n, separator));
    tera.register_filter("count", move |n: i64, words: Kwargs, _: &State<'_>| counted(n, &words, separator));
    tera.register_filter("direction", |language: &str, _: Kwargs, _: &State<'_>| direction(language));
    tera.register_filter("css", |value: &Value, _: Kwargs, _: &State<'_>| css(value));
    let site = config.clone();
    tera.register_filter("link", move |url: &str, _: Kwargs, _: &State<'_>| site.link(url));
    let site = config.clone();
    tera.register_filter("absolute", move |url: &str, _: Kwargs, _: &State<'_>| site.absolute(url));
    let addresses = assets.addresses.clone();
    tera.register_function("asset", move |named: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let name = named.must_get::<&str>("path")?;
        let unknown = || match nearest(name, addresses.keys().map(String::as_str)) {
            Some(near) => Error::message(format!("There is no static file `{name}`; did you mean `{near}`?")),
            None => Error::message(format!("There is no static file `{name}`")),
        };
        addresses.get(name).cloned().ok_or_else(unknown)
    });
}

/// What stands between thousands (Unicode CLDR, "group" of the decimal symbols).
fn separator(language: &str) -> &'static str {
    match language.split('-').next().unwrap_or("") {
        "de" | "es" | "it" | "nl" | "pt" | "da" | "id" | "tr" | "el" | "ro" | "sl" | "hr" | "sr" | "vi" => ".",
        "fr" => "\u{202f}",
        "sv" | "nb" | "nn" | "no" | "fi" | "cs" | "sk" | "pl" | "ru" | "uk" | "bg" | "hu" | "lt" | "lv" | "et" => {
            "\u{a0}"
        }
        _ => ",",
    }
}

/// A whole number with its thousands set apart.
fn grouped(n: i64, separator: &str) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 8);
    if n < 0 {
        text.push('−');
    }
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

/// `{{ n | count(one="story", other="stories") }}` as `1,234 stories`.
fn counted(n: i64, words: &Kwargs, separator: &str) -> TeraResult<String> {
    let word = words.must_get::<&str>(if n == 1 { "one" } else { "other" })?;
    Ok(format!("{} {word}", grouped(n, separator)))
}

/// `rtl` or `ltr` for a BCP 47 tag; a script named in it decides.
fn direction(language: &str) -> &'static str {
    let mut parts = language.split(['-', '_']);
    let primary = parts.next().unwrap_or("");
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let from_right = match script {
        Some(script) => ["arab", "hebr", "thaa", "syrc", "nkoo", "rohg"].iter().any(|s| script.eq_ignore_ascii_case(s)),
        None => RIGHT_TO_LEFT.iter().any(|known| primary.eq_ignore_ascii_case(known)),
    };
    if from_right { "rtl" } else { "ltr" }
}

/// A setting as the value of a style property: without the signs that could end it.
fn css(value: &Value) -> Value {
    let text: String = value.to_string().chars().filter(|c| !"<>{};\\".contains(*c) && !c.is_control()).collect();
    Value::safe_string(&text)
}
