//! Leaf: text in and out of Markdown and HTML. Knows no stage, no disk and no archive.

pub mod address;
pub mod blocks;
pub mod conformance;
pub mod escape;
pub mod excerpt;
pub mod links;
pub mod slug;
pub mod to_html;
pub mod to_markdown;
pub mod to_text;
pub mod tree;
pub mod words;
