//! Leaf: text in and out of Markdown and HTML. Knows no stage, no disk and no archive.

pub mod escape;
pub mod excerpt;
pub mod slug;
pub mod to_html;
pub mod to_text;
pub mod words;
