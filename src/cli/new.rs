//! `backfile new`

use super::Outcome;
use crate::diagnostic::Error;
use crate::disk::{walk, write};
use crate::run::settings;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder to make
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

/// What a new site begins with: path below its folder, and text.
const FILES: [(&str, &str); 4] = [
    (
        settings::FILE,
        r#"title = "A new archive"
base_url = "https://archive.example.org"
description = "The back issues of a paper"
language = "en"
timezone = "UTC"

# Raw articles that every build converts where they changed; the format is told by content.
# [[sources]]
# path = "content/_sources"

[menus]
footer = [{ title = "About", url = "/about/" }]
"#,
    ),
    ("content/town/_index.md", "---\ntitle: Town\ndescription: What happened here\nweight: 1\n---\n"),
    (
        "content/town/2000/01-01-the-first-story.md",
        "---\ntitle: The first story\ndate: 2000-01-01\nauthors: [A Reporter]\ntags: [beginnings]\n---\n\n\
         Replace this with a story of your own, or convert what you have: `backfile convert FOLDER`.\n",
    ),
    ("content/pages/about.md", "---\ntitle: About\n---\n\nSay here what this archive holds, and whom to write to.\n"),
];

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let shown = args.dir.display();
    if let Some((taken, _)) = FILES.iter().find(|(path, _)| walk::is_file(&args.dir.join(path))) {
        let message = format!("{} is there already", args.dir.join(taken).display());
        return Err(Error::usage(message, "name a folder that is not there yet, or is empty"));
    }
    for (path, text) in FILES {
        write::replace(&args.dir.join(path), text.as_bytes())?;
    }
    let go = if args.dir.as_os_str() == "." { String::new() } else { format!("cd {shown} && ") };
    let summary = format!("made {shown} with {} files; now: {go}backfile build", FILES.len());
    Ok(Outcome { summary, ..Outcome::default() })
}
