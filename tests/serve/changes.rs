//! From a saved file to what open pages are told.

use super::server::{Server, wait, write};
use std::fs;

const PAGE: &str = "/town/2000/05/18/dredger-runs-aground/";

fn tag(server: &Server, page: &str) -> String {
    server.get(page).header("etag").trim_matches('"').to_owned()
}

#[test]
fn an_edited_article_is_on_its_page_and_on_lists() {
    let server = Server::new("", &[]);
    let (own, front) = (server.events(PAGE, &tag(&server, PAGE)), server.events("/", &tag(&server, "/")));
    assert_eq!(wait(&own, "problems", |_| true), "[]");
    server.write("content/town/dredger.md", "---\ntitle: Dredger afloat\ndate: 2000-05-18\nurl: /town/2000/05/18/dredger-runs-aground/\n---\n\nShe swims.\n");
    wait(&own, "reload", |_| true);
    wait(&front, "reload", |_| true);
    server.until(PAGE, |page| page.text().contains("She swims.") && page.text().contains("Dredger afloat"));
    server.until("/", |page| page.text().contains("Dredger afloat"));
    assert!(server.says("updated in").contains("content/town/dredger.md changed"));
}

#[test]
fn a_page_that_did_not_change_is_not_loaded_again() {
    let server = Server::new("", &[]);
    let events = server.events(PAGE, &tag(&server, PAGE));
    wait(&events, "problems", |_| true);
    server.write("content/pages/about.md", "---\ntitle: About\n---\n\nThe Gazette.\n");
    server.until("/about/", |page| page.status == 200);
    server.write("content/town/dredger.md", "---\ntitle: Dredger afloat\ndate: 2000-05-18\n---\n\nShe swims.\n");
    // The first thing that is told is about this change: the page is gone, and another is at its new address.
    assert_eq!(events.recv_timeout(super::server::PATIENCE).unwrap().0, "reload");
}

#[test]
fn a_broken_article_is_told_of_and_its_mending_too() {
    let server = Server::new("", &[]);
    let events = server.events("/", &tag(&server, "/"));
    server.write("content/town/quay.md", "---\ntitle: Quay reopens\ndate: [broken\n---\n\nOpen.\n");
    let told: serde_json::Value = serde_json::from_str(&wait(&events, "problems", |data| data != "[]")).unwrap();
    assert_eq!(told[0]["file"], "content/town/quay.md");
    assert!(told[0]["line"].as_u64().unwrap() >= 3, "{told}");
    assert!(told[0]["lines"].as_array().unwrap().iter().any(|line| line[1] == "date: [broken"), "{told}");
    server.says("content/town/quay.md:");
    server.write("content/town/quay.md", "---\ntitle: Quay reopens\ndate: 2000-06-09\n---\n\nOpen.\n");
    wait(&events, "problems", |data| data == "[]");
    server.says("nothing is wrong any more");
}

#[test]
fn a_broken_template_leaves_the_site_and_says_where() {
    let server = Server::new("", &[]);
    let events = server.events("/", &tag(&server, "/"));
    // A template that does not parse: the site stays as it was.
    server.write("slots/footer.html", "<p>\n{% if %}</p>\n");
    let told: serde_json::Value = serde_json::from_str(&wait(&events, "problems", |data| data != "[]")).unwrap();
    assert_eq!((told[0]["file"].as_str(), told[0]["line"].as_u64()), (Some("slots/footer.html"), Some(2)), "{told}");
    assert_eq!(server.get("/").status, 200);
    // One that asks for what is not there: pages say so.
    server.write("slots/footer.html", "<p>\n{{ page.nothing }}</p>\n");
    let told: serde_json::Value =
        serde_json::from_str(&wait(&events, "problems", |data| data.contains("nothing"))).unwrap();
    assert_eq!((told[0]["line"].as_u64(), told[0]["column"].as_u64()), (Some(2), Some(9)), "{told}");
    let page = server.get("/");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("slots/footer.html:2:9") && page.text().contains("data-problem"), "{}", page.text());
    server.says("slots/footer.html:2:9");
    server.write("slots/footer.html", "<p>A &lt;new&gt; footer</p>\n");
    wait(&events, "problems", |data| data == "[]");
    server.until("/", |page| page.status == 200 && page.text().contains("<p>A &lt;new&gt; footer</p>"));
}

