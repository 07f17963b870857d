//! What a person sees who edits a theme, in a browser without a window that is driven by the pipe of its developer tools
//! (<https://chromedevtools.github.io/devtools-protocol/>): messages of JSON, each ended by a zero byte.

use super::server::{PATIENCE, Server};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

struct Browser {
    child: Child,
    to: File,
    from: Receiver<Value>,
    /// The tab that is looked at, once it is open.
    session: Option<String>,
    sent: u64,
    _folder: tempfile::TempDir,
}

impl Browser {
    /// `None` where the machine has none.
    fn new() -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let program = std::env::split_paths(&path)
            .flat_map(|dir| NAMES.map(|name| dir.join(name)))
            .find(|file| file.is_file())?;
        let folder = tempfile::tempdir().unwrap();
        let (to, from) = (folder.path().join("to"), folder.path().join("from"));
        assert!(Command::new("mkfifo").args([&to, &from]).status().unwrap().success());
        // The browser reads from its descriptor 3 and writes to 4.
        let child = Command::new("sh")
            .args(["-c", "exec \"$0\" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir=\"$1\" --remote-debugging-pipe 3<\"$2\" 4>\"$3\""])
            .args([&program, &folder.path().join("profile"), &to, &from])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = File::options().write(true).open(to).unwrap();
        let (sender, receiver) = channel();
        let from = BufReader::new(File::open(from).unwrap());
        std::thread::spawn(move || {
            for message in from.split(0).map_while(Result::ok) {
                if sender.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    return;
                }
            }
        });
        Some(Self { child, to, from: receiver, session: None, sent: 0, _folder: folder })
    }

    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.to.write_all((message.to_string() + "\0").as_bytes()).unwrap();
        let until = Instant::now() + PATIENCE;
        loop {
            let answer = self.from.recv_timeout(until.saturating_duration_since(Instant::now())).unwrap();
            if answer["id"] == self.sent {
                return answer["result"].clone();
            }
        }
    }

    fn open(&mut self, url: &str) {
        let target = self.call("Target.createTarget", &json!({ "url": url }));
        let attached = self.call("Target.attachToTarget", &json!({ "targetId": target["targetId"], "flatten": true }));
        self.session = Some(attached["sessionId"].as_str().unwrap().to_owned());
    }

    /// The value of an expression in the page; nothing while it is being loaded.
    fn value(&mut self, expression: &str) -> Value {
        let answer = self.call("Runtime.evaluate", &json!({ "expression": expression, "returnByValue": true }));
        answer["result"]["value"].clone()
    }

    fn until(&mut self, expression: &str, wanted: impl Fn(&Value) -> bool) {
        let until = Instant::now() + PATIENCE;
        loop {
            let value = self.value(expression);
            if wanted(&value) {
                return;
            }
            assert!(Instant::now() < until, "{expression} stays {value}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

const COLOR: &str = "getComputedStyle(document.body).color";
const OVERLAY: &str = "document.querySelector('backfile-problems')?.shadowRoot.textContent ?? ''";

#[test]
fn styles_are_swapped_in_place_and_problems_lie_over_the_page() {
    let Some(mut browser) = Browser::new() else {
        eprintln!("SKIPPED: no Chromium on this machine, so nobody looked at pages that change");
        return;
    };
    let server = Server::new("", &[]);
    write(&server.root, "themes/quay/theme.toml", "");
    write(&server.root, "themes/quay/static/site.css", "body { color: teal }");
    server.write("site.toml", "title = \"Gazette\"\nbase_url = \"https://gazette.example\"\ntheme = \"quay\"\n");
    server.until("/assets/site.css", |style| style.text().contains("teal"));
    browser.open(&format!("http://localhost:{}/", server.port));
    browser.until(COLOR, |color| color == "rgb(0, 128, 128)");
    browser.until("document.readyState", |state| state == "complete");
    browser.value("window.stays = true");
    write(&server.root, "themes/quay/static/site.css", "body { color: navy }");
    browser.until(COLOR, |color| color == "rgb(0, 0, 128)");
    assert_eq!(browser.value("window.stays"), true, "the page was loaded again");
    browser.until("document.querySelectorAll('link[rel~=stylesheet]').length", |count| count == 1);

    write(&server.root, "slots/footer.html", "<p>\n{{ page.nothing }}</p>\n");
    let shown = |text: &Value| {
        let text = text.as_str().unwrap_or_default();
        ["slots/footer.html:2:9", "`nothing` is not defined", "2 │ {{ page.nothing }}"]
            .iter()
            .all(|part| text.contains(part))
    };
    browser.until(OVERLAY, shown);
    assert_eq!(browser.value("window.stays"), true, "the page that was good is still there");
    write(&server.root, "slots/footer.html", "<p id=\"new\">New</p>\n");
    browser.until("document.querySelector('#new')?.textContent", |text| text == "New");
    browser.until(OVERLAY, |text| text == "");
}
