//! The program serving a small site, and requests to it as bytes.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// So long something that must happen may take: machines that test are slow at times.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

const SETTINGS: &str = "title = \"The Saltmere Gazette\"\nbase_url = \"https://gazette.example\"\n";

/// The running program.
pub(crate) struct Server {
    pub(crate) root: PathBuf,
    pub(crate) port: u16,
    child: Child,
    /// What it prints on either stream.
    said: Receiver<String>,
    _folder: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    /// Serves a site of two articles, with more settings and arguments.
    pub(crate) fn new(settings: &str, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let write = |path: &str, text: &str| write(&root.join(path), text.as_bytes());
        write("site.toml", &format!("{SETTINGS}{settings}"));
        write(
            "content/town/dredger.md",
            "---\ntitle: Dredger runs aground\ndate: 2000-05-18\naliases: [/2/town/1.stm]\n---\n\nThe dredger lies on the bar.\n",
        );
        write(
            "content/town/quay.md",
            "---\ntitle: Quay reopens\ndate: 2000-06-09\nurl: /news/quay.asp\n---\n\nThe quay is open again.\n",
        );
        fs::create_dir_all(root.join("raw")).unwrap();
        write("content/media/tide.txt", "0123456789");
        write("static/robots-note.txt", "plain");
        let mut child = Command::new(env!("CARGO_BIN_EXE_backfile"))
            .args(["serve", "--root"])
            .arg(&root)
            .args(if arguments.contains(&"--port") { &[][..] } else { &["--port", "0"] })
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, said) = channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                let lines = BufReader::new(stream).lines();
                lines.map_while(Result::ok).try_for_each(|line| sender.send(line)).ok()
            });
        }
        let mut server = Self { root, port: 0, child, said, _folder: folder };
        let ready = server.says("serving ");
        let port = ready.split(':').find_map(|part| part.split('/').next()?.parse().ok());
        server.port = port.unwrap();
        server
    }

    /// Waits for a line that holds this, and gives it.
    pub(crate) fn says(&self, wanted: &str) -> String {
        let until = Instant::now() + PATIENCE;
        let mut other = Vec::new();
        while let Ok(line) = self.said.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if line.contains(wanted) {
                return line;
            }
            other.push(line);
        }
        panic!("it does not say `{wanted}`, but\n{}", other.join("\n"));
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        write(&self.root.join(path), text.as_bytes());
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).unwrap();
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes as they are and gives what comes back until the server ends it.
    pub(crate) fn raw(&self, request: &str) -> Vec<u8> {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        // A server that ends the connection with bytes of ours unread resets it.
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str]) -> Response {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            request = format!("{request}Host: localhost:{}\r\n", self.port);
        }
        for header in headers {
            request += header;
            request += "\r\n";
        }
        parse(&self.raw(&(request + "\r\n")))
    }

    pub(crate) fn get(&self, path: &str) -> Response {
        self.ask("GET", path, &[])
    }

    /// Asks again and again until the answer is as it should be.
    pub(crate) fn until(&self, path: &str, wanted: impl Fn(&Response) -> bool) -> Response {
        let until = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if wanted(&answer) {
                return answer;
            }
            assert!(Instant::now() < until, "{path} stays {}: {}", answer.status, answer.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Listens as a page does, and gives the events as they come: names and data.
    pub(crate) fn events(&self, page: &str, tag: &str) -> Receiver<(String, String)> {
        let mut stream = self.connect();
        stream.set_read_timeout(None).unwrap();
        let request =
            format!("GET /.backfile/events?page={page}&tag={tag} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let (sender, events) = channel();
        std::thread::spawn(move || {
            let mut name = String::new();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(event) = line.strip_prefix("event: ") {
                    event.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data:")
                    && sender.send((name.clone(), data.trim_start().to_owned())).is_err()
                {
                    return;
                }
            }
        });
        events
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for an event of that name whose data is as it should be.
pub(crate) fn wait(events: &Receiver<(String, String)>, name: &str, wanted: impl Fn(&str) -> bool) -> String {
    let until = Instant::now() + PATIENCE;
    let mut other = Vec::new();
    while let Ok((event, data)) = events.recv_timeout(until.saturating_duration_since(Instant::now())) {
        if event == name && wanted(&data) {
            return data;
        }
        other.push((event, data));
    }
    panic!("no event `{name}`, but {other:?}");
}

pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Reads a response that the connection ends with.
pub(crate) fn parse(answer: &[u8]) -> Response {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no response: {}", String::from_utf8_lossy(answer)));
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Response { status, headers: headers.collect(), body: answer[end + 4..].to_vec() }
}
