//! What goes out: signed, within the guard, never mail twice.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use ipnet::IpNet;
use variorum_fetch::{Door, Policy};
use variorum_store::alerts::{DeliveryState, Line, NewAlert, NewChannel, NewRule, Outcome, Watched, When, Words};

use super::desk::{NOW, Room};
use crate::{Mail, MailConfig, Post, Security, Signature, post, signature, try_out};

/// A server of one thread that answers each connection in turn, and tells what it heard.
fn server(answers: Vec<&'static str>) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let heard = std::thread::spawn(move || answers.into_iter().map(|answer| hear(&listener, answer)).collect());
    (format!("http://{at}/hook"), heard)
}

fn hear(listener: &TcpListener, answer: &str) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).unwrap() > 2 {}
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    // Who hangs up before all is read has reasons of its own.
    let _ = stream.write_all(answer.as_bytes());
    format!("{head}{}", String::from_utf8(body).unwrap())
}

fn header<'a>(heard: &'a str, name: &str) -> &'a str {
    let of = |line: &'a str| {
        line.split_once(": ").filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim())
    };
    heard.lines().find_map(of).unwrap_or_else(|| panic!("no {name} in {heard}"))
}

fn by(allow: &str, mail: Option<Mail>) -> Post {
    let allow: Vec<IpNet> = allow.split_whitespace().map(|range| range.parse().unwrap()).collect();
    let door = Door::new(Policy { allow: allow.clone(), proxy: None, contact: None }).unwrap();
    Post { door: Some(door), allow, mail, room: "http://127.0.0.1:8417".to_owned() }
}

const HERE: &str = "127.0.0.0/8";

/// Makes a rule of channels, tells something of it, and returns the rule, the alert and the secret.
fn told(room: &Room, channels: Vec<NewChannel>, title: &str) -> (i64, i64, Option<String>) {
    let watched = Watched { when: When::Drift, story: None, query: None, source: None };
    let rule = NewRule { name: format!("Drift {title}"), watched, channels, who: "Mira Sand".to_owned(), at: NOW };
    let rule = NewRule { name: rule.name.replace(char::is_control, " "), ..rule };
    let made = room.store.write(move |writing| writing.make_rule(rule)).unwrap().unwrap();
    let span = |text: &str| variorum_news::Span {
        report: "herald".into(),
        start: 0,
        end: text.chars().count(),
        text: text.to_owned(),
    };
    let line = Line {
        label: "The source".to_owned(),
        report: Some("herald".into()),
        span: Some(span("12 people")),
        ..Line::default()
    };
    let words = Words {
        says: "A rewrite changes what its source says".to_owned(),
        title: Some(span(title)),
        lines: vec![line],
        ..Words::default()
    };
    let alert = NewAlert { rule: made.n, at: NOW, story: Some("s1".to_owned()), keys: vec!["a".to_owned()], words };
    let n = room.store.write(move |writing| writing.tell(&alert)).unwrap().unwrap();
    (made.n, n, made.secrets.into_iter().next().map(|(_, secret)| secret))
}

fn states(room: &Room, alert: i64) -> Vec<DeliveryState> {
    let alert = room.store.read(|view| view.alert(alert)).unwrap().unwrap();
    alert.deliveries.iter().map(|sent| sent.state).collect()
}

fn outcome(room: &Room, by: &Post, now: i64) -> Option<Outcome> {
    post(&room.store, by, now).unwrap().map(|posted| posted.outcome)
}

