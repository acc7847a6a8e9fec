//! A server on this machine that does as it is told, and counts who comes.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::lookup::Lookup;
use crate::{Answer, Door, Error, Get, Limits, Policy};

pub const LIMITS: Limits = Limits { bytes: 100_000, time: Duration::from_secs(20) };
/// For what would never end by itself.
pub const SHORT: Limits = Limits { bytes: 100_000, time: Duration::from_millis(300) };

pub struct Server {
    pub address: SocketAddr,
    visits: Arc<AtomicUsize>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers each connection, with the request that came first on it.
    pub fn on(ip: &str, answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let server = Server { address: listener.local_addr().unwrap(), visits: Arc::default(), heard: Arc::default() };
        let (visits, heard, answer) = (server.visits.clone(), server.heard.clone(), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                visits.fetch_add(1, Ordering::SeqCst);
                let (heard, answer) = (heard.clone(), answer.clone());
                std::thread::spawn(move || {
                    let mut stream = stream.unwrap();
                    let asked = request(&mut stream);
                    heard.lock().unwrap().push(asked.clone());
                    answer(&asked, &mut stream);
                });
            }
        });
        server
    }

    pub fn answering(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Server {
        Server::on("127.0.0.1", answer)
    }

    /// Says the same to everybody.
    pub fn saying(answer: impl Into<Vec<u8>>) -> Server {
        let answer = answer.into();
        Server::answering(move |_, stream| say(stream, &answer))
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn visits(&self) -> usize {
        self.visits.load(Ordering::SeqCst)
    }

    /// Returns the requests so far, in small letters.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().iter().map(|asked| asked.to_lowercase()).collect()
    }
}

fn request(stream: &mut TcpStream) -> String {
    let (mut asked, mut byte) = (Vec::new(), [0]);
    // A greeting of TLS has no empty line, so that its server waits here until the other end goes.
    while !asked.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        asked.push(byte[0]);
    }
    String::from_utf8_lossy(&asked).into_owned()
}

/// A client that has seen enough closes early.
pub fn say(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes);
}

/// Says the same piece again and again, until nobody listens any more.
pub fn say_for_ever(stream: &mut TcpStream, piece: &[u8], pause: Duration) {
    while stream.write_all(piece).is_ok() {
        std::thread::sleep(pause);
    }
}

/// Does nothing, and does not end.
pub fn for_ever() -> ! {
    loop {
        std::thread::park();
    }
}

pub fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

pub fn led(status: u16, to: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status} Go\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

/// A door that may go to this machine.
pub fn local() -> Door {
    Door::new(allowing(&["127.0.0.0/8"])).unwrap()
}

pub fn allowing(ranges: &[&str]) -> Policy {
    Policy { allow: ranges.iter().map(|range| range.parse().unwrap()).collect(), ..Policy::default() }
}

/// A door for which names stand for these addresses.
pub fn knowing(policy: Policy, addresses: &'static [&'static str]) -> Door {
    let lookup = Lookup::by(move |_| Ok(addresses.iter().map(|ip| ip.parse().unwrap()).collect()));
    Door::with(policy, lookup).unwrap()
}

pub fn get(url: &str) -> Get<'_> {
    Get { url, accept: "text/xml", etag: None, last_modified: None, headers: &[], limits: LIMITS }
}

/// Fetches with a door that may go to this machine, and little time.
pub fn hastily(url: &str) -> Result<Answer, Error> {
    local().get(Get { limits: SHORT, ..get(url) })
}

/// The answer must be this kind of error, whose words are a sentence.
pub fn kind(kind: &str, answer: Result<Answer, Error>) -> Error {
    let error = answer.expect_err("no error");
    let said = error.to_string();
    assert_eq!(error.kind(), kind, "{said}");
    assert!(said.len() < 700 && !said.contains(['\r', '\0', '\u{1b}']), "{said:?}");
    error
}
