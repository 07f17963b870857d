//! What the template of one page sees.

use super::words;
use crate::diagnostic::Error;
use crate::group;
use crate::page::{Form, NoLists};
use crate::plan::{self, Planned, Ready, Site};
use crate::progress::Silent;
use crate::render::Naming;
use crate::run::{BuildOptions, contents, pages, settings};
use std::path::Path;
use std::sync::Arc;

/// The view of the page at an address, as JSON, with the site that every page sees.
///
/// # Errors
/// [`Error::Usage`] where the site has no such page, and those of reading the site.
pub fn context(root: &Path, options: &BuildOptions, address: &str) -> Result<String, Error> {
    let config = settings::read(root, options)?;
    let layers = super::layers(root, &config)?;
    let words = words(&layers, &config)?;
    let read = contents::read(root, &config, None, &Silent)?;
    let config = contents::with_looks(&config, &read.contents.sections);
    let archive = group::group(read.contents, &config, options.showing, None).archive;
    let ready = Ready::new(&config, &archive, Arc::clone(&words));
    let site = Site::new(&config, &archive, &ready);
    let planned = plan::plan(site).map_err(Error::Site)?.pages;
    let wanted = address.strip_prefix(&config.base_url).unwrap_or(address);
    let wanted = wanted.strip_prefix(&config.base_path).unwrap_or(wanted);
    let is_it = |page: &&Planned| {
        let url = page.url(site);
        url == wanted || url.trim_end_matches('/') == wanted.trim_end_matches('/') || page.path(site) == wanted
    };
    let Some(page) = planned.iter().find(is_it) else {
        let hint = "give the address of a page, as /town/ or /archive/2000/07/19/";
        return Err(Error::usage(format!("this site has no page at `{address}`"), hint));
    };
    let story = pages::story(root, site, *page).map_err(Error::from)?;
    let page = page.page(site, story.as_ref());
    let theme = super::load(&layers, &words, Arc::new(NoLists), site, Naming::ByContent)?;
    let template = match page.form {
        Form::Template(name) => name,
        Form::Json => "none: the view itself is the page",
    };
    let seen = serde_json::json!({ "template": template, "page": page.view, "site": theme.site(page.look.as_deref()) });
    Ok(format!("{seen:#}\n"))
}
