//! HTML → its blocks of text, as a reader sees them: for accounts of what a text holds.

use super::tree::{Attribute, NodeId, Tag, Tree};

/// A stretch of text that stands on lines of its own, or a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The innermost block element around it; [`Tag::Img`] for a picture.
    pub tag: Tag,
    /// Its text on one line; of a picture what it shows, or else its address.
    pub text: String,
}

/// The blocks of a piece of HTML, in its order. Scripts, styles and empty elements hold none.
pub fn blocks(html: &str) -> Vec<Block> {
    let tree = Tree::parse(html);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Vec<(NodeId, Tag)> = Vec::new();
    let mut text = String::new();
    for id in 1..tree.len() as NodeId {
        while open.last().is_some_and(|(end, _)| *end <= id) {
            end(&mut blocks, &open, &mut text);
            open.pop();
        }
        match tree.tag(id) {
            Tag::Text => {
                // Blogs part paragraphs by blank lines alone.
                for (number, part) in tree.text(id).split("\n\n").enumerate() {
                    if number > 0 {
                        end(&mut blocks, &open, &mut text);
                    }
                    text.push_str(part);
                }
            }
            Tag::Br => text.push(' '),
            Tag::Img => {
                let [alt, src] = [Attribute::Alt, Attribute::Src].map(|name| tree.attribute_or_empty(id, name));
                let shown = if alt.is_empty() { src } else { alt };
                if !shown.is_empty() {
                    end(&mut blocks, &open, &mut text);
                    blocks.push(Block { tag: Tag::Img, text: shown.to_owned() });
                }
            }
            tag if tag.is_block() => {
                end(&mut blocks, &open, &mut text);
                open.push((tree.end(id), tag));
            }
            _ => {}
        }
    }
    end(&mut blocks, &open, &mut text);
    blocks
}

/// Ends the block that is begun, if it has any text.
fn end(blocks: &mut Vec<Block>, open: &[(NodeId, Tag)], text: &mut String) {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.clear();
    if !line.is_empty() {
        blocks.push(Block { tag: open.last().map_or(Tag::Document, |(_, tag)| *tag), text: line });
    }
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn blocks_are_what_stands_on_its_own_lines() {
        let html = "Mud &amp; <b>sand</b>\n\nAnd more<p>One<br>two <img src=a.jpg alt='The quay'> three</p><ul><li>four</li></ul>";
        let found: Vec<_> = blocks(html).into_iter().map(|block| format!("{:?} {}", block.tag, block.text)).collect();
        assert_eq!(found, ["Body Mud & sand", "Body And more", "P One two", "Img The quay", "P three", "Li four"]);
    }
}
