//! A document of JSON that is a list of objects, or has one somewhere in objects, cut into those objects as it is read.
//!
//! Only brackets and quotes are looked at; what an object says is for whoever converts it.

use std::io::{self, BufRead};

/// Deepest objects around the list; answers of servers have two or three.
const DEEPEST: usize = 16;

/// What is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Outside the list; so many objects are open.
    Before,
    /// In a list of which nothing is known yet.
    Opened,
    /// Between the objects of the list.
    Between,
    /// In an object of the list.
    Inside,
    /// In something that is passed over: another list, or a value that is no object.
    Beside,
}

/// The objects of the first list of objects that is in no other list.
pub(super) struct List<'r> {
    input: &'r mut dyn BufRead,
    /// Most bytes of an object; of one that is longer a few more than those are kept.
    most: u64,
    state: State,
}

/// Where in the document the next byte is.
struct State {
    place: Place,
    /// Objects around the list that are open.
    around: usize,
    /// Brackets that are open in what is being read.
    depth: usize,
    is_quoted: bool,
    is_escaped: bool,
}

impl<'r> List<'r> {
    pub(super) fn new(input: &'r mut dyn BufRead, most: u64) -> Self {
        let state = State { place: Place::Before, around: 0, depth: 0, is_quoted: false, is_escaped: false };
        Self { input, most, state }
    }

    /// The next object; `None` where the list ends. The last one may be cut short.
    ///
    /// # Errors
    /// Where the source cannot be read.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut object = Vec::new();
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(Some(object).filter(|object| !object.is_empty()));
            }
            let mut used = 0;
            let mut ended = None;
            while let Some(byte) = buffer.get(used).copied() {
                let start = used;
                used += 1;
                if self.state.is_quoted {
                    used = start + self.state.quoted(&buffer[start..]);
                } else {
                    ended = self.state.step(byte);
                }
                let is_kept = self.state.place == Place::Inside || ended == Some(false);
                if is_kept && object.len() as u64 <= self.most {
                    object.extend_from_slice(&buffer[start..used]);
                }
                if ended.is_some() {
                    break;
                }
            }
            self.input.consume(used);
            match ended {
                Some(true) => return Ok(None),
                Some(false) => return Ok(Some(object)),
                None => {}
            }
        }
    }
}

impl State {
    /// How many bytes of a text in quotes there are up to its end.
    fn quoted(&mut self, bytes: &[u8]) -> usize {
        if std::mem::take(&mut self.is_escaped) {
            return 1;
        }
        match memchr::memchr2(b'"', b'\\', bytes) {
            Some(at) if bytes[at] == b'"' => {
                self.is_quoted = false;
                at + 1
            }
            Some(at) => {
                self.is_escaped = true;
                at + 1
            }
            None => bytes.len(),
        }
    }

    /// Takes a byte outside quotes; whether it ends the list, or else an object of it.
    fn step(&mut self, byte: u8) -> Option<bool> {
        let Self { place, around, depth, is_quoted, .. } = self;
        *is_quoted = byte == b'"';
        match (*place, byte) {
            (Place::Before, b'{') => *around += 1,
            (Place::Before, b'}') => *around = around.saturating_sub(1),
            (Place::Before, b'[') if *around <= DEEPEST => *place = Place::Opened,
            // A list among the objects is none of them, which is said of it when it is converted.
            (Place::Opened | Place::Between, b'{') | (Place::Between, b'[') => (*place, *depth) = (Place::Inside, 1),
            (Place::Between, b']') => return Some(true),
            (Place::Opened, b']') => *place = Place::Before,
            (Place::Opened, byte) if !byte.is_ascii_whitespace() => {
                (*place, *depth) = (Place::Beside, 1 + usize::from(byte == b'['));
            }
            (Place::Inside | Place::Beside, b'{' | b'[') => *depth += 1,
            (Place::Inside | Place::Beside, b'}' | b']') => {
                *depth = depth.saturating_sub(1);
                if *depth == 0 {
                    let is_object = *place == Place::Inside;
                    *place = if is_object { Place::Between } else { Place::Before };
                    return is_object.then_some(false);
                }
            }
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::List;
    use std::io::{BufReader, Cursor};

    fn objects(text: &str) -> Vec<String> {
        // A small buffer, so that every place is at its end once.
        let mut input = BufReader::with_capacity(3, Cursor::new(text.as_bytes()));
        let mut list = List::new(&mut input, 20);
        std::iter::from_fn(|| list.next().unwrap()).map(|object| String::from_utf8(object).unwrap()).collect()
    }

    #[test]
    fn objects_are_cut_out_of_lists() {
        let cases: [(&str, &[&str]); 7] = [
            (r#"[{"a":1}, {"b":["]",{}]}]"#, &[r#"{"a":1}"#, r#"{"b":["]",{}]}"#]),
            (r#"{"n":[1,[2]],"m":[],"x":{"list":[{"a":"}\""}]},"z":[{"c":1}]}"#, &[r#"{"a":"}\""}"#]),
            (r#"[{"a":1},{"b":"cut"#, &[r#"{"a":1}"#, r#"{"b":"cut"#]),
            ("[1, 2]", &[]),
            (r#"{"a":"[{"}"#, &[]),
            (r#"[ "x", {"a":1} ]"#, &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(objects(text), expected, "{text}");
        }
        assert_eq!(objects(r#"[{"a":"0123456789012345678901234567890"},{"b":1}]"#)[1], r#"{"b":1}"#);
    }
}
