//! Which form of a message goes with a number: the cardinal plural rules of Unicode CLDR
//! (<https://www.unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules>).

use icu_locale_core::LanguageIdentifier;
use icu_plurals::{PluralCategory, PluralRules};

/// Names of the categories in the order of their numbers; the last is that of every language.
pub(super) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
/// The number of the category `other`.
pub(super) const OTHER: usize = 5;

/// The rules of one language.
#[derive(Debug)]
pub(super) struct Plurals(Option<PluralRules>);

impl Plurals {
    /// Those of a BCP 47 tag. A language that the data does not know has one form.
    pub(super) fn of(language: &str) -> Self {
        let locale: Option<LanguageIdentifier> = language.parse().ok();
        Self(locale.and_then(|locale| PluralRules::try_new_cardinal((&locale).into()).ok()))
    }

    /// The number of the category of a count.
    pub(super) fn category(&self, count: i64) -> usize {
        match self.0.as_ref().map(|rules| rules.category_for(count)) {
            Some(PluralCategory::Zero) => 0,
            Some(PluralCategory::One) => 1,
            Some(PluralCategory::Two) => 2,
            Some(PluralCategory::Few) => 3,
            Some(PluralCategory::Many) => 4,
            Some(PluralCategory::Other) | None => OTHER,
        }
    }
}
