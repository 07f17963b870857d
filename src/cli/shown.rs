//! Which articles a command shows: the flags that all commands share which look at a site as its readers will.

use super::Environment;
use crate::date::ArticleDate;
use crate::group::Showing;

#[derive(Debug, clap::Args)]
pub(super) struct Shown {
    /// Show drafts
    #[arg(long)]
    drafts: bool,
    /// Show articles dated in the future
    #[arg(long)]
    future: bool,
    /// The time that embargoes and future dates are held against [default: the clock]
    #[arg(long, value_name = "TIME")]
    now: Option<ArticleDate>,
}

impl Shown {
    /// Held against `--now`, else `SOURCE_DATE_EPOCH`, else the clock.
    pub(super) fn showing(&self, environment: &Environment) -> Showing {
        let stated = self.now.map(|date| date.seconds()).or(environment.source_date_epoch);
        Showing { now: stated.unwrap_or(environment.now), drafts: self.drafts, future: self.future }
    }
}
