//! Random edits of what a site is made from.

use super::inputs::Inputs;
use super::rng::Rng;
use super::story::SECTIONS;
use super::themes;

/// Does one random edit; says which.
pub(crate) fn edit(inputs: &mut Inputs, rng: &mut Rng) -> String {
    match rng.below(40) {
        0..=3 => inputs.add_article(rng),
        4..=6 => with_any(inputs, rng, |inputs, path, _| {
            inputs.articles.remove(path);
            format!("delete {path}")
        }),
        7..=9 => with_any(inputs, rng, rename),
        10..=24 => with_any(inputs, rng, change),
        25 => with_any(inputs, rng, copy),
        26 => with_any(inputs, rng, swap),
        27 => many(inputs, rng),
        28..=30 => inputs.settings.change(rng),
        31..=34 => inputs.change_file(rng),
        _ => themes::change(inputs, rng),
    }
}

fn with_any(inputs: &mut Inputs, rng: &mut Rng, edit: impl Fn(&mut Inputs, &str, &mut Rng) -> String) -> String {
    match inputs.any(rng) {
        Some(path) => edit(inputs, &path, rng),
        None => inputs.add_article(rng),
    }
}

fn change(inputs: &mut Inputs, path: &str, rng: &mut Rng) -> String {
    let Some(mut article) = inputs.articles.remove(path) else { return String::new() };
    let what = inputs.make(rng).change(&mut article);
    inputs.articles.insert(path.to_owned(), article);
    format!("{what} of {path}")
}

/// Another file name in the same folder, or another section.
fn rename(inputs: &mut Inputs, path: &str, rng: &mut Rng) -> String {
    let Some(mut article) = inputs.articles.remove(path) else { return String::new() };
    let section = rng.pick(&SECTIONS);
    let new = match rng.below(3) {
        0 => path.replace(".md", "a.md"),
        1 => inputs.make(rng).path(section),
        _ => {
            article.front.section = (!rng.chance(30)).then(|| section.to_owned());
            path.to_owned()
        }
    };
    inputs.articles.insert(new.clone(), article);
    format!("move {path} to {new} in {section}")
}

/// The same text once more, as a story that was run again.
fn copy(inputs: &mut Inputs, path: &str, rng: &mut Rng) -> String {
    let article = inputs.articles[path].clone();
    let section = rng.pick(&SECTIONS);
    let to = inputs.make(rng).path(section);
    inputs.articles.insert(to.clone(), article);
    format!("copy {path} to {to}")
}

/// Two articles change places.
fn swap(inputs: &mut Inputs, path: &str, rng: &mut Rng) -> String {
    let Some(other) = inputs.any(rng) else { return String::new() };
    let (one, two) = (inputs.articles[path].clone(), inputs.articles[&other].clone());
    inputs.articles.insert(path.to_owned(), two);
    inputs.articles.insert(other.clone(), one);
    format!("swap {path} and {other}")
}

/// Changes many articles at once.
fn many(inputs: &mut Inputs, rng: &mut Rng) -> String {
    let paths: Vec<String> = inputs.articles.keys().cloned().collect();
    let chosen: Vec<String> = paths.into_iter().filter(|_| rng.chance(40)).collect();
    match rng.below(4) {
        0 => {
            let count = 5 + rng.below(12);
            (0..count).for_each(|_| _ = inputs.add_article(rng));
            format!("add {count} articles")
        }
        1 => {
            inputs.articles.retain(|path, _| !chosen.contains(path));
            format!("delete {} articles", chosen.len())
        }
        2 => {
            for path in &chosen {
                change(inputs, path, rng);
            }
            format!("change {} articles", chosen.len())
        }
        _ => {
            let tag = rng.pick(&["bells", "Harbour", "news"]).to_owned();
            for (_, article) in inputs.articles.iter_mut().filter(|(path, _)| chosen.contains(path)) {
                article.front.tags = vec![tag.clone()];
            }
            format!("tag {} articles {tag}", chosen.len())
        }
    }
}
