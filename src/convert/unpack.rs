//! What is packed as a whole, by gzip (RFC 1952) or Zstandard (RFC 8878), read as what it was before.
//!
//! Both may be a row of members, as web archives have one for each record; and Zstandard may begin with a dictionary for
//! all of them, in a frame that other readers skip (`.warc.zst`, <https://iipc.github.io/warc-specifications/>). A
//! damaged member is an error once; reading goes on with the next one.

use super::Source;
use super::records::refused;
use crate::config::limits::{Limit, Limits};
use crate::diagnostic::{Diagnostic, Place};
use flate2::bufread::GzDecoder;
use std::borrow::Cow;
use std::io::{self, BufRead, ErrorKind, Read};
use zstd::stream::read::Decoder;

/// How much of what is packed is looked at to tell its format; bytes.
pub const LOOK: usize = 64 << 10;
const BUFFER: usize = 64 << 10;
const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";
/// The frame that holds the dictionary.
const DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";
/// Largest dictionary; bytes.
const LARGEST_DICTIONARY: usize = 16 << 20;
/// After so many damaged members nothing is tried any more.
const MOST_DAMAGE: u32 = 1000;

/// Whether bytes begin as something packed does.
pub fn is_packed(bytes: &[u8]) -> bool {
    [GZIP, ZSTD, DICTIONARY].iter().any(|magic| bytes.starts_with(magic))
}

/// The path of what is in the packed file at `path`.
pub fn path(path: &str) -> Cow<'_, str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = |ending: &str| {
        let at = name.len().checked_sub(ending.len()).filter(|at| *at > 0)?;
        let (stem, found) = name.split_at_checked(at)?;
        found.eq_ignore_ascii_case(ending).then_some(stem)
    };
    if let Some(stem) = stem(".tgz") {
        return Cow::Owned(format!("{path}!/{stem}.tar"));
    }
    let inner = [".gz", ".zst"].iter().find_map(|ending| stem(ending));
    inner.map_or(Cow::Borrowed(path), |inner| Cow::Owned(format!("{path}!/{inner}")))
}

/// The first bytes of what `bytes` unpack to; fewer where they are damaged.
pub fn head(bytes: &[u8], limits: &Limits) -> Vec<u8> {
    let mut head = Vec::new();
    // What could be read before the damage is what there is to tell the format by.
    let _ = Unpack::new(bytes, limits).take(LOOK as u64).read_to_end(&mut head);
    head
}

/// All that the source, which `packed` reads, unpacks to.
///
/// # Errors
/// Where it is damaged, or unpacks to more than one document may have.
pub fn all(packed: impl Read, source: &Source<'_>) -> Result<Vec<u8>, Diagnostic> {
    let limits = &source.limits;
    let mut all = Vec::new();
    let read = Unpack::new(packed, limits).take(limits.bytes() + 1).read_to_end(&mut all);
    read.map_err(|error| wrong(source, &error))?;
    if all.len() as u64 > limits.bytes() { Err(refused(source, Limit::Size)) } else { Ok(all) }
}

/// The diagnostic for a failure to read from a source.
pub fn wrong(source: &Source<'_>, error: &io::Error) -> Diagnostic {
    if is_bomb(error) {
        return refused(source, Limit::Ratio);
    }
    let place = Place::file(source.path);
    match error.kind() {
        ErrorKind::UnexpectedEof => {
            Diagnostic::error(place, "ends too early").hint("its copy was cut short; what came before is converted")
        }
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other => {
            let message = format!("is damaged: {error}");
            Diagnostic::error(place, message).hint("what can be read is converted; look for a better copy")
        }
        _ => Diagnostic::error(place, format!("cannot be read: {error}")).hint("check that it exists and may be read"),
    }
}

/// Whether it makes sense to read on after this failure: only a part was damaged, and what follows it was found. Other
/// readers fail in the same place again.
pub fn goes_on(error: &io::Error) -> bool {
    error.kind() == ErrorKind::InvalidData
        && error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Damage>)
}

fn is_bomb(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Bomb>)
}

/// More was unpacked than can be meant well.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to far more than its size")]
struct Bomb;

/// A member is damaged; the next one may not be.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Damage(io::Error);

/// Reads what is packed in `R`.
pub struct Unpack<R: Read> {
    at: At<R>,
    limits: Limits,
    dictionary: Vec<u8>,
    given: u64,
    damage: u32,
}

/// Where in the row of members the reading is.
enum At<R: Read> {
    Between(Packed<R>),
    Gzip(Box<GzDecoder<Packed<R>>>),
    Zstd(Box<Decoder<'static, Packed<R>>>),
    /// Nothing more can be had.
    End,
}

impl<R: Read> Unpack<R> {
    /// A reader of what `packed` unpacks to, which fails where that is beyond the limits.
    pub fn new(packed: R, limits: &Limits) -> Self {
        let at = At::Between(Packed { inner: packed, buffer: vec![0; BUFFER], start: 0, end: 0, taken: 0 });
        Self { at, limits: *limits, dictionary: Vec::new(), given: 0, damage: 0 }
    }

