//! The tag names that decide how a page nests.

/// The first eight letters of a tag name in lower case: enough to tell all that matter here apart.
pub(super) type Name = u64;

const fn name(text: &str) -> Name {
    let mut letters = [0; 8];
    let mut at = 0;
    while at < text.len() && at < letters.len() {
        letters[at] = text.as_bytes()[at];
        at += 1;
    }
    Name::from_le_bytes(letters)
}

pub(super) const A: Name = name("a");
pub(super) const BODY: Name = name("body");
pub(super) const CAPTION: Name = name("caption");
pub(super) const DD: Name = name("dd");
pub(super) const DT: Name = name("dt");
pub(super) const HTML: Name = name("html");
pub(super) const LI: Name = name("li");
pub(super) const MATH: Name = name("math");
pub(super) const NOBR: Name = name("nobr");
pub(super) const PLAINTEXT: Name = name("plaintext");
pub(super) const SCRIPT: Name = name("script");
pub(super) const STYLE: Name = name("style");
pub(super) const SVG: Name = name("svg");
pub(super) const TABLE: Name = name("table");
pub(super) const TD: Name = name("td");
pub(super) const TEXTAREA: Name = name("textarea");
pub(super) const TH: Name = name("th");
pub(super) const TR: Name = name("tr");

/// What the end tag of something around them does not reach past.
pub(super) const BOUNDARIES: [Name; 9] =
    [name("applet"), CAPTION, name("marquee"), name("object"), name("select"), TABLE, TD, name("template"), TH];
/// What the end tag of a list item does not reach past either.
pub(super) const LISTS: [Name; 2] = [name("ol"), name("ul")];
/// Their content is not markup.
pub(super) const RAW_TEXTS: [Name; 8] =
    [SCRIPT, STYLE, name("xmp"), name("iframe"), name("noembed"), name("noframes"), name("textarea"), name("title")];
/// Elements that have no end tag, and those whose end another start tag implies: they cannot nest by themselves.
pub(super) const VOID: [Name; 23] = [
    name("area"),
    name("base"),
    name("basefont"),
    name("bgsound"),
    name("br"),
    name("col"),
    name("colgroup"),
    name("embed"),
    name("frame"),
    name("head"),
    name("hr"),
    name("image"),
    name("img"),
    name("input"),
    name("keygen"),
    name("link"),
    name("meta"),
    name("p"),
    name("param"),
    name("source"),
    name("tbody"),
    name("track"),
    name("wbr"),
];
/// Those that the parser opens again where they were left open.
pub(super) const FORMATTINGS: [Name; 14] = [
    A,
    name("b"),
    name("big"),
    name("code"),
    name("em"),
    name("font"),
    name("i"),
    NOBR,
    name("s"),
    name("small"),
    name("strike"),
    name("strong"),
    name("tt"),
    name("u"),
];

/// Parts of a drawing that may hold HTML.
pub(super) const FOREIGN_OBJECTS: [Name; 3] = [name("desc"), name("foreignobject"), name("title")];
/// Elements that end a drawing, as no drawing can hold them.
pub(super) const FOREIGN_HTML: [Name; 43] = [
    name("b"),
    name("big"),
    name("blockquote"),
    BODY,
    name("br"),
    name("center"),
    name("code"),
    DD,
    name("div"),
    name("dl"),
    DT,
    name("em"),
    name("embed"),
    name("h1"),
    name("h2"),
    name("h3"),
    name("h4"),
    name("h5"),
    name("h6"),
    name("head"),
    name("hr"),
    name("i"),
    name("img"),
    LI,
    name("listing"),
    name("menu"),
    name("meta"),
    NOBR,
    name("ol"),
    name("p"),
    name("pre"),
    name("ruby"),
    name("s"),
    name("small"),
    name("span"),
    name("strike"),
    name("strong"),
    name("sub"),
    name("sup"),
    TABLE,
    name("tt"),
    name("u"),
    name("ul"),
];

/// A name of at most eight letters as text.
pub(super) fn letters(name: Name) -> String {
    name.to_le_bytes().into_iter().take_while(|letter| *letter != 0).map(char::from).collect()
}

/// The tag name that begins at `at`, and where it ends.
pub(super) fn read_name(bytes: &[u8], at: usize) -> (Name, usize) {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut letters = [0; 8];
    let mut length = 0;
    while let Some(byte) = rest.get(length).filter(|byte| !ends_name(**byte)) {
        if let Some(letter) = letters.get_mut(length) {
            *letter = byte.to_ascii_lowercase();
        }
        length += 1;
    }
    (Name::from_le_bytes(letters), at + length)
}

pub(super) fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}