#[test]
fn styles_are_swapped_and_no_page_changes() {
    let server = Server::new("", &[]);
    server.write("themes/quay/theme.toml", "");
    server.write("themes/quay/static/site.css", "body { color: teal }");
    let before = tag(&server, PAGE);
    fs::write(
        server.root.join("site.toml"),
        "title = \"The Saltmere Gazette\"\nbase_url = \"https://gazette.example\"\ntheme = \"quay\"\n",
    )
    .unwrap();
    server.until("/assets/site.css", |style| style.text().contains("teal"));
    assert_eq!(tag(&server, PAGE), before);
    let events = server.events(PAGE, &before);
    wait(&events, "problems", |_| true);
    server.write("themes/quay/static/site.css", "body { color: navy }");
    assert_eq!(events.recv_timeout(super::server::PATIENCE).unwrap().0, "styles");
    assert!(server.get("/assets/site.css").text().contains("navy"));
    server.write("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert_eq!(events.recv_timeout(super::server::PATIENCE).unwrap().0, "reload");
}

#[test]
fn what_editors_leave_beside_a_file_is_no_change() {
    let server = Server::new("", &[]);
    let folder = server.root.join("content/town");
    for name in
        ["4913", ".quay.md.swp", "quay.md~", "#quay.md#", ".#quay.md", "quay.md___jb_tmp___", "quay.md___jb_old___"]
    {
        write(&folder.join(name), b"---\ntitle: Not a story\n---\n");
    }
    // As editors save: a new file beside the old one, in its place.
    write(&folder.join("quay.md___jb_tmp___"), b"---\ntitle: Quay shut\ndate: 2000-06-09\n---\n\nShut.\n");
    fs::rename(folder.join("quay.md___jb_tmp___"), folder.join("quay.md")).unwrap();
    server.until("/town/", |page| page.text().contains("Quay shut") && !page.text().contains("Not a story"));
    assert!(server.says("changed: updated").contains("content/town/quay.md changed"));
}

#[test]
fn renames_and_a_checkout_of_many_files() {
    let server = Server::new("", &[]);
    fs::rename(server.root.join("content/town"), server.root.join("content/harbour")).unwrap();
    server.until("/harbour/", |page| page.text().contains("Quay reopens"));
    server.until("/town/", |page| page.status == 404);
    for n in 0..600 {
        let text = format!("---\ntitle: Tide {n}\ndate: 2001-{:02}-{:02}\n---\n\nTide {n}.\n", n % 12 + 1, n % 28 + 1);
        server.write(&format!("content/tides/{}/{n}.md", n % 7), &text);
    }
    server.remove("content/harbour/quay.md");
    server.until("/tides/", |page| page.text().contains("Tide 599"));
    server.until("/harbour/", |page| !page.text().contains("Quay reopens"));
    for n in [0, 1, 300, 599] {
        let page = format!("/tides/{}/2001/{:02}/{:02}/tide-{n}/", n % 7, n % 12 + 1, n % 28 + 1);
        server.until(&page, |page| page.status == 200);
    }
    fs::remove_dir_all(server.root.join("content/tides")).unwrap();
    server.until("/tides/", |page| page.status == 404);
}

#[test]
fn looking_every_second_finds_changes_too() {
    let server = Server::new("", &["--poll"]);
    server.write("content/town/tide.md", "---\ntitle: High tide tonight\ndate: 2000-06-10\n---\n\nHigh.\n");
    server.until("/", |page| page.text().contains("High tide tonight"));
}

#[test]
fn a_source_that_changes_is_converted_again() {
    let server = Server::new("[[sources]]\npath = \"raw\"\n", &[]);
    server.write("raw/tide.md", "---\ntitle: Tide tables for June\ndate: 2000-06-01\n---\n\nHigh water is at noon.\n");
    server.until("/", |page| page.text().contains("Tide tables for June"));
}
