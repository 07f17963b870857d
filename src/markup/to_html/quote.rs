//! Block quotes, and among them pull quotes: those that end with `— speaker`.

use super::Writer;

const PULL_QUOTE: &str = "<figure class=\"pull-quote\">";

/// A block quote that is being written.
pub(super) struct Quote {
    /// Where its tag begins.
    start: usize,
    /// How many blocks are open inside it, itself included.
    blocks: u32,
    /// Where its latest paragraph begins, and the latest line of that; `None` if another block came after it.
    paragraph: Option<usize>,
    line: usize,
}

impl Writer<'_, '_> {
    pub(super) fn quote_starts(&mut self) {
        self.block_starts();
        self.fresh_line();
        let start = self.out.len();
        self.out.push_str("<blockquote>\n");
        self.blocks += 1;
        self.quotes.push(Quote { start, blocks: self.blocks, paragraph: None, line: 0 });
    }

    /// The quote that is the innermost open block, if it is one.
    fn innermost_quote(&mut self) -> Option<&mut Quote> {
        let blocks = self.blocks;
        self.quotes.last_mut().filter(|quote| quote.blocks == blocks)
    }

    /// A block begins; a speaker's line before it was not the last.
    pub(super) fn block_starts(&mut self) {
        if let Some(quote) = self.innermost_quote() {
            quote.paragraph = None;
        }
    }

    /// A paragraph begins here.
    pub(super) fn quote_paragraph(&mut self) {
        let here = self.out.len();
        if let Some(quote) = self.innermost_quote() {
            quote.paragraph = Some(here);
        }
    }

    /// A line begins here. One inside emphasis or a link is no speaker's.
    pub(super) fn quote_line(&mut self) {
        let here = self.out.len();
        if self.inlines == 0
            && let Some(quote) = self.innermost_quote()
        {
            quote.line = here;
        }
    }

    pub(super) fn quote_ends(&mut self) {
        self.blocks = self.blocks.saturating_sub(1);
        let speaker = self.quotes.pop().and_then(|quote| Some((self.take_speaker(&quote)?, quote)));
        let Some((speaker, quote)) = speaker else {
            self.out.push_str("</blockquote>\n");
            return;
        };
        self.out.insert_str(quote.start, PULL_QUOTE);
        self.out.push_str("</blockquote><figcaption>");
        self.out.push_str(&speaker);
        self.out.push_str("</figcaption></figure>\n");
    }

    /// Takes the speaker's line off the end of a quote; `None`, and nothing taken, where it has none or nothing else.
    fn take_speaker(&mut self, quote: &Quote) -> Option<String> {
        let paragraph = quote.paragraph?;
        let speaker = self.out.get(quote.line..)?.strip_prefix("— ")?.strip_suffix("</p>\n")?.trim().to_owned();
        let alone = quote.line == paragraph + "<p>".len();
        let first = paragraph == quote.start + "<blockquote>\n".len();
        if speaker.is_empty() || (alone && first) {
            return None;
        }
        self.out.truncate(if alone { paragraph } else { quote.line });
        if !alone {
            let text = self.out.trim_end_matches('\n').trim_end_matches("<br>").len();
            self.out.truncate(text);
            self.out.push_str("</p>\n");
        }
        Some(speaker)
    }
}
