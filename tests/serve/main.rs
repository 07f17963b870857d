//! `backfile serve` from end to end: the program runs, files change, and browsers ask.
#![cfg(all(unix, feature = "serve"))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::print_stderr, reason = "a test that needs a browser says where there is none")]

mod browser;
mod changes;
mod server;

use server::{Server, parse};
use std::fs;
use std::os::unix::fs::symlink;

#[test]
fn pages_files_and_what_is_not_there() {
    let server = Server::new("", &[]);
    let front = server.get("/");
    assert_eq!((front.status, front.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(front.header("content-length"), front.body.len().to_string());
    assert!(front.text().contains("Quay reopens") && front.text().contains("/.backfile/live.js"));
    let old = server.get("/news/quay.asp");
    assert_eq!((old.status, old.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(old.text().contains("The quay is open again."));
    let alias = server.get("/2/town/1.stm");
    assert_eq!((alias.status, alias.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(alias.text().contains("/town/2000/05/18/dredger-runs-aground/"), "{}", alias.text());

    let feed = server.get("/atom.xml");
    assert_eq!((feed.status, feed.header("content-type")), (200, "application/atom+xml; charset=utf-8"));
    assert!(!feed.text().contains("live.js"));
    assert_eq!(server.get("/assets/site.css").header("content-type"), "text/css; charset=utf-8");
    assert_eq!(server.get("/robots-note.txt").text(), "plain");

    let folder = server.get("/town?x=1");
    assert_eq!((folder.status, folder.header("location")), (302, "/town/?x=1"));
    let missing = server.get("/town/no-such-story/");
    assert_eq!((missing.status, missing.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(missing.text().contains("The Saltmere Gazette"), "the site's own page");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let server = Server::new("", &[]);
    let outside = tempfile::NamedTempFile::new().unwrap();
    fs::write(outside.path(), "secret").unwrap();
    symlink(outside.path(), server.root.join("static/link.txt")).unwrap();
    symlink("/etc", server.root.join("static/etc")).unwrap();
    symlink("robots-note.txt", server.root.join("static/inside.txt")).unwrap();
    server.write("static/.git/config", "secret");
    server.write("static/page.html~", "secret");
    for path in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/static/../site.toml",
        "/..%2fsite.toml",
        "/%2e%2e%2fsite.toml",
        "/media/..%2ftown/quay.md",
        "/media/%2e%2e/town/quay.md",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/link.txt",
        "/etc/passwd",
        "/.git/config",
        "/page.html~",
        "/..%5csite.toml",
        "/%00",
        "/site.toml",
        "/content/town/quay.md",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert!(!answer.text().contains("secret") && !answer.text().contains("base_url ="), "{path}");
    }
    assert_eq!(server.get("/inside.txt").text(), "plain");
}

#[test]
fn requests_for_parts_and_for_news() {
    let server = Server::new("", &[]);
    let file = server.get("/media/tide.txt");
    assert_eq!((file.status, file.text()), (200, "0123456789".to_owned()));
    let (tag, date) = (file.header("etag").to_owned(), file.header("last-modified").to_owned());
    assert!(date.ends_with(" GMT") && tag.len() > 4);
    let range = |range: &str, more: &str| server.ask("GET", "/media/tide.txt", &[&format!("Range: {range}"), more]);
    let none = "X-Nothing: 1";
    let part = range("bytes=2-4", none);
    assert_eq!((part.status, part.text().as_str(), part.header("content-range")), (206, "234", "bytes 2-4/10"));
    assert_eq!(range("bytes=-2", none).text(), "89");
    let beyond = range("bytes=10-", none);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */10"));
    assert_eq!(range("bytes=0-1,4-5", none).status, 200);
    assert_eq!(range("bytes=2-4", &format!("If-Range: {tag}")).status, 206);
    assert_eq!(range("bytes=2-4", "If-Range: \"other\"").status, 200);

    for path in ["/media/tide.txt", "/", "/assets/site.css"] {
        let tag = server.get(path).header("etag").to_owned();
        let again = server.ask("GET", path, &[&format!("If-None-Match: \"x\", W/{tag}")]);
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.as_str()), "{path}");
        assert_eq!(server.ask("GET", path, &["If-None-Match: \"x\""]).status, 200);
    }
    assert_eq!(server.ask("GET", "/media/tide.txt", &[&format!("If-Modified-Since: {date}")]).status, 304);
    let long_ago = "If-Modified-Since: Sat, 01 Jan 2000 00:00:00 GMT";
    assert_eq!(server.ask("GET", "/media/tide.txt", &[long_ago]).status, 200);
    let both = server.ask("GET", "/media/tide.txt", &[&format!("If-Modified-Since: {date}"), "If-None-Match: \"x\""]);
    assert_eq!(both.status, 200, "a tag outweighs a time");

    for path in ["/", "/media/tide.txt", "/no-such/", "/assets/site.css"] {
        let (get, head) = (server.get(path), server.ask("HEAD", path, &[]));
        assert_eq!(
            (get.status, get.header("content-length"), get.header("etag")),
            (head.status, head.header("content-length"), head.header("etag"))
        );
        assert!(head.body.is_empty(), "{path}");
    }
    let post = server.ask("POST", "/", &["Content-Length: 0"]);
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"));
}

#[test]
fn only_browsers_of_this_machine_are_answered() {
    let server = Server::new("", &[]);
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example"] {
        let answer = server.ask("GET", "/", &[&format!("Host: {host}")]);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.text().contains("Gazette"));
    }
    for path in ["/", "/.backfile/events?page=/&tag=", "/.backfile/live.js"] {
        assert_eq!(server.ask("GET", path, &["Origin: http://evil.example"]).status, 403, "{path}");
        assert_eq!(server.ask("GET", path, &["Origin: null"]).status, 403, "{path}");
    }
    assert_eq!(server.ask("GET", "/", &[&format!("Origin: http://localhost:{}", server.port)]).status, 200);
    assert_eq!(server.ask("GET", "http://evil.example/", &[]).status, 403);
}

#[test]
fn what_is_no_request_harms_nobody() {
    let server = Server::new("", &[]);
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "a".repeat(20_000));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: 1\r\n".repeat(2000));
    for (request, expected) in [
        ("GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 403),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 403),
        ("nonsense\r\n\r\n", 400),
        ("GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400),
        ("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
        (long.as_str(), 404),
        (many.as_str(), 431),
    ] {
        let answer = server.raw(request);
        let start = request.get(..40).unwrap_or(request);
        assert_eq!(parse(&answer).status, expected, "{start}");
    }
    drop(server.connect());
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn a_site_in_a_folder_of_its_host() {
    let server = Server::new("", &["--base-url", "https://example.org/gazette"]);
    let above = server.get("/");
    assert_eq!((above.status, above.header("location")), (302, "/gazette/"));
    assert_eq!(server.get("/gazette").header("location"), "/gazette/");
    let front = server.get("/gazette/");
    assert_eq!(front.status, 200);
    assert!(front.text().contains("href=\"/gazette/assets/site.css\""));
    assert_eq!(server.get("/gazette/assets/site.css").status, 200);
    assert_eq!(server.get("/town/").status, 404);
    assert_eq!(server.get("/gazette/town").header("location"), "/gazette/town/");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let server = Server::new("", &["--port", &port.to_string()]);
    assert_ne!(server.port, port);
    assert_eq!(server.get("/").status, 200);
}
