//! Templates that are included and say the same on many pages, as the masthead and the foot.

use super::super::layers::Templates;
use super::super::source::tags;
use crate::page::hashing::hash_of;
use crate::recall::Recall;
use std::collections::BTreeSet;
use std::sync::Arc;
use tera::{Context, Kwargs, Map, State, Tera, TeraResult, Value};

/// The fields of a page that many pages have in common.
const COMMON: [&str; 4] = ["crumbs", "feeds", "here", "kind"];
/// How many texts are kept of each template.
const KEPT: usize = 1 << 10;

/// Finds the templates that may be kept.
pub(super) struct Parts<'a> {
    plain: &'a Arc<Tera>,
    templates: &'a Templates,
    /// Whether `page` and `site` mean the same in all templates.
    plainly_named: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn new(plain: &'a Arc<Tera>, templates: &'a Templates) -> Self {
        let texts = || templates.names().filter_map(|name| templates.text(name));
        let renames = |tag: &str| {
            let binds = tag.starts_with("set") || tag.starts_with("for");
            let name = tag.split(['=', ' ']).skip(1).take_while(|word| *word != "in").collect::<Vec<&str>>();
            binds && name.iter().any(|name| matches!(name.trim_matches(','), "page" | "site"))
        };
        let plainly_named = !texts().any(|text| tags(text).any(|tag| renames(inside(&text[tag]))));
        Self { plain, templates, plainly_named }
    }

    /// The expression that stands for an inclusion; `named` is the template's name in quotes.
    pub(super) fn call(&self, named: &str, quick: &mut Tera) -> Option<String> {
        let name = named.strip_prefix('"')?.strip_suffix('"').filter(|_| self.plainly_named)?;
        let text = self.templates.text(name)?;
        if text.is_empty() {
            return Some("\"\"".to_owned());
        }
        let known = self.plain.get_template_variables(name).ok()?;
        if !known.iter().all(|variable| matches!(*variable, "page" | "site")) {
            return None;
        }
        let mut fields = BTreeSet::new();
        self.fields(name, &mut fields)?;
        let function = format!("__part_{:016x}", hash_of(&name) as u64);
        let arguments: Vec<String> = fields.iter().map(|field| format!("{field}=page.{field}")).collect();
        let expression = format!("{function}({})", arguments.join(", "));
        let (kept, plain, name) = (Recall::new(KEPT), Arc::clone(self.plain), name.to_owned());
        quick.register_function(function, move |named: Kwargs, _: &State<'_>| show(&named, &kept, &plain, &name));
        Some(expression)
    }

    /// Adds the fields of the page that a template and those that it includes name; `None` where one of them is not
    /// among those that many pages have in common, or where a block of it may be filled by another.
    fn fields(&self, name: &str, fields: &mut BTreeSet<&'static str>) -> Option<()> {
        let text = self.templates.text(name)?;
        for tag in tags(text) {
            let tag = inside(&text[tag]);
            if tag.starts_with("block") || tag.starts_with("extends") {
                return None;
            }
            if let Some(included) = tag.strip_prefix("include") {
                self.fields(included.trim().strip_prefix('"')?.strip_suffix('"')?, fields)?;
            }
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            for (at, word) in tag.match_indices("page") {
                let after = &tag[at + word.len()..];
                if tag[..at].ends_with(is_name) || after.starts_with(is_name) {
                    continue;
                }
                let field = after.strip_prefix('.')?;
                let field = &field[..field.find(|c| !is_name(c)).unwrap_or(field.len())];
                fields.insert(COMMON.into_iter().find(|common| *common == field)?);
            }
        }
        Some(())
    }
}

fn inside(tag: &str) -> &str {
    tag.get(2..tag.len().saturating_sub(2)).unwrap_or_default().trim_matches('-').trim()
}

/// The template's text for a page with the fields in `named`.
fn show(named: &Kwargs, kept: &Recall<u128, Value>, plain: &Tera, name: &str) -> TeraResult<Value> {
    let key = named.iter().fold(0, |key, (_, value)| hash_of(&(key, value)));
    if let Some(shown) = kept.get(key as u64, &key) {
        return Ok(shown);
    }
    let mut page = Map::default();
    for (field, value) in named.iter() {
        page.insert(field.clone(), value.clone());
    }
    let mut context = Context::new();
    context.insert_value("page", Value::from(page));
    let shown = Value::safe_string(&plain.render(name, &context)?);
    kept.keep(key as u64, key, shown.clone());
    Ok(shown)
}
