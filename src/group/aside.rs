//! Texts of entries that are not needed for a while, in less memory.
//!
//! While related stories of a large archive are searched, features, index and lists take as much memory as all else of
//! the archive. Nobody reads its texts then, and those pack well.

use crate::archive::Entry;
use rayon::prelude::*;

/// The least number of articles whose texts are worth packing: of fewer the build takes less memory than it has anyway.
const MANY: usize = 1 << 18;
/// Articles whose texts are packed together: enough that words come again.
const BLOCK: usize = 1 << 10;
/// The quickest level; a better one saves little of the few hundred bytes that an article has.
const LEVEL: i32 = 1;

/// Texts that were set aside; those of a block that does not come back as it was stay where they are.
pub(super) struct Aside(Vec<Option<Vec<u8>>>);

impl Aside {
    /// Takes the texts of a large archive from its entries.
    pub(super) fn put(articles: &mut [Entry]) -> Self {
        if articles.len() < MANY { Self(Vec::new()) } else { Self::put_all(articles) }
    }

    fn put_all(articles: &mut [Entry]) -> Self {
        let packed = |block: &mut [Entry]| {
            let joined: String = block.iter().map(|entry| entry.texts.joined()).collect();
            let packed = zstd::bulk::compress(joined.as_bytes(), LEVEL).ok()?;
            let back = zstd::bulk::decompress(&packed, joined.len()).ok()?;
            if back != joined.as_bytes() {
                return None;
            }
            for entry in block {
                entry.texts.give_up();
            }
            Some(packed)
        };
        Self(articles.par_chunks_mut(BLOCK).map(packed).collect())
    }

    /// Gives the entries their texts back.
    pub(super) fn bring_back(self, articles: &mut [Entry]) {
        let blocks = self.0.into_par_iter().zip(articles.par_chunks_mut(BLOCK));
        blocks.for_each(|(packed, block)| {
            let Some(packed) = packed else { return };
            let length = block.iter().map(|entry| entry.texts.length()).sum();
            // It was read back once when it was packed.
            let joined = zstd::bulk::decompress(&packed, length).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            let mut rest = joined.as_deref().unwrap_or_default();
            for entry in block {
                let Some((own, after)) = rest.split_at_checked(entry.texts.length()) else { return };
                entry.texts.take_back(own);
                rest = after;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Terms, Texts};
    use crate::article::Status;

    #[test]
    fn texts_come_back_as_they_were() {
        let entry = |number: usize| Entry {
            texts: Texts::new(&format!("town/{number}.md"), &format!("/town/{number}/"), "Tide", "Höher als je"),
            terms: Terms::default(),
            file_hash: 0,
            date: None,
            calendar: None,
            updated: None,
            section: 0,
            image: None,
            status: Status::Live,
            links: None,
            pictures: None,
        };
        let mut entries: Vec<Entry> = (0..BLOCK + 7).map(entry).collect();
        let aside = Aside::put_all(&mut entries);
        assert!(entries.iter().all(|entry| entry.path().is_empty() && entry.description().is_empty()));
        aside.bring_back(&mut entries);
        for (number, entry) in entries.iter().enumerate() {
            let texts = [entry.path(), entry.url(), entry.title(), entry.description()];
            assert_eq!(texts, [&*format!("town/{number}.md"), &format!("/town/{number}/"), "Tide", "Höher als je"]);
        }
    }
}
