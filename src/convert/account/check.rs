//! Whether what an account calls kept is in the article: each word of it is looked for there.

use super::{Account, Fate, Piece};
use crate::article::{Article, FrontMatter};
use crate::markup::to_markdown::pictures;
use crate::markup::to_text::to_text;
use crate::markup::tree::resolve_references;
use std::borrow::Cow;
use std::collections::HashMap;

/// Most words that are named of those that a piece lost.
const NAMED: usize = 8;
/// Fields that hold a text as it is, and not another form of it, as dates are.
const TEXTS: [&str; 6] = ["title", "description", "title, body", "title, extra, body", "html", "text"];

/// Why a piece of which no word is in the article is left out.
const NOTHING: &str = "nothing of it is in the article";

/// How much text a piece has, and what of it is not in the article though it was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Words between white space.
    pub words: u64,
    /// Characters.
    pub characters: u64,
    /// Words of a text that was kept that are not in the article.
    pub lost: u64,
    /// The first of those.
    pub named: Vec<String>,
}

/// The amounts of the pieces of `account`, in its order. A word counts as lost where the piece has it more often than the
/// article; letters decide, in any case. What was called kept and lost all of its words is called left out from here on: it is
/// part of something of which other parts were kept, as the width of a picture.
pub fn check(account: &mut Account, article: &Article) -> Vec<Amount> {
    let there = if account.pieces.iter().any(is_checked) { of_article(article) } else { HashMap::new() };
    let amount = |piece: &mut Piece| {
        let (mut lost, mut named) = if is_checked(piece) { lost(&piece.text, &there) } else { (0, Vec::new()) };
        if lost > 0 && lost == words(&resolved(&piece.text)).count() as u64 {
            piece.fate = Fate::Dropped(NOTHING);
            (lost, named) = (0, Vec::new());
        }
        let words = piece.text.split_whitespace().count() as u64;
        Amount { words, characters: piece.text.chars().count() as u64, lost, named }
    };
    account.pieces.iter_mut().map(amount).collect()
}

/// The text of which the letters are compared.
fn resolved(text: &str) -> Cow<'_, str> {
    if text.contains('&') { Cow::Owned(resolve_references(text)) } else { Cow::Borrowed(text) }
}

fn is_checked(piece: &Piece) -> bool {
    /// What is longer than any word is no text but some code of one.
    const LONGEST_WORD: usize = 60;
    let is_text = piece.text.len() < LONGEST_WORD || piece.text.contains(char::is_whitespace);
    is_text && matches!(piece.fate, Fate::Kept(field) if field.starts_with("body") || TEXTS.contains(&field))
}

/// The words of a text, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// How often the article has which word.
fn of_article(article: &Article) -> HashMap<String, u32> {
    let Article { front, body } = article;
    let FrontMatter { title, authors, dateline, description, tags, places, image, see_also, links, extra, .. } = front;
    let (text, extra) = (to_text(body), serde_yaml::to_string(extra).unwrap_or_default());
    let named = authors.iter().chain(tags).chain(places).chain(see_also.iter().map(|item| &item.title));
    let named = named.chain(links.iter().map(|link| &link.title));
    let shown = image.iter().flat_map(|image| [&image.src, &image.alt, &image.caption, &image.credit]);
    let all = [title, dateline, description, &text, &extra].into_iter().chain(named).chain(shown).map(String::as_str);
    let mut there: HashMap<String, u32> = HashMap::new();
    for word in all.chain(pictures(body)).flat_map(words) {
        *there.entry(word).or_default() += 1;
    }
    there
}

/// How many words of `text` are not `there`, and the first of them.
fn lost(text: &str, there: &HashMap<String, u32>) -> (u64, Vec<String>) {
    let text = resolved(text);
    let mut here: HashMap<String, u32> = HashMap::new();
    let (mut count, mut named) = (0, Vec::new());
    for word in words(&text) {
        let times = here.entry(word.clone()).or_default();
        *times += 1;
        if *times > there.get(&word).copied().unwrap_or_default() {
            count += 1;
            if named.len() < NAMED {
                named.push(word);
            }
        }
    }
    (count, named)
}

#[cfg(test)]
mod tests {
    use super::{NOTHING, check};
    use crate::article::Article;
    use crate::convert::account::{Account, Fate};

    #[test]
    fn words_that_are_nowhere_are_lost() {
        let article = Article { body: "The *ferry* sails at noon & at six.\n".to_owned(), ..Article::default() };
        let mut account = Account::default();
        account.note(1, "p", "The ferry sails at NOON &amp; at six", Fate::Kept("body"));
        account.note(2, "p", "The ferry sails, the captain said", Fate::Kept("body"));
        account.note(3, "date", "6 June", Fate::Kept("date"));
        account.note(4, "img/@width", "width=\"600\"", Fate::Kept("body"));
        let amounts = check(&mut account, &article);
        assert_eq!(account.pieces[3].fate, Fate::Dropped(NOTHING));
        let lost: Vec<_> = amounts.into_iter().map(|amount| (amount.lost, amount.named)).collect();
        let named = ["the", "captain", "said"].map(str::to_owned).to_vec();
        assert_eq!(lost, [(0, Vec::new()), (3, named), (0, Vec::new()), (0, Vec::new())]);
    }
}
