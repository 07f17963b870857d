//! Templates, slots and themes that come, change and go.

use super::inputs::Inputs;
use super::rng::Rng;

/// The themes that sites use, and the one that each stands on.
const THEMES: [(&str, &str); 2] = [("quay", "gazette"), ("mole", "quay")];
const NAMES: [&str; 3] = ["", "\"quay\"", "\"mole\""];

/// Overrides, with `@` where an edition's number goes.
const OVERRIDES: [(&str, &str); 29] = [
    ("slots/footer.html", "{% for story in stories(limit=3) %}<p>{{ story.title }} @</p>{% endfor %}"),
    ("slots/masthead.html", "<p>{{ site.title }}, {{ stories(section=\"sport\", limit=2) | length }} @</p>"),
    (
        "slots/after_body.html",
        "{% for story in stories(section=\"town\", limit=3) %}<p>@ {{ story.title }}</p>{% endfor %}",
    ),
    ("slots/before_body.html", "{% for tag in page.tags %}{{ stories(tag=tag.title) | length }} @{% endfor %}"),
    (
        "slots/body_end.html",
        "{% if page.kind == \"home\" %}{% for story in stories(author=\"ines-marrable\", year=2000) %}<p>{{ story.date.short }}</p>\
         {% endfor %}{% endif %}",
    ),
    (
        "slots/related.html",
        "{% for story in stories(place=\"Saltmere\", year=2001, month=6) %}<p>@ {{ story.url }}</p>{% endfor %}",
    ),
    (
        "i18n/en.toml",
        "undated = \"Undated @\"\nby = \"By {names}, @\"\n[dates]\nshort = \"{day}/{month_number}/{year} @\"\n",
    ),
    ("i18n/en.toml", "by = \"By {names}\"\nauthors = \"Reporters @\"\n"),
    (
        "slots/byline.html",
        "{{ t(\"authors\") }} {% if page.updated %}{{ page.updated.iso | date(form=\"short\") }}{% endif %}",
    ),
    ("slots/footer.html", "<p>{{ site.title }}, edition @</p>"),
    ("slots/head_end.html", "<meta name=\"edition\" content=\"@\">"),
    ("slots/head_end.html", "{% if page.kind == \"day\" %}<meta name=\"day\" content=\"@\">{% endif %}"),
    ("slots/byline.html", "{% for name in page.authors %}<i>{{ name.title }} @</i>{% endfor %}"),
    ("slots/related.html", "{% for item in page.related %}<p>@ {{ item.story.title }}</p>{% endfor %}"),
    ("slots/related.html", "{% for item in page.related %}<p>@ {{ item.shared | join(sep=\", \") }}</p>{% endfor %}"),
    ("slots/after_body.html", "{% if page.later %}<p>@ {{ page.later.title }}</p>{% endif %}"),
    ("slots/before_body.html", "{% for story in page.cited_by %}<p>@ {{ story.description }}</p>{% endfor %}"),
    ("slots/masthead.html", "{% include \"next\" %}<p>Edition @</p>"),
    ("templates/404.html", "{% extends \"next\" %}{% block main %}<p>Lost @</p>{% endblock main %}"),
    ("templates/article.html", "{% extends \"next\" %}{% block main %}{{ super() }}<p>@</p>{% endblock main %}"),
    ("templates/home.html", "{% extends \"next\" %}{% block main %}{{ super() }}<p>@</p>{% endblock main %}"),
    ("templates/section.html", "{% extends \"next\" %}{% block main %}<p>@ {{ page.count }}</p>{% endblock main %}"),
    ("templates/day.html", "{% extends \"next\" %}{% block main %}{{ super() }}<p>@</p>{% endblock main %}"),
    ("templates/term.html", "{% extends \"next\" %}{% block main %}{{ super() }}<p>@</p>{% endblock main %}"),
    ("templates/parts/provenance.html", "<p>{{ page.source.file if page.source else \"\" }} @</p>"),
    ("templates/parts/notice.html", "<p>Notice @</p>"),
    ("slots/body_end.html", "{% include \"parts/notice.html\" %}"),
    ("static/crest.svg", "<svg><!-- @ --></svg>"),
    ("slots/after_masthead.html", "<img src=\"{{ asset(\"crest.svg\") }}\" alt=\"@\">"),
];

