//! `stories(section=…, tag=…, author=…, place=…, year=…, month=…, limit=…)` in templates.

use crate::diagnostic::nearest;
use crate::page::{Lists, Query};
use std::sync::Arc;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// What may be asked for.
const NAMES: [&str; 7] = ["section", "author", "tag", "place", "year", "month", "limit"];
/// How many stories there are where a template does not say.
const LIMIT: u32 = 10;
/// The most that a template gets: what it asks for stands on every page that it makes.
const MOST: u32 = 500;

/// Registers the function.
pub(super) fn register(tera: &mut Tera, lists: Arc<dyn Lists>) {
    tera.register_function("stories", move |named: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(lists.stories(&query(&named)?))
    });
}

fn query(named: &Kwargs) -> TeraResult<Query> {
    for (name, _) in named.iter() {
        let name = name.as_str().unwrap_or_default();
        if !NAMES.contains(&name) {
            let meant = nearest(name, NAMES).map_or_else(|| NAMES.join(", "), |near| format!("`{near}`"));
            return Err(Error::message(format!("`stories` takes no `{name}`. Available fields: {meant}")));
        }
    }
    let text = |name| named.get::<&str>(name).map(|text| text.map(str::to_owned));
    let number = |name: &str, least: i64, most: i64| -> TeraResult<Option<i64>> {
        match named.get::<i64>(name)? {
            Some(n) if !(least..=most).contains(&n) => {
                Err(Error::message(format!("`{name}` of `stories` goes from {least} to {most}; it is {n}")))
            }
            n => Ok(n),
        }
    };
    let month = number("month", 1, 12)?;
    let year = number("year", 1, 9999)?;
    if month.is_some() && year.is_none() {
        return Err(Error::message("`stories` with a `month` wants its `year` too"));
    }
    Ok(Query {
        section: text("section")?,
        author: text("author")?,
        tag: text("tag")?,
        place: text("place")?,
        year: year.map(|year| year as i16),
        month: month.map(|month| month as u8),
        limit: number("limit", 0, i64::from(MOST))?.map_or(LIMIT, |limit| limit as u32),
    })
}
