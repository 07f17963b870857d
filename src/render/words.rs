//! The site's words for templates: `t("key")`, counts and dates.

use super::escape::escape;
use crate::config::Config;
use crate::date::ArticleDate;
use crate::i18n::{DateForm, Message, Pattern, Piece, Translations};
use jiff::tz::TimeZone;
use std::borrow::Cow;
use std::sync::Arc;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Registers what templates may call for words.
pub(super) fn register(tera: &mut Tera, config: &Config, words: &Arc<Translations>) {
    let of = Arc::clone(words);
    tera.register_function("t", move |named: Kwargs, _: &State<'_>| message(&of, &named));
    let of = Arc::clone(words);
    tera.register_filter("number", move |n: i64, _: Kwargs, _: &State<'_>| of.number(n));
    let of = Arc::clone(words);
    tera.register_filter("count", move |n: i64, named: Kwargs, _: &State<'_>| counted(n, &named, &of));
    let (of, zone) = (Arc::clone(words), config.timezone.clone());
    tera.register_filter("date", move |iso: &str, named: Kwargs, _: &State<'_>| date(iso, &named, &of, &zone));
}

/// What is wrong with `t("key")` where only the key is handed over; `None` if nothing is.
pub(super) fn wanting(key: &str, message: &Message) -> Option<String> {
    let wants: Vec<String> = message.wants().iter().map(|name| format!("{name}=…")).collect();
    message.text().is_none().then(|| format!("the message `{key}` wants {}", wants.join(", ")))
}

/// `t(key="stories", count=3)`. A value that is safe HTML stays so; then all else in the message is escaped here.
fn message(words: &Translations, named: &Kwargs) -> TeraResult<Value> {
    let key = named.must_get::<&str>("key")?;
    let message = words.get(key).ok_or_else(|| Error::message(format!("There is no message `{key}`")))?;
    let count = named.get::<i64>("count")?;
    let form = words.form(message, count);
    if let (None, true) = (count, message.wants().contains(&"count")) {
        return Err(Error::message(format!("The message `{key}` wants count=…")));
    }
    let is_safe = named.iter().any(|(_, value)| value.is_safe());
    let mut out = Vec::with_capacity(64);
    fill(form, key, words, named, &mut |text, is_markup| {
        if is_safe && !is_markup {
            // Writing to memory cannot fail.
            let _ = escape(text, &mut out);
        } else {
            out.extend_from_slice(text.as_bytes());
        }
    })?;
    let text = String::from_utf8(out).unwrap_or_default();
    Ok(if is_safe { Value::safe_string(&text) } else { Value::from(text) })
}

fn fill(
    form: &Pattern,
    key: &str,
    words: &Translations,
    named: &Kwargs,
    put: &mut dyn FnMut(&str, bool),
) -> TeraResult<()> {
    for piece in form.pieces() {
        let name = match piece {
            Piece::Text(text) => {
                put(text, false);
                continue;
            }
            Piece::Gap(name) => name,
        };
        let lacks = || Error::message(format!("The message `{key}` wants {name}=…"));
        let value: &Value = named.get(name)?.ok_or_else(lacks)?;
        let text: Cow<'_, str> = match (value.as_str(), value.as_i64()) {
            (Some(text), _) => text.into(),
            (None, Some(n)) => words.number(n).into(),
            (None, None) => value.to_string().into(),
        };
        put(&text, value.is_safe());
    }
    Ok(())
}

/// `{{ n | count(one="story", other="stories") }}` as `1,234 stories`: for templates in one language.
fn counted(n: i64, named: &Kwargs, words: &Translations) -> TeraResult<String> {
    let word = named.must_get::<&str>(if n == 1 { "one" } else { "other" })?;
    Ok(format!("{} {word}", words.number(n)))
}

/// `{{ page.date.iso | date(form="short") }}`, or a pattern of one's own as `form="{day} {month}"`.
fn date(iso: &str, named: &Kwargs, words: &Translations, zone: &TimeZone) -> TeraResult<String> {
    let date: ArticleDate = iso.parse().map_err(|error| Error::message(format!("{error}")))?;
    let calendar = date.calendar(zone);
    let dates = words.dates();
    Ok(match named.get::<&str>("form")?.unwrap_or("full") {
        "full" => dates.write(calendar, DateForm::Full),
        "short" => dates.write(calendar, DateForm::Short),
        pattern if pattern.contains('{') => {
            let local = date.local(zone);
            dates.fill(pattern, calendar, (local.hour().unsigned_abs(), local.minute().unsigned_abs()))
        }
        other => {
            let known = "known are `full`, `short` and patterns such as `{day} {month}`";
            return Err(Error::message(format!("There is no form of dates `{other}`; {known}")));
        }
    })
}
