//! What every template sees of the site, whatever its page.

use super::views::{FeedLink, LinkView, feed_links, section_link};
use super::{Site, archive, on_this_day, section, taxonomy};
use crate::archive::TaxonomyKind;
use crate::config::MenuItem;
use crate::page::{Purpose, View};
use serde::Serialize;
use std::collections::BTreeMap;

/// The site, in templates `site`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// Name of the site.
    pub title: String,
    /// One line about it.
    pub description: String,
    /// BCP 47 tag of its language.
    pub language: String,
    /// Address of the front page.
    pub home: String,
    /// Scheme, host and folder, without a slash at its end.
    pub base_url: String,
    /// The menus of the settings, by name.
    pub menus: BTreeMap<String, Vec<LinkView>>,
    /// The menu `main`, else the sections of the first level.
    pub nav: Vec<LinkView>,
    /// Sections of the first level that have articles.
    pub sections: Vec<LinkView>,
    /// The root of the date archive.
    pub archive: String,
    /// The calendar over all years.
    pub on_this_day: String,
    /// The list of all authors; empty if there is none.
    pub authors: String,
    /// The list of all tags; empty if there is none.
    pub tags: String,
    /// The list of all places; empty if there is none.
    pub places: String,
    /// The site's feeds.
    pub feeds: Vec<FeedLink>,
    /// The days of the week, from Monday.
    pub weekdays: Vec<WeekdayView>,
    /// `[theme_settings]` of the settings.
    pub settings: toml::Table,
    /// The settings that are custom properties, as they stand in a style sheet.
    pub properties: PropertiesView,
}

/// Settings of the theme as declarations of a style sheet; they go between braces.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PropertiesView {
    /// For all pages, as `--accent:#07a;`
    pub all: String,
    /// For dark pages.
    pub dark: String,
}

/// A day of the week in the site's language.
#[derive(Clone, Debug, Serialize)]
pub struct WeekdayView {
    /// `Monday`
    pub title: String,
    /// `M`
    pub short: String,
}

fn weekdays(site: Site<'_>) -> Vec<WeekdayView> {
    let view = |(title, short): (&str, &str)| WeekdayView { title: title.to_owned(), short: short.to_owned() };
    site.ready.words.dates().weekdays().map(view).collect()
}

/// What every template sees of the site.
pub fn view(site: Site<'_>) -> tera::Value {
    let config = site.config;
    let link = |item: &MenuItem| LinkView { title: item.title.clone(), url: config.link(&item.url) };
    let menus: BTreeMap<String, Vec<LinkView>> =
        config.menus.iter().map(|(name, items)| (name.clone(), items.iter().map(link).collect())).collect();
    let sections: Vec<LinkView> = section::top(site).filter_map(|id| section_link(site, id)).collect();
    let root = |kind| {
        let any = taxonomy::with_pages(site).any(|with_pages| with_pages == kind);
        if any { config.link(&taxonomy::root_of(kind)) } else { String::new() }
    };
    let view = SiteView {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        home: config.link("/"),
        base_url: config.base_url.clone(),
        nav: menus.get("main").unwrap_or(&sections).clone(),
        menus,
        sections,
        archive: config.link(archive::URL),
        on_this_day: config.link(on_this_day::URL),
        authors: root(TaxonomyKind::Authors),
        tags: root(TaxonomyKind::Tags),
        places: root(TaxonomyKind::Places),
        feeds: feed_links(config, &config.title, "/"),
        weekdays: weekdays(site),
        settings: config.theme_settings.clone(),
        // Filled in with the theme at hand, which declares them.
        properties: PropertiesView::default(),
    };
    View::of(Purpose::Text, &view).into_value()
}
