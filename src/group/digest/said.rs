//! What a digest says, read where it lies.

use super::super::related::Signature;
use crate::article::{Figure, SeeAlso, Status};
use crate::date::{ArticleDate, CalendarDate};
use crate::pack::{Pack, stretch};
use std::marker::PhantomData;

/// All that a digest says.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::group) struct Said<'a> {
    pub(in crate::group) calendar: Option<CalendarDate>,
    pub(in crate::group) date: Option<ArticleDate>,
    /// Path of its file below `content/`.
    pub(in crate::group) path: &'a str,
    pub(in crate::group) status: Status,
    pub(in crate::group) embargo: Option<ArticleDate>,
    pub(in crate::group) updated: Option<ArticleDate>,
    /// Hash of the bytes of its file.
    pub(in crate::group) file_hash: u64,
    pub(in crate::group) title: &'a str,
    pub(in crate::group) description: &'a str,
    /// Path of its section; empty for none.
    pub(in crate::group) section: &'a str,
    /// The permalink as the front matter states it; empty for none.
    pub(in crate::group) url: &'a str,
    pub(in crate::group) authors: Texts<'a>,
    pub(in crate::group) tags: Texts<'a>,
    pub(in crate::group) places: Texts<'a>,
    pub(in crate::group) aliases: Texts<'a>,
    /// At most one.
    pub(in crate::group) image: List<'a, Figure>,
    pub(in crate::group) see_also: List<'a, SeeAlso>,
    /// The numbers of the addresses that it was known by, as [`crate::markup::links`] gives them.
    pub(in crate::group) known_by: List<'a, u64>,
    /// The numbers of the addresses that its body may link to, ascending.
    pub(in crate::group) links: List<'a, u64>,
    /// The number of its lead figure's picture, if that may be a file of the site.
    pub(in crate::group) lead_picture: Option<u64>,
    /// The numbers of the pictures in its body that may be files of the site, ascending.
    pub(in crate::group) pictures: List<'a, u64>,
    signature: List<'a, Signature>,
}

/// What decides the place of an article in lists.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place<'a> {
    pub(super) calendar: Option<CalendarDate>,
    pub(super) date: Option<ArticleDate>,
    pub(super) path: &'a str,
}

/// Reads the beginning of a digest.
pub(super) fn place<'a>(from: &mut &'a [u8]) -> Option<Place<'a>> {
    Some(Place { calendar: Pack::unpack(from)?, date: Pack::unpack(from)?, path: text(from)? })
}

impl<'a> Said<'a> {
    /// Reads a digest; `None` where the bytes are none.
    pub(super) fn read(from: &mut &'a [u8]) -> Option<Self> {
        let Place { calendar, date, path } = place(from)?;
        Some(Self {
            calendar,
            date,
            path,
            status: Pack::unpack(from)?,
            embargo: Pack::unpack(from)?,
            updated: Pack::unpack(from)?,
            file_hash: Pack::unpack(from)?,
            title: text(from)?,
            description: text(from)?,
            section: text(from)?,
            url: text(from)?,
            authors: Texts(stretch(from)?),
            tags: Texts(stretch(from)?),
            places: Texts(stretch(from)?),
            aliases: Texts(stretch(from)?),
            image: List::new(stretch(from)?),
            see_also: List::new(stretch(from)?),
            known_by: List::new(stretch(from)?),
            links: List::new(stretch(from)?),
            lead_picture: Pack::unpack(from)?,
            pictures: List::new(stretch(from)?),
            signature: List::new(stretch(from)?),
        })
    }

    /// Its features for matching; none where they were not asked for.
    pub(in crate::group) fn signature(&self) -> Signature {
        self.signature.iter().next().unwrap_or_default()
    }
}

fn text<'a>(from: &mut &'a [u8]) -> Option<&'a str> {
    std::str::from_utf8(stretch(from)?).ok()
}

/// Texts, one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::group) struct Texts<'a>(&'a [u8]);

impl<'a> Texts<'a> {
    pub(in crate::group) fn iter(self) -> impl Iterator<Item = &'a str> {
        let mut rest = self.0;
        std::iter::from_fn(move || text(&mut rest))
    }
}

/// Values, one after the other.
#[derive(Debug)]
pub(in crate::group) struct List<'a, T>(&'a [u8], PhantomData<T>);

impl<'a, T: Pack> List<'a, T> {
    fn new(bytes: &'a [u8]) -> Self {
        Self(bytes, PhantomData)
    }

    pub(in crate::group) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(in crate::group) fn iter(&self) -> impl Iterator<Item = T> + use<'a, T> {
        let mut rest = self.0;
        std::iter::from_fn(move || T::unpack(&mut rest))
    }
}

// Derived, these would ask the same of the values.
impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

impl<T> Default for List<'_, T> {
    fn default() -> Self {
        Self(&[], PhantomData)
    }
}
