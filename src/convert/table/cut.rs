//! Where rows of a table end: at the end of a line that is not within quotes.

use crate::convert::rows::read_line;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// The rows of a table, in order.
pub(super) struct Rows<'r> {
    input: &'r mut dyn BufRead,
    sign: u8,
    /// Longest row, in bytes.
    most: u64,
    /// What was read and turned out to be behind the row.
    ahead: VecDeque<u8>,
    count: u64,
}

impl<'r> Rows<'r> {
    pub(super) fn new(input: &'r mut dyn BufRead, sign: u8, most: u64) -> Self {
        Self { input, sign, most, ahead: VecDeque::new(), count: 0 }
    }

    /// How many rows there were so far.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The next row with its end. Where quotes do not end, it is the first line of what they would hold.
    ///
    /// # Errors
    /// Where the source cannot be read.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut row, mut first_line, mut is_open) = (Vec::new(), 0, false);
        loop {
            let start = row.len();
            let read = self.line(&mut row)?;
            if read == 0 && row.is_empty() {
                return Ok(None);
            }
            if start == 0 {
                first_line = row.len();
            }
            is_open = is_open_after(&row[start..], is_open, self.sign);
            let is_endless = read == 0 || (row.len() as u64 > self.most && start > 0);
            if is_open && is_endless {
                let behind = row.split_off(first_line);
                let later = std::mem::take(&mut self.ahead);
                self.ahead = behind.into();
                self.ahead.extend(later);
            }
            if !is_open || is_endless {
                self.count += 1;
                return Ok(Some(row));
            }
        }
    }

    fn line(&mut self, row: &mut Vec<u8>) -> io::Result<usize> {
        let before = row.len();
        if !self.ahead.is_empty() {
            (&mut self.ahead).take(self.most.saturating_add(2)).read_until(b'\n', row)?;
        }
        if row.len() == before || (self.ahead.is_empty() && row.last() != Some(&b'\n')) {
            read_line(self.input, self.most, row)?;
        }
        Ok(row.len() - before)
    }
}

/// Whether quotes are open at the end of a line, or of more of a row; it begins the row, unless they are open before it.
pub(super) fn is_open_after(line: &[u8], mut is_open: bool, sign: u8) -> bool {
    let mut at = 0;
    while let Some(found) = line.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
        let here = at + found;
        at = here + 1;
        if !is_open {
            // Only at the start of a value; elsewhere it is a sign as others.
            is_open = here == 0 || line[here - 1] == sign;
        } else if line.get(at) == Some(&b'"') {
            at += 1;
        } else {
            is_open = false;
        }
    }
    is_open
}

#[cfg(test)]
mod tests {
    use super::Rows;
    use std::io::Cursor;

    fn rows(text: &str, most: u64) -> Vec<String> {
        let mut input = Cursor::new(text.as_bytes());
        let mut rows = Rows::new(&mut input, b',', most);
        std::iter::from_fn(|| rows.next().ok().flatten())
            .map(|row| String::from_utf8_lossy(&row).into_owned())
            .collect()
    }

    #[test]
    fn lines_in_quotes_stay_in_their_row() {
        let text = "1,\"a\nb \"\"c\"\"\nd\",x\n2,5\" pipe,y\n3,z";
        assert_eq!(rows(text, 1000), ["1,\"a\nb \"\"c\"\"\nd\",x\n", "2,5\" pipe,y\n", "3,z"]);
    }

    #[test]
    fn quotes_without_an_end_cost_their_row_alone() {
        assert_eq!(rows("1,\"a\n2,b\n3,c\n", 1000), ["1,\"a\n", "2,b\n", "3,c\n"]);
        assert_eq!(rows("1,\"a\n2,b\n3,c\n4,d\n", 8), ["1,\"a\n", "2,b\n", "3,c\n", "4,d\n"]);
        assert_eq!(rows("1,aaaaaaaaaaaaaaaa\n2,b\n", 8), ["1,aaaaaaaa", "2,b\n"]);
    }
}
