//! What a page says of itself, each statement with where it was found and how far that is to be trusted.

/// Longest statement about anything but the text; bytes. One that is longer swallowed what came after it.
const LONGEST: usize = 4000;
/// Most statements of a page.
const MOST: usize = 2000;

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Published,
    Modified,
    Author,
    Section,
    Tag,
    Description,
    Image,
    /// What the image shows, for those who do not see it.
    ImageAlt,
    ImageCaption,
    ImageCredit,
    Canonical,
    /// The name of the paper or site.
    Site,
    Language,
    /// What kind of page it is, as `article`.
    Kind,
    Captured,
    /// The whole text, as some pages repeat it for machines.
    Text,
}

impl Field {
    /// The front matter key that it fills.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Published => "date",
            Self::Modified => "updated",
            Self::Author => "authors",
            Self::Section => "section",
            Self::Tag => "tags",
            Self::Description => "description",
            Self::Image | Self::ImageAlt | Self::ImageCaption | Self::ImageCredit => "image",
            Self::Canonical => "source.url",
            Self::Captured => "source.captured",
            Self::Language => "language",
            Self::Site | Self::Kind | Self::Text => "",
        }
    }
}

/// One statement.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) field: Field,
    pub(super) value: String,
    /// Where it was found, as `og:title`.
    pub(super) from: &'static str,
    /// The greater, the more it is trusted.
    pub(super) trust: u8,
}

/// All statements of a page, in the order they were found.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    list: Vec<Candidate>,
}

impl Candidates {
    /// Adds a statement, unless it is empty or beyond what a page of people states.
    pub(super) fn add(&mut self, field: Field, value: &str, from: &'static str, trust: u8) {
        let value = value.trim();
        let fits = field == Field::Text || value.len() <= LONGEST;
        if !value.is_empty() && fits && self.list.len() < MOST {
            self.list.push(Candidate { field, value: value.to_owned(), from, trust });
        }
    }

    /// The statements about `field`, the most trusted first; between equals, the first found.
    pub(super) fn of(&self, field: Field) -> Vec<&Candidate> {
        let mut found: Vec<&Candidate> = self.list.iter().filter(|candidate| candidate.field == field).collect();
        found.sort_by_key(|candidate| std::cmp::Reverse(candidate.trust));
        found
    }

    /// The most trusted statement about `field`.
    pub(super) fn best(&self, field: Field) -> Option<&Candidate> {
        self.of(field).into_iter().next()
    }

    pub(super) fn all(&self) -> &[Candidate] {
        &self.list
    }
}