/// Templates with mistakes: in their own text, or on some of the pages that they show.
const MISTAKES: [(&str, &str); 4] = [
    ("slots/footer.html", "{% if page.title %}"),
    ("templates/404.html", "{{ page.nothing }}"),
    ("slots/byline.html", "{% if page.authors %}{{ page.nothing }}{% endif %}"),
    ("templates/nobody.html", "Nobody asks for this."),
];

/// Changes a template, a slot, a static file or the settings of the site's own layer or a theme's; says which.
pub(crate) fn change(inputs: &mut Inputs, rng: &mut Rng) -> String {
    match rng.below(12) {
        0 | 1 => return choose(inputs, rng),
        2 => return remove(inputs, rng),
        3 => return settings(inputs, rng),
        _ => {}
    }
    let edition = rng.below(5).to_string();
    let (name, text) = if rng.chance(4) { rng.pick(&MISTAKES) } else { rng.pick(&OVERRIDES) };
    let (name, text) =
        if rng.chance(25) { copied(rng, &edition) } else { (name.to_owned(), text.replace('@', &edition)) };
    // The site's own static files are published as they are; only a theme's have templates that name them.
    let below =
        if name.starts_with("static/") { "themes/quay/" } else { rng.pick(&["", "", "themes/quay/", "themes/mole/"]) };
    let path = format!("{below}{name}");
    inputs.files.insert(path.clone(), text.into_bytes());
    format!("template {path}, edition {edition}")
}

/// A file of the default theme with a mark at its end: in the output, in a comment, or outside all blocks.
fn copied(rng: &mut Rng, edition: &str) -> (String, String) {
    let files = backfile::render::builtin().files;
    let files: Vec<_> = files
        .iter()
        .filter(|(path, _)| [".html", ".xml", ".css"].iter().any(|ending| path.ends_with(ending)))
        .collect();
    let (path, bytes) = files[rng.below(files.len())];
    let text = String::from_utf8_lossy(bytes);
    if path.ends_with("css") {
        return (path.clone(), format!("{text}\n/* {edition} */\n"));
    }
    let mark = if rng.chance(30) { format!("{{# {edition} #}}") } else { format!("<!-- {edition} -->") };
    // Of components, a part that is shown.
    let text = if text.contains("{% component") {
        text.replace("</p>", &format!("{mark}</p>"))
    } else {
        format!("{text}{mark}")
    };
    (path.clone(), text)
}

/// Chooses a theme, and makes its folder if it is not there.
fn choose(inputs: &mut Inputs, rng: &mut Rng) -> String {
    for (theme, below) in THEMES {
        let manifest = format!("name = \"{theme}\"\nextends = \"{below}\"\n");
        inputs.files.entry(format!("themes/{theme}/theme.toml")).or_insert(manifest.into_bytes());
    }
    let name = rng.pick(&NAMES);
    inputs.settings.set_theme(name);
    format!("theme {name}")
}

fn remove(inputs: &mut Inputs, rng: &mut Rng) -> String {
    let is_theirs =
        |path: &&String| ["templates/", "slots/", "i18n/", "themes/"].iter().any(|folder| path.starts_with(folder));
    let paths: Vec<String> = inputs.files.keys().filter(is_theirs).cloned().collect();
    if paths.is_empty() {
        return "no template to remove".to_owned();
    }
    let path = &paths[rng.below(paths.len())];
    inputs.files.remove(path);
    format!("remove {path}")
}

/// What a theme says of itself and of its settings.
fn settings(inputs: &mut Inputs, rng: &mut Rng) -> String {
    let (theme, below) = rng.pick(&THEMES);
    let below = if rng.chance(30) { "gazette" } else { below };
    let strapline = format!("[settings.strapline]\nabout = \"a line\"\ndefault = \"Edition {}\"\n", rng.below(4));
    let strapline = if rng.chance(50) { strapline } else { String::new() };
    let text = format!("name = \"{theme}\"\nextends = \"{below}\"\n{strapline}");
    inputs.files.insert(format!("themes/{theme}/theme.toml"), text.into_bytes());
    format!("settings of the theme {theme}")
}
