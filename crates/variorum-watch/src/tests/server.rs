//! A server on this machine that answers as a script says, and writes down what it was asked.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// An answer: status, further headers, body.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn of(status: u16) -> Self {
        Reply { status, ..Reply::default() }
    }

    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Reply { status: 200, headers: Vec::new(), body: body.into() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// What was asked: the path, and the tag that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub path: String,
    pub etag: Option<String>,
}

pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Starts one; its thread ends with the process.
    pub fn start(script: impl Fn(&Asked) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let written = asked.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream);
                let mut lines = Vec::new();
                loop {
                    let mut line = String::new();
                    if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
                        break;
                    }
                    lines.push(line.trim().to_owned());
                }
                let Some(path) = lines.first().and_then(|line| line.split(' ').nth(1)) else { continue };
                let etag = lines.iter().find_map(|line| {
                    let (name, value) = line.split_once(": ")?;
                    name.eq_ignore_ascii_case("if-none-match").then(|| value.to_owned())
                });
                let asked = Asked { path: path.to_owned(), etag };
                let reply = if path == "/robots.txt" { robots(&script, &asked) } else { script(&asked) };
                written.lock().unwrap().push(asked);
                let mut head = format!("HTTP/1.1 {} Said\r\nConnection: close\r\n", reply.status);
                for (name, value) in &reply.headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                if reply.status != 304 {
                    head.push_str(&format!("Content-Length: {}\r\n", reply.body.len()));
                }
                let mut stream = reader.into_inner();
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(b"\r\n");
                let _ = stream.write_all(&reply.body);
            }
        });
        Server { port, asked }
    }

    /// Returns an address of it, at a host of this machine.
    pub fn at(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.port)
    }

    /// Returns what was asked, but for robots.txt.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|asked| asked.path != "/robots.txt").cloned().collect()
    }
}

/// A script that has nothing for robots.txt allows everything.
fn robots(script: &impl Fn(&Asked) -> Reply, asked: &Asked) -> Reply {
    let reply = script(asked);
    let is_text = reply.headers.iter().any(|(name, value)| *name == "Content-Type" && value == "text/plain");
    if is_text || reply.status >= 500 && reply.body == b"robots" { reply } else { Reply::of(404) }
}
