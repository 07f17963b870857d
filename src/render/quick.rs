//! The same templates in a form that takes less time: what stands on many pages is rendered once and kept.
//!
//! Two things are kept. A component that shows a story depends on what it is called with and on nothing else, so what it
//! made of a story serves every page that shows the story in the same way. And a template that is included, and that
//! names nothing of the page but what many pages have in common (`COMMON` of [`parts`]), serves all of those. Calls of either
//! become calls of functions that look first for what they made before.
//!
//! This decides nothing: a page that the quick form cannot render is rendered by the templates as they are, whose errors
//! name the right line.

mod call;
mod parts;
mod stories;

use super::layers::Templates;
use super::source::tags;
use std::sync::Arc;
use tera::Tera;

/// An engine with the templates of `plain` in their quick form; `None` where there is no such form. `set_up` gives it
/// what every engine here has.
pub(super) fn quick(plain: &Arc<Tera>, templates: &Templates, set_up: impl FnOnce(&mut Tera) -> bool) -> Option<Tera> {
    // What a page asks for is noted while it asks: what is kept would not ask again.
    let asks = |text: &str| text.split("stories").skip(1).any(|after| after.trim_start().starts_with('('));
    if templates.names().filter_map(|name| templates.text(name)).any(asks) {
        return None;
    }
    let mut quick = Tera::new();
    if !set_up(&mut quick) {
        return None;
    }
    let mut stories = stories::Stories::new(plain, templates);
    let parts = parts::Parts::new(plain, templates);
    let mut texts = Vec::new();
    for name in templates.names() {
        let text = templates.text(name).unwrap_or_default();
        // What is kept was escaped.
        let escaped = [".html", ".htm", ".xml"].iter().any(|ending| name.ends_with(ending));
        let quickened = rewritten(text, |tag| {
            if !escaped {
                return None;
            }
            match tag.strip_prefix("include") {
                Some(included) => parts.call(included.trim(), &mut quick),
                None => stories.call(tag, &mut quick),
            }
        });
        texts.push((name, quickened));
    }
    quick.add_raw_templates(texts).ok()?;
    Some(quick)
}

/// The text with an expression in place of each tag for which there is one.
fn rewritten(text: &str, mut expression: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for tag in tags(text) {
        let whole = &text[tag.clone()];
        let Some(inside) = whole.get(2..whole.len().saturating_sub(2)) else { continue };
        let Some(expression) = expression(inside.trim_matches('-').trim()) else { continue };
        out.push_str(&text[from..tag.start]);
        out.push_str(if inside.starts_with('-') { "{{- " } else { "{{ " });
        out.push_str(&expression);
        out.push_str(if inside.ends_with('-') { " -}}" } else { " }}" });
        from = tag.end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_rewritten_in_their_places() {
        let text = "a{{- one -}}b{% include \"two\" %}{% raw %}{{ one }}{% endraw %}{{ 'one' }}{{ one";
        let written = rewritten(text, |tag| (tag != "'one'").then(|| format!("[{tag}]")));
        assert_eq!(written, "a{{- [one] -}}b{{ [include \"two\"] }}{{ [raw] }}{{ one }}{% endraw %}{{ 'one' }}{{ one");
    }
}
