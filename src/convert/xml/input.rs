//! The bytes of a document of any size, a window at a time, in an encoding in which the signs of XML are those of ASCII.

use crate::convert::unpack::goes_on;
use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, ErrorKind};

/// How much is read at once; bytes.
const CHUNK: usize = 256 << 10;
/// How much tells the encoding; bytes.
const LOOK: usize = 64 << 10;
/// After so many failures nothing is tried any more.
const MOST_FAILURES: usize = 1000;

/// What is read, of which any part from `start` on can be looked at and nothing before it.
pub(super) struct Input<'r> {
    reader: &'r mut dyn BufRead,
    buffer: Vec<u8>,
    start: usize,
    is_done: bool,
    wide: Option<Wide>,
    /// The encoding of what the window shows, as the document declares it; empty where it does not.
    pub(super) charset: String,
    /// What went wrong on the way, the newest last.
    pub(super) failures: Vec<io::Error>,
}

impl<'r> Input<'r> {
    pub(super) fn new(reader: &'r mut dyn BufRead) -> Self {
        let mut input = Self {
            reader,
            buffer: Vec::new(),
            start: 0,
            is_done: false,
            wide: None,
            charset: String::new(),
            failures: Vec::new(),
        };
        while input.buffer.len() < LOOK && input.more() {}
        input.wide = Wide::of(&input.buffer);
        if let Some(wide) = &mut input.wide {
            let raw = std::mem::take(&mut input.buffer);
            wide.decode(&raw, input.is_done, &mut input.buffer);
            "utf-8".clone_into(&mut input.charset);
        } else {
            let start = input.buffer.get(..LOOK).unwrap_or(&input.buffer);
            let charset = super::declared(start).or_else(|| crate::convert::decode::guessed_label(start));
            charset.unwrap_or_default().clone_into(&mut input.charset);
        }
        if input.buffer.starts_with(b"\xef\xbb\xbf") {
            "utf-8".clone_into(&mut input.charset);
            input.start = 3;
        }
        input
    }

    /// What is there of the rest.
    pub(super) fn window(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Goes on by `count` bytes.
    pub(super) fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.buffer.len());
    }

    /// Makes the window longer; `false` at the end.
    pub(super) fn more(&mut self) -> bool {
        if self.is_done {
            return false;
        }
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let mut room = CHUNK;
        let mut got = false;
        while room > 0 && !self.is_done {
            let (read, error) = match self.reader.fill_buf() {
                Ok(read) => (read, None),
                Err(error) => (&[][..], Some(error)),
            };
            let count = read.len().min(room);
            match (&mut self.wide, error) {
                (_, Some(error)) if error.kind() == ErrorKind::Interrupted => continue,
                (_, Some(error)) => {
                    self.is_done = !goes_on(&error) || self.failures.len() > MOST_FAILURES;
                    self.failures.push(error);
                    continue;
                }
                (Some(wide), None) => wide.decode(&read[..count], count == 0, &mut self.buffer),
                (None, None) => self.buffer.extend_from_slice(&read[..count]),
            }
            self.reader.consume(count);
            self.is_done |= count == 0;
            got |= count > 0;
            room -= count;
        }
        got
    }
}

/// An encoding of two or four bytes a sign.
enum Wide {
    Two(Box<Decoder>),
    Four { is_big: bool, rest: Vec<u8> },
}

impl Wide {
    fn of(start: &[u8]) -> Option<Self> {
        if let Some(is_big) = super::is_utf_32(start) {
            return Some(Self::Four { is_big, rest: Vec::new() });
        }
        let encoding = match start {
            [0xff, 0xfe, ..] => Some(UTF_16LE),
            [0xfe, 0xff, ..] => Some(UTF_16BE),
            start => crate::convert::decode::utf_16(start),
        };
        encoding.map(|encoding| Self::Two(Box::new(encoding.new_decoder_with_bom_removal())))
    }

    /// Appends what `bytes` mean as UTF-8.
    fn decode(&mut self, bytes: &[u8], is_last: bool, out: &mut Vec<u8>) {
        match self {
            Self::Two(decoder) => {
                let most = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
                let before = out.len();
                out.resize(before + most, 0);
                let (result, _, written, _) = decoder.decode_to_utf8(bytes, &mut out[before..], is_last);
                debug_assert_eq!(result, CoderResult::InputEmpty, "there was room for all");
                out.truncate(before + written);
            }
            Self::Four { is_big, rest } => {
                rest.extend_from_slice(bytes);
                let whole = if is_last { rest.len() } else { rest.len() / 4 * 4 };
                let text = super::from_utf_32(&rest[..whole], *is_big);
                out.extend_from_slice(text.as_bytes());
                rest.drain(..whole);
            }
        }
    }
}
