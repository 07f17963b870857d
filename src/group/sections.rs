//! The section tree: every section that an article or an `_index.md` names, and those above.

use super::{Digest, SectionIndex};
use crate::archive::{ArticleId, Entry, IndexFile, Section, SectionId};
use crate::markup::slug;
use std::collections::BTreeMap;

/// The tree without its articles: sections by path, the root first.
pub(super) fn tree(digests: &[&Digest], indexes: Vec<SectionIndex>) -> Vec<Section> {
    let mut by_path: BTreeMap<String, Option<SectionIndex>> = BTreeMap::from([(String::new(), None)]);
    for digest in digests {
        let section = digest.said().section;
        if !by_path.contains_key(section) {
            add_with_parents(&mut by_path, section);
        }
    }
    for index in indexes {
        let folder = index.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = slug::section_path(folder);
        add_with_parents(&mut by_path, &path);
        by_path.insert(path, Some(index));
    }
    let mut sections: Vec<Section> = by_path.into_iter().map(|(path, index)| section(path, index)).collect();
    for at in 1..sections.len() {
        let above = sections[at].path.rsplit_once('/').map_or("", |(above, _)| above);
        sections[at].parent = find(&sections, above);
    }
    for at in 0..sections.len() {
        sections[at].children = children(&sections, at as SectionId);
    }
    sections
}

fn add_with_parents(by_path: &mut BTreeMap<String, Option<SectionIndex>>, path: &str) {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    for end in ends {
        by_path.entry(path[..end].to_owned()).or_default();
    }
}

fn section(path: String, index: Option<SectionIndex>) -> Section {
    let stated = index.as_ref().map(|index| index.title.trim()).filter(|title| !title.is_empty());
    let title = stated.map_or_else(|| title_of(&path), str::to_owned);
    Section {
        title: title.into(),
        description: index.as_ref().map_or("", |index| &index.description).into(),
        weight: index.as_ref().and_then(|index| index.weight).unwrap_or(i64::MAX),
        index: index.map(|index| IndexFile { path: index.path.into(), file_hash: index.file_hash }),
        path: path.into(),
        ..Section::default()
    }
}

/// `asia-pacific` as `Asia Pacific`.
fn title_of(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    let capitalised = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    last.split('-').map(capitalised).collect::<Vec<_>>().join(" ")
}

fn children(sections: &[Section], parent: SectionId) -> Vec<SectionId> {
    let own = |id: &SectionId| *id != 0 && sections[*id as usize].parent == parent;
    let mut children: Vec<SectionId> = (0..sections.len() as SectionId).filter(own).collect();
    children.sort_by_key(|id| (sections[*id as usize].weight, sections[*id as usize].title.clone()));
    children
}

/// The section with that path, or the root.
pub(super) fn find(sections: &[Section], path: &str) -> SectionId {
    sections.binary_search_by(|section| (*section.path).cmp(path)).map_or(0, |at| at as SectionId)
}

/// Enters the articles into their sections and those above; into the root only those of no section.
pub(super) fn fill(sections: &mut [Section], articles: &[Entry]) {
    for (id, entry) in (0 as ArticleId..).zip(articles) {
        let mut at = entry.section;
        loop {
            let section = &mut sections[at as usize];
            section.members.push(id);
            if at == 0 || section.parent == 0 {
                break;
            }
            at = section.parent;
        }
    }
}