#[test]
fn a_signature_is_that_of_the_standard() {
    // Made with the library of the standard (Python, standardwebhooks 1.0).
    let of = Signature {
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp: 1_614_265_330,
        body: br#"{"test": 2432232314}"#,
    };
    assert_eq!(signature(&of).as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    assert_eq!(signature(&Signature { secret: "g0hM9SsE", ..of }), None);
}

#[test]
fn a_webhook_is_signed_and_goes_out_once() {
    let room = Room::new();
    let (url, heard) = server(vec!["HTTP/1.1 204 No Content\r\n\r\n"]);
    let (_, alert, secret) = told(&room, vec![NewChannel::Webhook(url)], "Two ferries collide");
    let by = by(HERE, None);
    assert_eq!(outcome(&room, &by, NOW), Some(Outcome::Sent));
    assert_eq!(outcome(&room, &by, NOW + 9), None);
    assert_eq!(states(&room, alert), [DeliveryState::Sent]);
    let heard = heard.join().unwrap().remove(0);
    let body = heard.split_once("\r\n\r\n").unwrap().1;
    let of = Signature {
        secret: &secret.unwrap(),
        id: header(&heard, "webhook-id"),
        timestamp: header(&heard, "webhook-timestamp").parse().unwrap(),
        body: body.as_bytes(),
    };
    assert_eq!(signature(&of).as_deref(), Some(header(&heard, "webhook-signature")));
    assert_eq!((of.timestamp, header(&heard, "content-type")), (NOW, "application/json"));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["data"]["id"], of.id);
    assert_eq!(body["data"]["story"]["href"], "http://127.0.0.1:8417/story/s1");
    assert_eq!(body["data"]["lines"][0]["span"]["text"], "12 people");
}

#[test]
fn a_receiver_that_is_not_well_is_tried_again_under_the_same_id() {
    let room = Room::new();
    let busy = "HTTP/1.1 503 Busy\r\nretry-after: 900\r\ncontent-length: 0\r\n\r\n";
    let (url, heard) = server(vec![busy, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"]);
    told(&room, vec![NewChannel::Webhook(url)], "x");
    let by = by(HERE, None);
    let Some(Outcome::Later { next, problem, .. }) = outcome(&room, &by, NOW) else { panic!("it is busy") };
    assert_eq!((next, problem.as_str()), (NOW + 900, "it answered 503"));
    assert_eq!(outcome(&room, &by, NOW + 899), None);
    assert_eq!(outcome(&room, &by, NOW + 900), Some(Outcome::Sent));
    let heard = heard.join().unwrap();
    assert_eq!(header(&heard[0], "webhook-id"), header(&heard[1], "webhook-id"));
    assert_ne!(header(&heard[0], "webhook-timestamp"), header(&heard[1], "webhook-timestamp"));
}

#[test]
fn what_never_arrives_is_given_up_after_three_days() {
    let room = Room::new();
    let (url, heard) = server(vec!["HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"; 10]);
    let (_, alert, _) = told(&room, vec![NewChannel::Webhook(url)], "x");
    let (by, mut now, mut tries) = (by(HERE, None), NOW, 0);
    while let Some(Outcome::Later { next, rests, .. }) = outcome(&room, &by, now) {
        assert!(next > now && rests >= now && next <= NOW + 3 * 86_400);
        now = next.max(rests);
        tries += 1;
    }
    assert_eq!((tries, states(&room, alert)), (9, vec![DeliveryState::Failed]));
    heard.join().unwrap();
}

#[test]
fn a_receiver_that_wants_no_more_gets_no_more() {
    let room = Room::new();
    let (url, heard) = server(vec!["HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n"]);
    let (rule, _, _) = told(&room, vec![NewChannel::Webhook(url)], "x");
    assert!(matches!(outcome(&room, &by(HERE, None), NOW), Some(Outcome::Gone { .. })));
    heard.join().unwrap();
    assert!(room.store.read(|view| view.rule(rule)).unwrap().unwrap().channels[0].off.is_some());
}

#[test]
fn no_message_goes_where_the_guard_does_not_let_it() {
    let room = Room::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    for url in [
        format!("http://{at}/"),
        format!("https://{at}/"),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://[::ffff:127.0.0.1]/".to_owned(),
        "https://2130706433/".to_owned(),
        "http://hooks.example/plain".to_owned(),
    ] {
        let (_, alert, _) = told(&room, vec![NewChannel::Webhook(url.clone())], &url);
        assert!(matches!(outcome(&room, &by("", None), NOW), Some(Outcome::Failed { .. })), "{url}");
        assert_eq!(states(&room, alert), [DeliveryState::Failed], "{url}");
    }
    assert!(listener.accept().is_err(), "nobody was dialled");
}

#[test]
fn a_receiver_cannot_lead_on_nor_hold_up() {
    let room = Room::new();
    let led = "HTTP/1.1 307 There\r\nlocation: http://169.254.169.254/latest/meta-data\r\ncontent-length: 0\r\n\r\n";
    let (url, heard) = server(vec![led]);
    told(&room, vec![NewChannel::Webhook(url)], "redirect");
    let Some(Outcome::Later { problem, .. }) = outcome(&room, &by(HERE, None), NOW) else { panic!("it leads on") };
    assert!(problem.contains("redirects are not followed"), "{problem}");
    heard.join().unwrap();

    // An answer without end: more is not read than a little.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let endless = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.write_all(b"HTTP/1.1 500 No\r\n\r\n");
        let mut written = 0_u64;
        while stream.write_all(&[b'x'; 4096]).is_ok() && written < 1 << 30 {
            written += 4096;
        }
        written
    });
    told(&room, vec![NewChannel::Webhook(url)], "endless");
    assert!(matches!(outcome(&room, &by(HERE, None), NOW), Some(Outcome::Later { .. })));
    assert!(endless.join().unwrap() < 64 << 20);
}

