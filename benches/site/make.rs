//! The archive on the disk.

use crate::generate::Generator;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Makes `dir/content` with the articles of the generator, unless it is there already.
pub(crate) fn archive(dir: &Path, generator: &Generator) {
    let count = generator.count();
    let mark = dir.join("generated.txt");
    let wanted = format!("{count} articles\n");
    match fs::read_to_string(&mark) {
        Ok(found) => {
            assert_eq!(found, wanted, "{} holds another archive: choose another folder", dir.display());
            return;
        }
        Err(_) => assert!(!dir.join("content").exists(), "{}/content is not a generated archive", dir.display()),
    }
    let start = Instant::now();
    write_all(count, |i| {
        let (path, article, _) = generator.article(i);
        (dir.join("content").join(path), article.to_text())
    });
    fs::write(mark, wanted).unwrap();
    println!("made {count} articles in {:.1} s", start.elapsed().as_secs_f64());
}

/// Makes `dir/dumps` with as many text dumps, unless it is there already.
pub(crate) fn dumps(dir: &Path, generator: &Generator) {
    let dumps = dir.join("dumps");
    if !dumps.exists() {
        // Under another name until it is whole.
        let part = dir.join("dumps.part");
        write_all(generator.count(), |i| (part.join(format!("{:03}/{i:07}.txt", i / 1000)), generator.dump(i)));
        fs::rename(part, dumps).unwrap();
    }
}

/// Writes files on all cores.
fn write_all(count: usize, file: impl Fn(usize) -> (PathBuf, String) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for part in 0..threads {
            let file = &file;
            scope.spawn(move || {
                let mut made = HashSet::new();
                for i in (count * part / threads)..(count * (part + 1) / threads) {
                    let (path, text) = file(i);
                    let folder = path.parent().unwrap();
                    if made.insert(folder.to_owned()) {
                        fs::create_dir_all(folder).unwrap();
                    }
                    fs::write(&path, text).unwrap();
                }
            });
        }
    });
}

/// Writes `dir/site.toml`.
pub(crate) fn settings(dir: &Path, related: usize) {
    let settings = format!(
        "title = \"Saltmere Gazette\"\nbase_url = \"https://gazette.example\"\ntimezone = \"Europe/London\"\n\n\
         [related]\ncount = {related}\n"
    );
    fs::write(dir.join("site.toml"), settings).unwrap();
}
