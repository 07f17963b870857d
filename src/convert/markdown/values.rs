//! Values of front matter, whatever language it was written in, as texts, lists and dates.

use crate::convert::dates;
use crate::date::ArticleDate;
use serde_yaml::{Mapping, Value};

/// A value of TOML.
pub(super) fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::Number(number.into()),
        toml::Value::Float(number) => Value::Number(number.into()),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(moment) => Value::String(moment.to_string()),
        toml::Value::Array(values) => Value::Sequence(values.into_iter().map(from_toml).collect()),
        toml::Value::Table(table) => {
            let pairs = table.into_iter().map(|(key, value)| (Value::String(key), from_toml(value)));
            Value::Mapping(pairs.collect::<Mapping>())
        }
    }
}

/// The text of a scalar; `None` for lists and mappings.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}

/// A list of texts; one text is split by `separator`. A mapping counts by its `name` or `title`.
pub(super) fn list(value: &Value, separator: &[char]) -> Option<Vec<String>> {
    let one = |value: &Value| match value {
        Value::Mapping(map) => {
            ["name", "title", "display_name", "id"].iter().find_map(|key| map.get(*key)).and_then(text)
        }
        value => text(value),
    };
    let items = match value {
        Value::Sequence(values) => values.iter().map(one).collect::<Option<Vec<_>>>()?,
        Value::Mapping(_) => vec![one(value)?],
        value => text(value)?.split(separator).map(|item| item.trim().to_owned()).collect(),
    };
    Some(items.into_iter().filter(|item| !item.is_empty()).collect())
}

pub(super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A date as generators write it.
pub(super) fn date(value: &Value) -> Option<ArticleDate> {
    let text = text(value)?;
    text.parse().ok().or_else(|| loose(&text)).or_else(|| dates::parse(&text))
}

/// `2014-3-5 9:00:00 -4`: digits that are missing their zero, slashes, and offsets of hours alone.
fn loose(text: &str) -> Option<ArticleDate> {
    let mut parts = text.split([' ', 'T']);
    let day: Vec<&str> = parts.next()?.split(['-', '/']).collect();
    let [year, month, day] = day.as_slice() else { return None };
    let mut tidy = format!("{year:0>4}-{month:0>2}-{day:0>2}");
    if let Some(clock) = parts.next() {
        let clock: Vec<String> = clock.split(':').map(|part| format!("{part:0>2}")).collect();
        tidy.push(' ');
        tidy.push_str(&clock.join(":"));
    }
    for zone in parts.filter(|zone| !zone.is_empty()) {
        let (sign, hours) = zone.split_at_checked(1)?;
        let is_offset = matches!(sign, "+" | "-") && hours.len() <= 2;
        let zone = if is_offset { format!("{sign}{hours:0>2}") } else { zone.to_owned() };
        tidy.extend([" ", &zone]);
    }
    tidy.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::date;
    use serde_yaml::Value;

    #[test]
    fn reads_dates_as_generators_write_them() {
        let cases = [
            ("2014-03-05", "2014-03-05"),
            ("2014-03-05 10:00:00 -0500", "2014-03-05T10:00:00-05:00"),
            ("2014-03-05 9:00:00 -4", "2014-03-05T09:00:00-04:00"),
            ("2014-03-05T10:00:00.000Z", "2014-03-05T10:00:00Z"),
            ("2014/3/5", "2014-03-05"),
            ("5 March 2014", "2014-03-05"),
            ("2014", "2014"),
        ];
        for (text, expected) in cases {
            let read = date(&Value::String(text.to_owned())).map(|date| date.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(date(&Value::String("soon".to_owned())), None);
    }
}
