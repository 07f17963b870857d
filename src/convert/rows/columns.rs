//! The names that columns of articles have in exports.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The fields that a column may become, as `[sources.map]` calls them, and the names by which a column is known for one
/// without being mapped: those that say most first, in small letters without signs.
pub(in crate::convert) const FIELDS: &[(&str, &[&str])] = &[
    (
        "record",
        &["id", "_id", "guid", "uuid", "articleid", "storyid", "postid", "docid", "documentid", "contentid", "nid"],
    ),
    ("title", &["title", "headline", "heading", "posttitle", "articletitle", "hed", "webtitle", "subject", "name"]),
    (
        "date",
        &[
            "date",
            "datepublished",
            "published",
            "publishedat",
            "publishdate",
            "publisheddate",
            "pubdate",
            "publicationdate",
            "publishedon",
            "datetime",
            "webpublicationdate",
            "firstpublished",
            "postdate",
            "issuedate",
            "timestamp",
            "created",
            "createdat",
            "datecreated",
            "day",
        ],
    ),
    (
        "updated",
        &[
            "updated",
            "updatedat",
            "modified",
            "modifiedat",
            "datemodified",
            "lastmodified",
            "lastupdated",
            "dateupdated",
            "postmodified",
        ],
    ),
    ("html", &[]),
    ("markdown", &[]),
    ("text", &[]),
    (
        "body",
        &[
            "bodyhtml",
            "contenthtml",
            "articlehtml",
            "body",
            "articlebody",
            "content",
            "postcontent",
            "html",
            "markdown",
            "article",
            "story",
            "fulltext",
            "maintext",
            "bodytext",
            "contenttext",
            "text",
            "copy",
        ],
    ),
    ("authors", &["authors", "author", "byline", "creator", "writer", "writers", "reporter", "authorname", "by"]),
    (
        "description",
        &[
            "description",
            "standfirst",
            "summary",
            "excerpt",
            "abstract",
            "lead",
            "lede",
            "dek",
            "deck",
            "trailtext",
            "teaser",
            "subtitle",
            "subheadline",
        ],
    ),
    ("section", &["section", "sectionname", "category", "categories", "desk", "channel", "rubric", "department"]),
    ("tags", &["tags", "keywords", "tag", "topics", "labels"]),
    ("places", &["places", "locations", "place", "location"]),
    ("dateline", &["dateline"]),
    ("language", &["language", "lang", "locale"]),
    ("url", &["url", "link", "permalink", "canonicalurl", "canonical", "weburl", "href", "uri"]),
    ("aliases", &["aliases", "oldurl", "oldurls", "redirects", "shorturl"]),
    (
        "image",
        &["image", "imageurl", "leadimage", "heroimage", "featuredimage", "mainimage", "photo", "picture", "thumbnail"],
    ),
    ("image.alt", &["imagealt", "alttext"]),
    ("image.caption", &["imagecaption", "photocaption", "caption"]),
    ("image.credit", &["imagecredit", "photocredit", "credit", "photographer"]),
    ("status", &["status", "poststatus", "state"]),
    ("embargo", &["embargo", "embargoed"]),
];

/// By plain name: the number of the field and how good a name it is for it, 0 the best.
static NAMES: LazyLock<HashMap<&'static str, (usize, usize)>> = LazyLock::new(|| {
    let of_field = |(field, (_, names)): (usize, &(&str, &'static [&'static str]))| {
        names.iter().enumerate().map(move |(rank, name)| (*name, (field, rank))).collect::<Vec<_>>()
    };
    FIELDS.iter().enumerate().flat_map(of_field).collect()
});

/// A column that is known for a field by its name.
#[derive(Clone, Debug)]
pub(in crate::convert) struct Column {
    /// Its place in [`FIELDS`].
    pub(in crate::convert) field: usize,
    rank: usize,
    /// As the source writes it.
    pub(in crate::convert) name: String,
}

/// The columns with well known names, the best names first.
pub(in crate::convert) fn known<'n>(names: impl Iterator<Item = &'n str>) -> Vec<Column> {
    let column = |name: &str| look_up(name).map(|(field, rank)| Column { field, rank, name: name.to_owned() });
    let mut known: Vec<Column> = names.filter_map(column).collect();
    known.sort_by_key(|column| (column.field, column.rank));
    known
}

fn look_up(name: &str) -> Option<(usize, usize)> {
    NAMES.get(name).or_else(|| NAMES.get(plain_name(name).as_str())).copied()
}

/// Whether a column of that name is known for a field.
pub(in crate::convert) fn is_for(name: &str, field: &str) -> bool {
    look_up(name).is_some_and(|(number, _)| FIELDS[number].0 == field)
}

/// The name in small letters, without spaces and signs.
pub(in crate::convert) fn plain_name(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Which of the fields `wanted` some column is known for.
pub(in crate::convert) fn has(known: &[Column], wanted: &[&str]) -> bool {
    known.iter().any(|column| wanted.contains(&FIELDS[column.field].0))
}
