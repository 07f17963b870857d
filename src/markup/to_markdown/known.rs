//! Parts of a page that are known for what they are, whatever elements they are made of.

use super::blocks::Marker;
use super::{Close, Kind, NodeId, Tag, Writer};

/// What who knows how a page was made can tell of one of its nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// A figure: its image element, and the words under it.
    Figure {
        /// The image element.
        picture: NodeId,
        /// The words under it.
        caption: String,
    },
    /// A quotation and who said it.
    Quote {
        /// What was said.
        text: String,
        /// Who said it; may be empty.
        speaker: String,
    },
    /// A box beside the text, which is set apart from it.
    Aside,
    /// What its element says of it is only its look.
    Plain,
}

impl Writer<'_> {
    /// Whether it is known what a node is.
    pub(super) fn is_known(&self, id: NodeId) -> bool {
        self.part.known.is_some_and(|known| known.contains_key(&id))
    }

    /// Writes what is known of a node; as [`Writer::enter`].
    pub(super) fn known(&mut self, known: &Known, tag: Tag) -> Option<Close> {
        if !tag.is_block() && *known == Known::Plain {
            return Some(Close::Nothing);
        }
        self.end_paragraph();
        match known {
            Known::Figure { picture, caption } => {
                let figure = self.draw(*picture, caption);
                self.figures.extend(figure);
                self.end_paragraph();
                None
            }
            Known::Quote { text, speaker } => {
                self.settle_crosshead(true);
                self.blocks.open(Marker::Quote);
                self.inline.text(text);
                self.end_paragraph();
                if !speaker.is_empty() {
                    self.kind = Kind::Speaker;
                    self.inline.text(speaker);
                    self.end_paragraph();
                    self.kind = Kind::Plain;
                }
                self.blocks.close();
                None
            }
            Known::Aside => {
                self.settle_crosshead(true);
                self.blocks.open(Marker::Quote);
                Some(Close::Container)
            }
            Known::Plain => Some(Close::Block),
        }
    }
}
