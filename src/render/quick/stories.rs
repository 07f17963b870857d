//! Components that show a story: what one made of a story is kept.

use super::super::layers::Templates;
use super::call::{component, literal};
use crate::recall::Recall;
use std::sync::Arc;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};
use xxhash_rust::xxh3::xxh3_64;

/// The argument that is the story.
const STORY: &str = "story";
/// How many stories are kept as components showed them: some 15 MB.
const KEPT: usize = 1 << 12;
/// Most arguments that are no literals, beside the story.
const MOST_OPEN: usize = 3;

/// How a component showed a story: which call, where the story lies in memory, and the other arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Showing {
    call: usize,
    story: usize,
    open: [Open; MOST_OPEN],
}

/// An argument of a kind that is compared at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Open {
    #[default]
    None,
    Bool(bool),
    Number(i64),
}

/// What a component made, with the story that it made it of: while that is kept, no other can lie where it lies.
type Kept = Recall<Showing, (Value, Value)>;

/// Finds calls of such components.
pub(super) struct Stories<'a> {
    plain: &'a Arc<Tera>,
    kept: Arc<Kept>,
    /// Whether no component takes anything from where it stands, which may be another value on every page.
    closed: bool,
    calls: usize,
}

/// One place in a template where a component is called.
struct Call {
    number: usize,
    component: String,
    /// Arguments that are the same each time.
    fixed: Vec<(String, Value)>,
    plain: Arc<Tera>,
    kept: Arc<Kept>,
}

impl<'a> Stories<'a> {
    pub(super) fn new(plain: &'a Arc<Tera>, templates: &Templates) -> Self {
        let implicit = |name: &str| {
            let known = plain.get_component_definition(name);
            known.is_none_or(|known| known.args().iter().any(tera::ComponentArg::is_implicit))
        };
        let closed = !templates.components().any(implicit);
        Self { plain, kept: Arc::new(Recall::new(KEPT)), closed, calls: 0 }
    }

    /// The expression that stands for the tag, if it calls a component that shows a story.
    pub(super) fn call(&mut self, tag: &str, quick: &mut Tera) -> Option<String> {
        let (component, arguments) = component(tag).filter(|_| self.closed)?;
        let (open, fixed): (Vec<_>, Vec<_>) =
            arguments.into_iter().partition(|(name, value)| *name == STORY || literal(value).is_none());
        if !open.iter().any(|(name, _)| *name == STORY) || open.len() > MOST_OPEN + 1 {
            return None;
        }
        let call = Call {
            number: self.calls,
            component: component.to_owned(),
            fixed: fixed.into_iter().filter_map(|(name, value)| Some((name.to_owned(), literal(value)?))).collect(),
            plain: Arc::clone(self.plain),
            kept: Arc::clone(&self.kept),
        };
        self.calls += 1;
        let function = format!("__story_{}", call.number);
        let arguments: Vec<String> = open.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let expression = format!("{function}({})", arguments.join(", "));
        quick.register_function(function, move |named: Kwargs, _: &State<'_>| call.show(&named));
        Some(expression)
    }
}

impl Call {
    /// What the component makes of the story in `named`.
    fn show(&self, named: &Kwargs) -> TeraResult<Value> {
        let (mut story, mut open, mut comparable) = (None, [Open::None; MOST_OPEN], true);
        let mut places = open.iter_mut();
        for (name, value) in named.iter() {
            if name.as_str() == Some(STORY) {
                story = Some(value);
            } else if let Some(place) = places.next() {
                match (value.as_bool(), value.as_i64()) {
                    (Some(truth), _) => *place = Open::Bool(truth),
                    (None, Some(number)) => *place = Open::Number(number),
                    _ => comparable = false,
                }
            }
        }
        let map = story.and_then(Value::as_map).ok_or_else(|| Error::message("the story is none"))?;
        let showing = Showing { call: self.number, story: std::ptr::from_ref(map).addr(), open };
        let place = xxh3_64(&[(showing.story as u64).to_le_bytes(), (self.number as u64).to_le_bytes()].concat());
        if comparable && let Some((_, shown)) = self.kept.get(place, &showing) {
            return Ok(shown);
        }
        let shown = self.render(named)?;
        if let Some(story) = story.filter(|_| comparable) {
            self.kept.keep(place, showing, (story.clone(), shown.clone()));
        }
        Ok(shown)
    }

    fn render(&self, named: &Kwargs) -> TeraResult<Value> {
        let mut context = Context::new();
        for (name, value) in &self.fixed {
            context.insert_value(name.clone(), value.clone());
        }
        for (name, value) in named.iter() {
            context.insert_value(name.as_str().unwrap_or_default().to_owned(), value.clone());
        }
        let text = self.plain.render_component(&self.component, &context, None, true)?;
        Ok(Value::safe_string(&text))
    }
}
