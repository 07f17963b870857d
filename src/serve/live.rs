//! Pages that are open in browsers: each is told when it is another page now, when only styles are, and what is wrong.

use super::site::{self, Answer};
use crate::diagnostic::{Diagnostic, Severity};
use crate::run::session::Snapshot;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde_json::json;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::sync::watch::Receiver;

/// The site as it stands, and what is wrong with it.
#[derive(Clone)]
pub(super) struct State {
    pub(super) site: Arc<Snapshot>,
    pub(super) problems: Arc<Vec<Problem>>,
    /// Counts changes of style sheets, and of other files that pages use.
    pub(super) styles: u64,
    pub(super) files: u64,
}

/// Something that is wrong, with the lines of the file around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) what: Diagnostic,
    /// Numbered lines; empty where the file is not at hand.
    pub(super) lines: Vec<(u32, String)>,
}

impl Problem {
    fn json(&self) -> serde_json::Value {
        let Diagnostic { place, severity, message, hint } = &self.what;
        let severity = if *severity == Severity::Error { "error" } else { "warning" };
        json!({
            "file": place.file, "line": place.line, "column": place.column, "place": place.to_string(),
            "severity": severity, "message": message, "hint": hint, "lines": self.lines,
        })
    }
}

/// A page that is open in a browser.
struct Client {
    states: Receiver<State>,
    /// The address that the page has there, and the tag that it came with.
    page: String,
    tag: String,
    told: Option<(Arc<Vec<Problem>>, u64, u64)>,
    events: VecDeque<Event>,
}

/// What a page listens to.
pub(super) fn listen(
    states: Receiver<State>,
    page: String,
    tag: String,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let client = Client { states, page, tag, told: None, events: VecDeque::new() };
    Sse::new(stream::unfold(client, next)).keep_alive(KeepAlive::default())
}

async fn next(mut client: Client) -> Option<(Result<Event, Infallible>, Client)> {
    loop {
        if let Some(event) = client.events.pop_front() {
            return Some((Ok(event), client));
        }
        if client.told.is_some() {
            client.states.changed().await.ok()?;
        }
        let state = client.states.borrow_and_update().clone();
        client.look(state).await;
    }
}

impl Client {
    async fn look(&mut self, state: State) {
        let first = self.told.is_none();
        let (problems, styles, files) = self.told.take().unwrap_or((Arc::default(), state.styles, state.files));
        if first || *problems != *state.problems {
            let json: Vec<serde_json::Value> = state.problems.iter().map(Problem::json).collect();
            self.events.push_back(Event::default().event("problems").data(json!(json).to_string()));
        }
        let (page, site) = (self.page.clone(), state.site.clone());
        let now = tokio::task::spawn_blocking(move || site::look_up(&site, &page)).await;
        let reload = match now {
            // What is on the screen is worth more than a page that says that there is none now.
            Ok(Answer::Page { missing: true, tag, .. }) => tag != self.tag && state.problems.is_empty(),
            Ok(Answer::Page { tag, .. }) => {
                let other = tag != self.tag || files != state.files;
                self.tag = tag;
                other
            }
            _ => false,
        };
        if reload {
            self.events.push_back(Event::default().event("reload").data("page"));
        } else if styles != state.styles {
            self.events.push_back(Event::default().event("styles").data(state.styles.to_string()));
        }
        self.told = Some((state.problems, state.styles, state.files));
    }
}