#[test]
fn a_test_says_what_came_back() {
    let room = Room::new();
    let (url, heard) = server(vec!["HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"]);
    let (rule, _, _) = told(&room, vec![NewChannel::Webhook(url), NewChannel::Mail("a@b.example".to_owned())], "x");
    let answers = try_out(&room.store, &by(HERE, None), rule, NOW).unwrap();
    assert_eq!(answers[0].1, Outcome::Sent);
    assert!(matches!(&answers[1].1, Outcome::Failed { problem } if problem.contains("how to send mail")));
    assert!(heard.join().unwrap()[0].contains("\"type\":\"test\""));
}

/// A server that takes mail; after the words it says `last`, or hangs up.
fn post_office(last: Option<&'static str>) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        talk(stream, last)
    });
    (port, heard)
}

fn talk(mut stream: TcpStream, last: Option<&'static str>) -> String {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut heard = String::new();
    let mut say = |words: &str| drop(stream.write_all(format!("{words}\r\n").as_bytes()));
    say("220 mail.example");
    let mut in_words = false;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return heard;
        }
        heard.push_str(&line);
        match line.trim_end() {
            "." if in_words => match last {
                Some(last) => {
                    in_words = false;
                    say(last);
                }
                None => return heard,
            },
            _ if in_words => {}
            "DATA" => {
                in_words = true;
                say("354 go on");
            }
            "QUIT" => say("221 bye"),
            _ => say("250 ok"),
        }
    }
}

fn mail(port: u16, recipients: &[&str]) -> Mail {
    let config = MailConfig {
        server: "127.0.0.1".to_owned(),
        port: Some(port),
        security: Security::None,
        user: None,
        password: None,
        password_env: None,
        from: "Night desk <alerts@desk.example>".to_owned(),
        recipients: recipients.iter().map(|one| (*one).to_owned()).collect(),
        certificate: None,
    };
    Mail::new(config, None).unwrap()
}

fn to() -> Vec<NewChannel> {
    vec![NewChannel::Mail("ada.orr@desk.example".to_owned())]
}

