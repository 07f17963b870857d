//! `backfile serve`: the site as it stands, on this machine only, and again with every change.
//!
//! The site is a [`Session`] in memory, and a page is made when a browser asks for it: so the page that is looked at comes
//! first, an edit costs what it changes, and nothing is written. Open pages listen ([`live`]); with each change every one of
//! them is made again, and told to load if it is another page than the one it has.
//!
//! [`rebuild`] is the loop from a change to the next site, [`site`] is what browsers see of one, [`answer`] is HTTP, and
//! [`guard`] keeps pages of elsewhere out. Files are watched and read by [`crate::disk`] alone.

mod address;
mod answer;
mod guard;
mod listen;
mod live;
mod rebuild;
mod site;

use crate::diagnostic::{Diagnostic, Error};
use crate::disk::read::Pieces;
use crate::disk::watch::Watch;
use crate::markup::address::decode;
use crate::progress::Progress;
use crate::run::BuildOptions;
use crate::run::session::Session;
use answer::{Bytes, Content};
use axum::Router;
use axum::extract::State as Shared;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use live::State;
use site::Answer;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Stack of a thread that makes pages, in bytes: documents nest as deeply as their authors like.
const STACK: usize = 16 << 20;
/// The address at which pages listen.
const EVENTS: &str = "/.backfile/events";

/// How to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Which articles are shown, and under which address.
    pub build: BuildOptions,
    /// Name or address of this machine to listen on.
    pub host: String,
    /// The first port that is tried; 0 for any.
    pub port: u16,
    /// Whether to open the front page in a browser.
    pub open: bool,
    /// Whether to look at files every second instead of being told of changes.
    pub poll: bool,
}

/// What the person is told while the server runs.
#[derive(Debug)]
pub enum Told {
    /// The port that was asked for is taken.
    PortTaken(u16),
    /// The site is served.
    Ready {
        /// Where.
        url: String,
        /// Articles shown.
        articles: usize,
        /// Pages of the site.
        pages: usize,
        /// How long it took to read it.
        took: Duration,
    },
    /// Something was changed, and the site with it.
    Updated {
        /// What, as a person would say it.
        what: String,
        /// From the change to the new site.
        took: Duration,
    },
    /// All that was wrong is mended.
    Mended,
    /// What is wrong, or worth to know.
    Diagnostics(Vec<Diagnostic>),
}

/// Serves the site at `root` until the process is ended.
///
/// # Errors
/// [`Error::Usage`] where it cannot listen, and those of [`Session::open`]: a site that never could be made.
pub fn serve(
    root: &Path,
    options: &ServeOptions,
    progress: &(dyn Progress + Sync),
    tell: &(dyn Fn(Told) + Sync),
) -> Result<(), Error> {
    let listener = listen::bind(&options.host, options.port, tell)?;
    let watch = Watch::new(options.poll)?;
    let rebuild = rebuild::Rebuild::new(root, &options.build, watch, tell)?;
    let (session, took) = rebuild::timed(|| Session::open(root, &options.build, progress));
    let session = session?;
    let site = session.site();
    let url = listen::url(&listener, &options.host, &site.config().base_path);
    tell(Told::Diagnostics(session.diagnostics().cloned().collect()));
    tell(Told::Ready { url: url.clone(), articles: site.articles(), pages: site.pages().len(), took });
    if options.open && open::that_detached(&url).is_err() {
        let hint = format!("open {url} yourself");
        let place = crate::diagnostic::Place::file("--open");
        tell(Told::Diagnostics(vec![Diagnostic::warning(place, "no browser could be started").hint(hint)]));
    }
    let (sender, states) = watch::channel(State { site, problems: Arc::default(), styles: 0, files: 0 });
    run(listener, Server { states, host: options.host.clone() }, || rebuild.run(session, &sender))
}

/// Answers requests while `rebuild` goes on.
fn run(listener: std::net::TcpListener, server: Server, rebuild: impl FnOnce() + Send) -> Result<(), Error> {
    let cannot = |error: std::io::Error| Error::usage(format!("cannot serve: {error}"), "try another --port");
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().thread_stack_size(STACK).build().map_err(cannot)?;
    let app = Router::new().fallback(handle).with_state(server);
    std::thread::scope(|scope| {
        scope.spawn(rebuild);
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, app).await
        })
    })
    .map_err(cannot)
}

/// What every request is answered from.
#[derive(Clone)]
struct Server {
    states: watch::Receiver<State>,
    host: String,
}

async fn handle(Shared(server): Shared<Server>, method: Method, uri: Uri, headers: axum::http::HeaderMap) -> Response {
    if let Err(why) = guard::check(&uri, &headers, &server.host) {
        return (StatusCode::FORBIDDEN, why + "\n").into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    if uri.path() == EVENTS && method == Method::GET {
        let asked = |name: &str| parameter(uri.query().unwrap_or_default(), name);
        return live::listen(server.states, asked("page"), asked("tag")).into_response();
    }
    let state = server.states.borrow().clone();
    let made = tokio::task::spawn_blocking(move || respond(&state, &method, &uri, &headers)).await;
    made.unwrap_or_else(|_| (StatusCode::INTERNAL_SERVER_ERROR, "this page made the program panic\n").into_response())
}

/// The value of a parameter of a query; empty if it is not there.
fn parameter(query: &str, name: &str) -> String {
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    value.and_then(decode).unwrap_or_default()
}

fn respond(state: &State, method: &Method, uri: &Uri, headers: &axum::http::HeaderMap) -> Response {
    if uri.path() == site::SCRIPT {
        let bytes = include_bytes!("live.js").to_vec();
        return here(method, headers, StatusCode::OK, site::SCRIPT, "live", bytes);
    }
    match site::look_up(&state.site, uri.path()) {
        Answer::Page { bytes, kind, tag, missing, is_html } => {
            let bytes = if is_html { site::with_script(bytes, &tag) } else { bytes };
            let status = if missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
            let content = Content { status, kind, tag, changed: None, bytes: Bytes::Here(bytes) };
            answer::answer(method, headers, content)
        }
        Answer::File(file, path) => match Pieces::open(&file) {
            Ok(pieces) => {
                let tag = format!("{:x}-{:x}", pieces.stamp.mtime, pieces.stamp.size);
                let changed = Timestamp::from_nanosecond(i128::from(pieces.stamp.mtime)).ok();
                let kind = answer::kind_of(&path);
                let content = Content { status: StatusCode::OK, kind, tag, changed, bytes: Bytes::OnDisk(pieces) };
                answer::answer(method, headers, content)
            }
            Err(error) => (StatusCode::NOT_FOUND, format!("cannot be read: {error}\n")).into_response(),
        },
        Answer::Elsewhere(path) => {
            let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
            let Ok(to) = HeaderValue::from_str(&format!("{path}{query}")) else {
                return StatusCode::NOT_FOUND.into_response();
            };
            (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
        }
        Answer::Failed(diagnostics, tag) => {
            let page = site::problem_page(&diagnostics, &tag);
            here(method, headers, StatusCode::INTERNAL_SERVER_ERROR, "problem.html", &tag, page)
        }
    }
}

fn here(
    method: &Method,
    headers: &axum::http::HeaderMap,
    status: StatusCode,
    path: &str,
    tag: &str,
    bytes: Vec<u8>,
) -> Response {
    let content =
        Content { status, kind: answer::kind_of(path), tag: tag.to_owned(), changed: None, bytes: Bytes::Here(bytes) };
    answer::answer(method, headers, content)
}
