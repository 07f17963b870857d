//! A page of the site before it is text: where it goes, which template shows it, and the view that template sees.

pub mod hashing;
mod query;

use crate::article::Article;
use crate::date::CalendarDate;
pub use query::{Lists, NoLists, Query};

/// What a page of some kind is about: small enough that a list of all pages fits in memory many times over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Number of an article, section, term … as the page's kind takes it.
    pub of: u32,
    /// Which cut of the calendar; all zero for the whole.
    pub cut: CalendarDate,
}

impl Subject {
    /// The whole of something.
    pub fn whole(of: u32) -> Self {
        Self { of, cut: CalendarDate::default() }
    }
}

/// What views are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To become text.
    Text,
    /// To tell whether the text is still the one of the last build.
    Key,
}

/// What one template sees.
#[derive(Clone, Debug)]
pub enum View {
    /// A value ready for the template engine.
    Value(tera::Value),
    /// The hash of that value, in which articles are represented by the hashes of their cards.
    Key(u128),
}

impl View {
    /// Makes the view from a planner's typed struct.
    pub fn of(purpose: Purpose, view: &impl serde::Serialize) -> Self {
        match purpose {
            Purpose::Key => Self::Key(hashing::hash_of(view)),
            // A struct of strings, numbers, lists and ready values always serialises; an error here would be a planner
            // that uses a map with keys that are not strings, which the tests of every kind would show.
            Purpose::Text => {
                Self::Value(tera::Value::try_from_serializable(view).unwrap_or_else(|_| tera::Value::none()))
            }
        }
    }

    /// The value, if the view was made for text.
    pub fn into_value(self) -> tera::Value {
        match self {
            Self::Value(value) => value,
            Self::Key(_) => tera::Value::none(),
        }
    }

    /// The hash, also of a view that was made for text.
    pub fn key(&self) -> u128 {
        match self {
            Self::Value(value) => hashing::hash_of(value),
            Self::Key(key) => *key,
        }
    }
}

/// How a page becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Through the template of that name.
    Template(&'static str),
    /// The view itself as JSON.
    Json,
}

/// A page to write.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where it goes below the output folder, always with `/`, as in `town/harbour/index.html`.
    pub path: String,
    /// How it becomes text.
    pub form: Form,
    /// The section whose look it has, where that is not the look of all.
    pub look: Option<Box<str>>,
    /// What its template sees.
    pub view: tera::Value,
}

/// An article read again for its own page, with its body as safe HTML.
#[derive(Clone, Debug)]
pub struct Story {
    /// Front matter and body.
    pub article: Article,
    /// The body as sanitised HTML.
    pub html: String,
}
