//! Alerts from end to end: a rule, a server that is killed while it sends, a receiver that gets each message by one id.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::program;

struct Desk(tempfile::TempDir);

/// A server that is killed with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Desk {
    fn new() -> Self {
        let desk = Desk(tempfile::tempdir().expect("there is room"));
        desk.add("old", "Karsholm Post", "A ferry left Delmare an hour late on Sunday, Jon Weir said.");
        desk
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = program::program();
        command.args(words).arg("--store").arg(self.0.path().join("desk.db"));
        command
    }

    fn run(&self, words: &[&str]) -> program::Run {
        program::feed(self.command(words), b"")
    }

    fn add(&self, id: &str, outlet: &str, text: &str) {
        let report = serde_json::json!({ "id": id, "outlet": outlet, "title": "What was heard at noon", "text": text, "published": "2026-03-05" });
        program::feed(self.command(&["add", "-"]), report.to_string().as_bytes()).ended_with(0);
    }

    fn serve(&self) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--allow", "127.0.0.0/8"]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut server = Server(child.expect("the program was built with this test"));
        let mut said = BufReader::new(server.0.stderr.take().expect("it was piped")).lines().map_while(Result::ok);
        assert!(said.any(|line| line.contains("http://")), "it says where it answers");
        std::thread::spawn(move || said.for_each(drop));
        server
    }
}

/// Returns the id and the body of the next message; the line stays open.
fn heard(receiver: &TcpListener) -> (TcpStream, String, Value) {
    let (stream, _) = receiver.accept().expect("somebody sends");
    let mut reader = BufReader::new(stream.try_clone().expect("a line has two ends"));
    let (mut id, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("it sends words");
        let lower = line.trim_end().to_lowercase();
        if let Some(rest) = lower.strip_prefix("webhook-id: ") {
            id = rest.to_owned();
        }
        if let Some(rest) = lower.strip_prefix("content-length: ") {
            length = rest.parse().expect("a number");
        }
        if lower.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("all of it comes");
    (stream, id, serde_json::from_slice(&body).expect("it is JSON"))
}

#[test]
fn a_message_outlives_a_kill_and_keeps_its_id() {
    let desk = Desk::new();
    let receiver = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let hook = format!("http://{}/hook/s3cret", receiver.local_addr().expect("it has one"));
    let made = desk.run(&["alerts", "add", "Ferries", "--when", "report", "--query", "ferry", "--webhook", &hook]);
    let made = made.ended_with(0);
    assert!(made.out.starts_with("whsec_") && made.err.contains("never again") && !made.err.contains("s3cret"));
    let mut server = desk.serve();
    desk.add(
        "new",
        "Delmare Herald",
        "Two ferries collided off Delmare on Monday and 12 people were injured, Ada Orr said.",
    );
    let (open, id, body) = heard(&receiver);
    assert_eq!(body["data"]["lines"][0]["report"], "new");
    assert!(id.starts_with("alert_") && body["data"]["says"] == "A new report");
    server.0.kill().expect("it runs");
    server.0.wait().expect("it ends");
    drop(open);

    let server = desk.serve();
    let (mut open, again, _) = heard(&receiver);
    assert_eq!(again, id);
    write!(open, "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("it listens");
    drop(open);
    // A second report shows that the first is not sent a third time.
    desk.add(
        "other",
        "Ostrana Observer",
        "A ferry of the Ostrana line was sold to a shipyard in Port Brava, Lena Falk said on Friday.",
    );
    let (mut open, third, body) = heard(&receiver);
    assert!(third != id && body["data"]["lines"][0]["report"] == "other", "{body}");
    write!(open, "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("it listens");
    drop((open, server));
    let list = desk.run(&["alerts", "list", "--json"]).ended_with(0);
    assert_eq!(list.lines().len(), 2);
    assert!(!list.out.contains("s3cret") && !list.out.contains("whsec_"));
}

#[test]
fn rules_are_made_listed_tried_and_turned_off() {
    let desk = Desk::new();
    assert!(desk.run(&["alerts", "rules"]).ended_with(0).out.starts_with("No rules yet."));
    assert!(desk.run(&["alerts", "list"]).ended_with(0).out.starts_with("Nothing was told yet."));
    desk.run(&["alerts", "add", "Drift", "--when", "drift", "--webhook", "http://127.0.0.1:9/x"]).ended_with(0);
    let refused = desk.run(&["alerts", "add", "Drift", "--when", "drift"]).ended_with(1);
    assert!(refused.err.contains("there is a rule of the name `Drift`"), "{}", refused.err);
    desk.run(&["alerts", "add", "x", "--when", "soon"]).ended_with(2);
    let rules = desk.run(&["alerts", "rules"]).ended_with(0).out;
    assert_eq!(
        rules,
        "1  Drift: tells when a rewrite changes what its source says\n     webhook to http://127.0.0.1:9/…\n"
    );
    let tried = desk.run(&["alerts", "test", "1"]).ended_with(1);
    assert!(tried.out.starts_with("webhook http://127.0.0.1:9/…: no: it is not https"), "{}", tried.out);
    let config = desk.0.path().join("mail.json");
    std::fs::write(&config, "{\"server\": \"localhost\",\n \"pass\": \"h4rbour\"}").expect("there is room");
    let wrong =
        desk.run(&["alerts", "test", "1", "--mail-config", config.to_str().expect("a plain name")]).ended_with(1);
    assert!(wrong.err.contains("line 2") && !wrong.err.contains("h4rbour"), "{}", wrong.err);
    desk.run(&["alerts", "off", "1"]).ended_with(0);
    assert!(desk.run(&["alerts", "rules"]).out.contains("turned off by the command line"));
    desk.run(&["alerts", "off", "1"]).ended_with(1);
}
