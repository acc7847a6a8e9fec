//! Who may come in: the command, and a server that asks.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::program;

const PASSWORD: &str = "four ferries in fog\n";

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Desk(tempfile::tempdir().expect("there is room"));
        let report = r#"{"id":"r1","outlet":"Delmare Herald","title":"A ferry sank","text":"A ferry sank off Delmare, Ada Orr said."}"#;
        program::feed(desk.command(&["add", "-"]), report.as_bytes()).ended_with(0);
        desk
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = program::program();
        command.args(words).arg("--store").arg(self.0.path().join("desk.db"));
        command
    }

    fn run(&self, words: &[&str], input: &str) -> program::Run {
        program::feed(self.command(words), input.as_bytes())
    }
}

/// A server that is stopped with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn users_are_added_listed_and_shut_out() {
    let desk = Desk::new();
    assert!(desk.run(&["users", "list"], "").ended_with(0).out.starts_with("Nobody yet."));
    let add = ["users", "add", "Ada Orr", "--role", "admin", "--password-stdin"];
    assert_eq!(desk.run(&add, PASSWORD).ended_with(0).out, "Ada Orr may log in, as admin.\n");
    assert!(desk.run(&add, PASSWORD).ended_with(1).err.contains("is taken"));
    let short = desk.run(&["users", "add", "Ivo", "--role", "reader", "--password-stdin"], "short\n").ended_with(1);
    assert!(short.err.contains("12 letters"), "{}", short.err);
    desk.run(&["users", "add", "Edda", "--role", "editor", "--password-stdin"], PASSWORD).ended_with(0);
    desk.run(&["users", "role", "edda", "reader"], "").ended_with(0);
    let list = desk.run(&["users", "list"], "").ended_with(0).out;
    assert_eq!(list, "Ada Orr: admin, 0 sessions, 0 tokens\nEdda: reader, 0 sessions, 0 tokens\n");
    desk.run(&["users", "disable", "EDDA"], "").ended_with(0);
    assert!(desk.run(&["users", "list"], "").out.contains("Edda: reader, disabled"));
    assert!(desk.run(&["users", "list", "--json"], "").lines()[1]["user"]["disabled"].is_i64());
    let last = desk.run(&["users", "disable", "Ada Orr"], "").ended_with(1);
    assert!(last.err.contains("the only admin"), "{}", last.err);
    assert!(desk.run(&["users", "disable", "Nobody"], "").ended_with(1).err.contains("variorum users list"));
    // A password is no argument.
    desk.run(&["users", "add", "Ivo", "--role", "reader", "--password", "four ferries"], "").ended_with(2);
}

#[test]
fn others_are_served_only_where_somebody_can_log_in() {
    let desk = Desk::new();
    for words in [
        &["serve", "--listen", "0.0.0.0:0"][..],
        &["serve", "--listen", "127.0.0.1:0", "--logins"],
        &["serve", "--listen", "127.0.0.1:0", "--public", "https://news.example"],
    ] {
        let refused = desk.run(words, "").ended_with(1);
        assert!(refused.err.contains("variorum users add NAME --role admin"), "{}", refused.err);
    }
    let all = desk.run(&["serve", "--trust-proxy", "0.0.0.0/0"], "").ended_with(1);
    assert!(all.err.contains("every address there is"), "{}", all.err);
    desk.run(&["serve", "--public", "news.example"], "").ended_with(2);
}

#[test]
fn a_log_has_one_line_a_request_and_no_secret() {
    let desk = Desk::new();
    desk.run(&["users", "add", "Ada", "--role", "admin", "--password-stdin"], PASSWORD).ended_with(0);
    let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0", "--logins", "--log", "json"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut server = Server(child.expect("the program was built with this test"));
    let mut said = BufReader::new(server.0.stderr.take().expect("it was piped")).lines().map_while(Result::ok);
    let at = said
        .find_map(|line| line.split_once("http://").map(|(_, rest)| rest.split('/').next().unwrap_or("").to_owned()));
    let at = at.expect("it says where it answers");
    let ask = |head: &str| {
        let mut stream = TcpStream::connect(&at).expect("it answers");
        write!(stream, "{head}\r\nhost: {at}\r\nconnection: close\r\n\r\n").expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers in words");
        answer
    };
    let cookie = format!("cookie: variorum_session={}", "c0ffee".repeat(10));
    assert!(ask(&format!("GET /search?q=secret%0d%0aforged HTTP/1.1\r\n{cookie}")).starts_with("HTTP/1.1 303"));
    assert!(ask("GET /api/v1/stories HTTP/1.1\r\nauthorization: Bearer variorum_secret").starts_with("HTTP/1.1 401"));
    assert!(ask("GET /story/%1b%5b2J%0a HTTP/1.1").starts_with("HTTP/1.1 303"));
    assert!(ask("GET /health HTTP/1.1").ends_with("ok\n"));
    let lines: Vec<String> = said.by_ref().filter(|line| line.contains("variorum::request")).take(4).collect();
    for line in &lines {
        let event: serde_json::Value = serde_json::from_str(line).expect("each line is one object");
        assert!(event["ms"].is_u64() && event["address"] == "127.0.0.1", "{line}");
        assert!(!line.contains("secret") && !line.contains("c0ffee") && !line.contains('\u{1b}'), "{line}");
    }
    let paths: Vec<serde_json::Value> =
        lines.iter().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["path"].clone()).collect();
    assert_eq!(paths, ["/search", "/api/v1/stories", "/story/%1b%5b2J%0a", "/health"]);
}
