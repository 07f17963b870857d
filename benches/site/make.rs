//! The archive on the disk.

use crate::generate::Generator;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Makes `dir/content` with `count` articles, unless it is there already.
pub(crate) fn archive(dir: &Path, count: usize) {
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
    let generator = Generator::new(1, count);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for part in 0..threads {
            let generator = &generator;
            scope.spawn(move || {
                let mut made = HashSet::new();
                for i in (count * part / threads)..(count * (part + 1) / threads) {
                    let (path, article, _) = generator.article(i);
                    let path = dir.join("content").join(path);
                    let folder = path.parent().unwrap();
                    if made.insert(folder.to_owned()) {
                        fs::create_dir_all(folder).unwrap();
                    }
                    fs::write(&path, article.to_text()).unwrap();
                }
            });
        }
    });
    fs::write(mark, wanted).unwrap();
    println!("made {count} articles in {:.1} s", start.elapsed().as_secs_f64());
}

/// Writes `dir/site.toml`.
pub(crate) fn settings(dir: &Path, related: usize) {
    let settings = format!(
        "title = \"Saltmere Gazette\"\nbase_url = \"https://gazette.example\"\ntimezone = \"Europe/London\"\n\n\
         [related]\ncount = {related}\n"
    );
    fs::write(dir.join("site.toml"), settings).unwrap();
}
