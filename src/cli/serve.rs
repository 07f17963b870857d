//! `backfile serve`

use super::shown::Shown;
use super::{Common, Environment, Outcome, Screen, root};
use crate::diagnostic::{Error, counted};
use crate::run::BuildOptions;
use crate::serve::{ServeOptions, Told, serve};
use std::time::Duration;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Listen on this address or name of the machine
    #[arg(long, value_name = "NAME", default_value = "127.0.0.1")]
    host: String,
    /// Listen on this port, or on the next one that is free; 0 for any
    #[arg(long, short, value_name = "N", default_value_t = 8000)]
    port: u16,
    /// Open the front page in a browser
    #[arg(long)]
    open: bool,
    /// Look at files every second, where the disk does not tell of changes
    #[arg(long)]
    poll: bool,
    /// Take this address for the site's instead of the one in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    shown: Shown,
}

pub(super) fn run(args: &Args, common: &Common, environment: &Environment, screen: &Screen) -> Result<Outcome, Error> {
    let root = root::find(common.root.as_deref(), environment)?;
    let options = ServeOptions {
        build: BuildOptions {
            base_url: args.base_url.clone(),
            ..BuildOptions::new(args.shown.showing(environment), common.jobs())
        },
        host: args.host.clone(),
        port: args.port,
        open: args.open,
        poll: args.poll,
    };
    serve(&root, &options, screen, &|told| tell(screen, told))?;
    Ok(Outcome::default())
}

fn tell(screen: &Screen, told: Told) {
    match told {
        Told::PortTaken(port) => {
            screen.say("port-taken", &format!("port {port} is taken, so the next free one is used"));
        }
        Told::Ready { url, articles, pages, took } => {
            screen.finish();
            let [articles, pages] =
                [(articles, "articles"), (pages, "pages")].map(|(number, what)| counted(number as u64, what));
            let took = seconds(took);
            screen.say("ready", &format!("serving {articles} as {pages} at {url} (read in {took})"));
            screen.say("", "stop with Ctrl-C");
        }
        Told::Updated { what, took } => screen.say("updated", &format!("{what} changed: updated in {}", seconds(took))),
        Told::Mended => screen.say("mended", "nothing is wrong any more"),
        Told::Diagnostics(diagnostics) => screen.show(diagnostics),
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
