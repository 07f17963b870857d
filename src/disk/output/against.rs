//! Building without the old output: a listing of the published site stands for it, and only what differs is written.
//!
//! A listing is text, one file a line in the order of paths: hash of the content (XXH3, 128 bits) and key in hexadecimal,
//! size in bytes, path; a tab between each two.

use super::fresh::{Content, Gathering, How};
use super::left::Left;
use super::manifest::{Lines, Manifest};
use super::{Output, recover, state_folder};
use crate::diagnostic::{Diagnostic, Error, Place};
use crate::disk::cache::Cache;
use crate::disk::{Stamp, shown};
use std::fmt::Write as _;
use std::path::Path;

/// First line of a listing.
const HEAD: &str = "backfile site 1";

impl Left {
    /// The listing of what was left.
    pub fn listing(&self) -> String {
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_unstable_by_key(|at| self.path(*at));
        let mut text = String::with_capacity(self.len() * 128);
        text.push_str(HEAD);
        text.push('\n');
        for at in order {
            let record = self.manifest.record(at);
            // Writing into a string cannot fail.
            let _ =
                writeln!(text, "{:032x}\t{:032x}\t{}\t{}", record.hash, record.key, record.stamp.size, self.path(at));
        }
        text
    }
}

impl Output {
    /// Opens the empty folder `root` for what differs from the site that `listing` names; `name` stands for the listing in
    /// messages.
    ///
    /// # Errors
    /// As [`Output::open`], [`Error::Usage`] where the folder is not empty, and [`Error::Site`] where the listing is none.
    pub fn open_against(cache: &Cache, root: &Path, listing: &str, name: &str) -> Result<Self, Error> {
        let old = parse(listing, name)?;
        if root.exists() && !recover::is_empty(root)? {
            let message = format!("{} is not empty, so what differs could not be told from what is there", shown(root));
            return Err(Error::usage(message, "name another folder with --output, or empty this one"));
        }
        // What a manifest says of this folder is of no use: it is empty.
        if root.exists() {
            recover::gone(std::fs::remove_file(state_folder(cache, root)?.join("manifest")))
                .map_err(crate::disk::failed("remove", root))?;
        }
        let mut output = Self::open(cache, root, false)?;
        output.take_for_old(old);
        Ok(output)
    }

    fn take_for_old(&mut self, old: Manifest) {
        self.seen = super::Bits::new(old.len());
        self.kept = super::Bits::new(old.len());
        self.old = old;
        self.elsewhere = true;
    }

    /// Whether the old site, which is elsewhere, has this content at `path`; it is then not written again.
    pub(super) fn is_elsewhere(&self, path: &str, known: Option<usize>, content: Content) -> bool {
        let record = known.filter(|_| self.elsewhere).map(|at| (at, self.old.record(at)));
        let Some((at, record)) = record.filter(|(_, record)| record.hash == content.hash) else { return false };
        if record.key == content.key {
            self.keep(at);
        } else {
            self.fresh.add(path, content, record.stamp, How::Found);
        }
        true
    }
}

fn parse(listing: &str, name: &str) -> Result<Manifest, Error> {
    let wrong = |line: usize| {
        Diagnostic::error(Place::at(name, line as u32, 0), "is no list of the files of a site")
            .hint("name a file that `backfile build --manifest FILE` wrote")
    };
    let mut lines = listing.lines().zip(1..);
    if lines.next().is_none_or(|(head, _)| head != HEAD) {
        return Err(wrong(1).into());
    }
    let mut found = Gathering::new();
    for (line, number) in lines {
        let mut parts = line.splitn(4, '\t');
        let mut hexadecimal = || u128::from_str_radix(parts.next()?, 16).ok();
        let (hash, key) = hexadecimal().zip(hexadecimal()).ok_or_else(|| wrong(number))?;
        let size = parts.next().and_then(|size| size.parse().ok()).ok_or_else(|| wrong(number))?;
        let path = parts.next().ok_or_else(|| wrong(number))?;
        super::check(path)?;
        // No file has this time: should one be at that place, its content decides.
        found.add(path, Content { hash, key }, Stamp { size, mtime: i64::MIN }, How::Found);
    }
    let found = found.take();
    Ok(Lines::new(&Manifest::default(), &found, |_| true).manifest())
}