#[test]
fn a_mail_is_one_message_whatever_the_title_holds() {
    let room = Room::new();
    let title = "Two ferries\r\nBcc: all@desk.example\r\n\r\n<script>\u{202e}\u{7}é";
    let (rule, alert, _) = told(&room, to(), title);
    let (port, heard) = post_office(Some("250 taken"));
    assert_eq!(outcome(&room, &by("", Some(mail(port, &["desk.example"]))), NOW), Some(Outcome::Sent));
    assert_eq!(outcome(&room, &by("", Some(mail(port, &[]))), NOW + 9), None);
    assert_eq!(states(&room, alert), [DeliveryState::Sent]);
    let heard = heard.join().unwrap();
    let words = heard.split_once("DATA\r\n").unwrap().1;
    let (head, body) = words.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("List-Id: <rule-{rule}.alerts.desk.example>")), "{head}");
    assert!(head.contains("Message-ID: <alert_") && head.contains("Auto-Submitted: auto-generated"), "{head}");
    assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
    assert!(head.contains("=?utf-8?b?") && head.matches("Subject:").count() == 1 && !body.is_empty(), "{head}");
    assert_eq!(heard.matches("RCPT TO").count(), 1);
}

#[test]
fn a_mail_in_doubt_is_not_sent_again() {
    let room = Room::new();
    let (_, alert, _) = told(&room, to(), "x");
    let (port, heard) = post_office(None);
    assert!(matches!(outcome(&room, &by("", Some(mail(port, &[]))), NOW), Some(Outcome::Unsure { .. })));
    heard.join().unwrap();
    assert_eq!(states(&room, alert), [DeliveryState::Unsure]);
    assert_eq!(outcome(&room, &by("", Some(mail(port, &[]))), NOW + 99_999), None);
}

#[test]
fn a_mail_that_is_refused_is_tried_again_or_not() {
    let room = Room::new();
    let (_, alert, _) = told(&room, to(), "x");
    let (port, heard) = post_office(Some("451 later"));
    let Some(Outcome::Later { next, .. }) = outcome(&room, &by("", Some(mail(port, &[]))), NOW) else {
        panic!("later")
    };
    heard.join().unwrap();
    let (port, heard) = post_office(Some("554 never"));
    assert!(matches!(outcome(&room, &by("", Some(mail(port, &[]))), next), Some(Outcome::Failed { .. })));
    heard.join().unwrap();
    assert_eq!(states(&room, alert), [DeliveryState::Failed]);
    let (_, alert, _) = told(&room, to(), "y");
    assert!(matches!(outcome(&room, &by("", Some(mail(9, &["herald.example"]))), NOW), Some(Outcome::Failed { .. })));
    assert_eq!(states(&room, alert), [DeliveryState::Failed]);
}

#[test]
fn what_was_under_way_when_the_program_was_killed() {
    let room = Room::new();
    let channels = vec![NewChannel::Webhook("https://desk.example/hook".to_owned()), to().remove(0)];
    let (_, alert, _) = told(&room, channels, "x");
    for kind in ["webhook", "mail"] {
        room.store.write(move |writing| writing.claim(&[kind], NOW)).unwrap().unwrap();
    }
    let room = room.again();
    room.store.write(|writing| writing.take_up_sending(NOW + 60)).unwrap();
    assert_eq!(states(&room, alert), [DeliveryState::Waiting, DeliveryState::Unsure]);
}

#[test]
fn mail_goes_in_the_open_to_this_machine_alone() {
    let config = |server: &str| MailConfig {
        server: server.to_owned(),
        port: None,
        security: Security::None,
        user: None,
        password: None,
        password_env: None,
        from: "alerts@desk.example".to_owned(),
        recipients: Vec::new(),
        certificate: None,
    };
    assert!(Mail::new(config("127.0.0.1"), None).is_ok() && Mail::new(config("localhost"), None).is_ok());
    for server in ["mail.desk.example", "10.0.0.1", "localhost.example"] {
        assert!(Mail::new(config(server), None).unwrap_err().contains("this machine"), "{server}");
    }
    let named = MailConfig { user: Some("desk".to_owned()), ..config("localhost") };
    assert!(Mail::new(named.clone(), None).unwrap_err().contains("no password"));
    let secret = MailConfig { password: Some("h4rbour".to_owned()), ..named };
    assert!(!format!("{secret:?} {:?}", Mail::new(secret.clone(), None).unwrap()).contains("h4rbour"));
}