    fn taken(&self) -> u64 {
        match &self.at {
            At::Between(packed) => packed.taken,
            At::Gzip(member) => member.get_ref().taken,
            At::Zstd(member) => member.get_ref().taken,
            At::End => u64::MAX,
        }
    }

    /// Enters the next member; `false` at the end.
    fn enter(&mut self, mut packed: Packed<R>) -> io::Result<bool> {
        loop {
            let start = packed.peek(8)?;
            if start.is_empty() {
                self.at = At::End;
                return Ok(false);
            }
            if start.starts_with(GZIP) {
                self.at = At::Gzip(Box::new(GzDecoder::new(packed)));
                return Ok(true);
            }
            if start.starts_with(ZSTD) {
                let member = Decoder::with_dictionary(packed, &self.dictionary)?.single_frame();
                self.at = At::Zstd(Box::new(member));
                return Ok(true);
            }
            let is_frame = start.get(1..4) == Some(&DICTIONARY[1..]) && start[0] & 0xf0 == 0x50;
            if let Some(length) = start.get(4..8).filter(|_| is_frame) {
                let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
                self.skippable(&mut packed, length)?;
                continue;
            }
            // Zeros pad the end of some files; anything else is what a damaged member left.
            packed.seek_member(self.damage > 0)?;
        }
    }

    fn skippable(&mut self, packed: &mut Packed<R>, length: usize) -> io::Result<()> {
        let is_dictionary = packed.peek(4)? == DICTIONARY && self.dictionary.is_empty() && packed.taken == 0;
        packed.consume(8);
        if !is_dictionary || length > LARGEST_DICTIONARY {
            return io::copy(&mut packed.take(length as u64), &mut io::sink()).map(|_| ());
        }
        let mut bytes = Vec::new();
        packed.take(length as u64).read_to_end(&mut bytes)?;
        self.dictionary = if bytes.starts_with(ZSTD) {
            let mut unpacked = Vec::new();
            Decoder::new(&*bytes)?.take(LARGEST_DICTIONARY as u64).read_to_end(&mut unpacked)?;
            unpacked
        } else {
            bytes
        };
        Ok(())
    }

    /// Leaves the member, whole or damaged.
    fn leave(&mut self) {
        self.at = match std::mem::replace(&mut self.at, At::End) {
            At::Gzip(member) => At::Between(member.into_inner()),
            At::Zstd(member) => At::Between(member.finish()),
            other => other,
        };
    }
}

impl<R: Read> Read for Unpack<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = match std::mem::replace(&mut self.at, At::End) {
                At::End => return Ok(0),
                At::Between(packed) => {
                    if !self.enter(packed)? {
                        return Ok(0);
                    }
                    continue;
                }
                At::Gzip(mut member) => {
                    let read = member.read(buffer);
                    self.at = At::Gzip(member);
                    read
                }
                At::Zstd(mut member) => {
                    let read = member.read(buffer);
                    self.at = At::Zstd(member);
                    read
                }
            };
            match read {
                Ok(0) if !buffer.is_empty() => self.leave(),
                Ok(count) => {
                    self.given += count as u64;
                    if self.given > self.limits.unpacked(self.taken()) {
                        self.at = At::End;
                        return Err(io::Error::other(Bomb));
                    }
                    return Ok(count);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => return Err(error),
                Err(error) => {
                    self.damage += 1;
                    self.leave();
                    if self.damage > MOST_DAMAGE {
                        self.at = At::End;
                    }
                    // Zstandard says `Other` of damage, which elsewhere means the disk.
                    let kind =
                        if error.kind() == ErrorKind::UnexpectedEof { error.kind() } else { ErrorKind::InvalidData };
                    return Err(io::Error::new(kind, Damage(error)));
                }
            }
        }
    }
}

/// The packed bytes, counted, of which some can be looked at before they are taken.
struct Packed<R> {
    inner: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    taken: u64,
}

impl<R: Read> Packed<R> {
    /// The next `count` bytes, or fewer at the end.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.end - self.start < count {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
            while self.end < count {
                match self.inner.read(&mut self.buffer[self.end..]) {
                    Ok(0) => break,
                    Ok(more) => self.end += more,
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(&self.buffer[self.start..self.end.min(self.start + count)])
    }

    /// Goes on to what may be the start of a member. What is passed over on the way must be padding, unless a damaged
    /// member came before.
    fn seek_member(&mut self, is_damaged: bool) -> io::Result<()> {
        loop {
            let ahead = self.fill_buf()?;
            if ahead.is_empty() {
                return Ok(());
            }
            let starts = |at: &usize| [GZIP[0], ZSTD[0]].contains(&ahead[*at]);
            let skipped = (0..ahead.len()).find(starts).unwrap_or(ahead.len());
            let is_padding = ahead[..skipped].iter().all(|byte| *byte == 0);
            if !is_padding && !is_damaged {
                self.consume(skipped.max(1));
                return Err(io::Error::new(ErrorKind::InvalidData, "something that is not packed stands in between"));
            }
            self.consume(skipped);
            let start = self.peek(4)?;
            if start.is_empty() || start.starts_with(GZIP) || start.starts_with(ZSTD) {
                return Ok(());
            }
            self.consume(1);
        }
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Packed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, self.inner.read(&mut self.buffer)?);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
        self.taken += count as u64;
    }
}
