//! What the values of a row say: texts, dates, lists of names.

use crate::convert::{json, news};
use crate::date::ArticleDate;
use serde_json::Value;

/// Keys by which objects hold a text.
const TEXTS: [&str; 8] = ["html", "rendered", "content", "body", "text", "value", "markdown", "#text"];

/// A value on one line. An object that only names the type of its value, as those that `MongoDB` exports do, is that value.
pub(super) fn text(value: &Value) -> String {
    if let Value::Object(map) = value
        && map.len() == 1
        && let Some((_, inner)) = map.iter().next().filter(|(key, _)| key.starts_with('$'))
    {
        return text(inner);
    }
    json::said(value)
}

/// A value as a text of many lines; the pieces of a list are paragraphs.
pub(super) fn long(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => {
            let pieces: Vec<String> = values.iter().map(long).filter(|piece| !piece.trim().is_empty()).collect();
            pieces.join("\n\n")
        }
        Value::Object(map) => {
            let inner = TEXTS.iter().find_map(|key| map.get(*key));
            inner.map(|inner| if inner.is_object() { text(inner) } else { long(inner) }).unwrap_or_default()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

/// A date in any form that exports have, the seconds or milliseconds since 1970 of databases among them.
pub(super) fn date(value: &Value) -> Option<ArticleDate> {
    if let Some(days) = value.as_f64().filter(|days| value.is_f64() && JULIAN.contains(days)) {
        return julian(days);
    }
    let text = text(value);
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_count = digits.bytes().all(|byte| byte.is_ascii_digit());
    // A longer or shorter row of digits in a text is a date without signs.
    if is_count && (matches!(digits.len(), 9 | 10 | 13) || (value.is_number() && digits.len() > 8)) {
        let count: i64 = text.parse().ok()?;
        let seconds = if digits.len() > 10 { count.div_euclid(1000) } else { count };
        let civil = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        return (civil.year() > 0).then(|| ArticleDate::instant(civil, 0));
    }
    news::date(&text)
}

/// Julian days of the years 1585 to 2405, as `julianday()` of `SQLite` gives them: days since noon of 24 November 4714 BC.
const JULIAN: std::ops::Range<f64> = 2_300_000.0..2_600_000.0;
/// The one at which 1970 began.
const EPOCH: f64 = 2_440_587.5;

fn julian(days: f64) -> Option<ArticleDate> {
    let seconds = ((days - EPOCH) * 86400.0).round() as i64;
    let civil = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    Some(ArticleDate::instant(civil, 0))
}

/// Names: a list, or a text with signs between them. Mere numbers stand for names in another table and are none.
pub(super) fn names(value: &Value, signs: &[char]) -> Vec<String> {
    let listed = match value {
        Value::String(text) => {
            let text = text.trim();
            let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
            match (inner, serde_json::from_str::<Value>(text)) {
                (Some(_), Ok(list)) => json::list(&list),
                // As Python writes a list.
                (Some(inner), Err(_)) => split(inner, &[',']),
                (None, _) => split(text, signs),
            }
        }
        Value::Array(values) => values.iter().map(person).collect(),
        value => vec![person(value)],
    };
    let is_name = |name: &String| !name.is_empty() && !name.bytes().all(|byte| byte.is_ascii_digit());
    listed.into_iter().filter(is_name).collect()
}

/// Whether a value only refers to other tables.
pub(super) fn is_reference(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Array(values) => values.iter().all(Value::is_number),
        _ => false,
    }
}

/// The name of a person, or of any other thing.
fn person(value: &Value) -> String {
    let said = text(value);
    let Value::Object(map) = value else { return said };
    if !said.is_empty() {
        return said;
    }
    let part = |keys: [&str; 3]| keys.iter().map(|key| json::part(map, key)).find(|text| !text.is_empty());
    let full = part(["display_name", "displayName", "full_name"]);
    full.unwrap_or_else(|| {
        let (first, last) = (part(["first_name", "firstName", "first"]), part(["last_name", "lastName", "last"]));
        [first, last].into_iter().flatten().collect::<Vec<_>>().join(" ")
    })
}

/// Splits at the first of the signs that there is.
fn split(text: &str, signs: &[char]) -> Vec<String> {
    let sign = signs.iter().find(|sign| text.contains(**sign)).copied().unwrap_or('\n');
    text.split(sign).map(|name| name.trim().trim_matches(['"', '\'']).trim().to_owned()).collect()
}

/// A value as front matter holds it under `extra`, texts on one line.
pub(super) fn yaml(value: &Value) -> serde_yaml::Value {
    use serde_yaml::Value as Yaml;
    let line = |text: &str| Yaml::String(crate::convert::shape::collapse(text).into_owned());
    match value {
        Value::Null => Yaml::Null,
        Value::Bool(truth) => Yaml::Bool(*truth),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Yaml::Number(number.into()),
            (None, Some(number)) => Yaml::Number(number.into()),
            // Reading a fraction must give what was written.
            (None, None) => Yaml::String(number.to_string()),
        },
        Value::String(text) => line(text),
        Value::Array(values) => Yaml::Sequence(values.iter().map(yaml).collect()),
        Value::Object(map) => Yaml::Mapping(map.iter().map(|(key, value)| (line(key), yaml(value))).collect()),
    }
}
