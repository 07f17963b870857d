//! How much one document may ask for: what is untrusted must not be able to fill the memory or to never end.

use serde::Deserialize;
use std::fmt;

/// Limits of one document: a file, or a record or member of one. The table `[limits]` of site.toml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Most bytes of a document, in MiB. What holds many documents, as a WARC or a zip archive, may be of any size.
    pub megabytes: u32,
    /// How deep archives may lie in archives.
    pub depth: u8,
    /// How many times its own size something packed may become; what stays below 64 MiB is let through.
    pub ratio: u32,
    /// How long the conversion of a document may take, in seconds. One that takes longer is given up; it is no measure of
    /// sizes, which the other limits are, but of what no one thought of.
    pub seconds: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { megabytes: 64, depth: 4, ratio: 200, seconds: 60 }
    }
}

/// What may always be unpacked, whatever its ratio; bytes.
const ALWAYS: u64 = 64 << 20;

impl Limits {
    /// Most bytes of a document.
    pub fn bytes(&self) -> u64 {
        u64::from(self.megabytes) << 20
    }

    /// Most bytes that `packed` bytes may become.
    pub fn unpacked(&self, packed: u64) -> u64 {
        packed.saturating_mul(u64::from(self.ratio)).max(ALWAYS)
    }
}

/// A limit that was met, as messages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// `megabytes`
    Size,
    /// `depth`
    Depth,
    /// `ratio`
    Ratio,
    /// `seconds`
    Time,
}

impl Limit {
    /// What the matter is.
    pub fn message(self, limits: &Limits) -> String {
        let Limits { megabytes, depth, ratio, seconds } = limits;
        match self {
            Self::Size => format!("is larger than {megabytes} MiB, which is more than any article"),
            Self::Depth => format!("lies more than {depth} archives deep"),
            Self::Ratio => format!("unpacks to more than {ratio} times its size"),
            Self::Time => format!("took more than {seconds} s to convert, so it was given up"),
        }
    }

    /// What to try.
    pub fn hint(self) -> String {
        let what = match self {
            Self::Size => "split it, or leave it out",
            Self::Depth => "unpack it",
            Self::Ratio => "leave it out if it is an attack",
            Self::Time => "leave it out, and report it with the document, for no article should take so long",
        };
        format!("{what}; or raise `{self}` in the table [limits] of site.toml")
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Size => "megabytes",
            Self::Depth => "depth",
            Self::Ratio => "ratio",
            Self::Time => "seconds",
        })
    }
}
