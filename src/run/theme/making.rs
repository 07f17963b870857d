//! A new theme.

use super::BUILT_IN;
use crate::diagnostic::Error;
use crate::disk::{walk, write};
use std::path::Path;

/// What a new theme begins with: path below its folder, and text in which `NAME` and `BELOW` stand for names.
const FILES: [(&str, &str); 3] = [
    (
        "theme.toml",
        r##"name = "NAME"
description = "One line about the theme"
extends = "BELOW"
views = 1

# What a site may set under [theme_settings]; `property` hands it to the style sheet.
[settings.NAME_ink]
about = "the colour of rules under headings"
type = "colour"
default = "#345"
property = "--NAME-ink"
"##,
    ),
    (
        "slots/head_end.html",
        r#"{# Goes at the end of every page's head; "next" is what the theme below has here. #}
{% include "next" %}
<link rel="stylesheet" href="{{ asset("NAME.css") }}">
"#,
    ),
    (
        "static/NAME.css",
        r"/* Comes after the style sheet of the theme below: say here what differs. */
h1 {
  border-bottom: 0.2rem solid var(--NAME-ink, #345);
}
",
    ),
];

/// Makes the folder of a theme that stands on `below`.
///
/// # Errors
/// [`Error::Usage`] where the name cannot be one, or is taken, or there is no theme `below`; [`Error::Disk`].
pub fn make(root: &Path, name: &str, below: &str) -> Result<String, Error> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    if name.is_empty() || !name.bytes().all(is_plain) {
        let hint = "small letters, digits and hyphens, as in `backfile theme new harbour`";
        return Err(Error::usage(format!("`{name}` cannot be the name of a theme"), hint));
    }
    let folder = root.join("themes").join(name);
    if name == BUILT_IN || walk::exists(&folder) {
        return Err(Error::usage(format!("there is a theme `{name}` already"), "choose another name"));
    }
    if below != BUILT_IN && !walk::is_folder(&root.join("themes").join(below)) {
        let hint = format!("--extends {BUILT_IN} stands on the built-in theme");
        return Err(Error::usage(format!("there is no theme `{below}`"), hint));
    }
    let key = name.replace('-', "_");
    for (path, text) in FILES {
        let text = text.replace("NAME_ink", &format!("{key}_ink")).replace("NAME", name).replace("BELOW", below);
        write::replace(&folder.join(path.replace("NAME", name)), text.as_bytes())?;
    }
    Ok(format!("made themes/{name} with {} files; now set theme = \"{name}\" in site.toml", FILES.len()))
}
