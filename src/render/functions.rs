//! What templates may call beyond what the engine brings.

use super::assets::Assets;
use super::words;
use crate::config::Config;
use crate::diagnostic::nearest;
use crate::i18n::Translations;
use std::sync::Arc;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Names of the filters that templates may use, the engine's own included: for "did you mean".
pub(super) const FILTERS: &[&str] = &[
    "absolute",
    "abs",
    "capitalize",
    "count",
    "css",
    "date",
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
pub(super) const FUNCTIONS: &[&str] = &["asset", "range", "stories", "super", "t", "throw"];

/// Primary subtags of languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "he", "khw", "nqo", "ps", "sd", "ug", "ur", "yi"];

/// Registers them all.
pub(super) fn register(tera: &mut Tera, config: &Config, assets: &Assets, of: &Arc<Translations>) {
    words::register(tera, config, of);
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
