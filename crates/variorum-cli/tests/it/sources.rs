//! What is watched: added, listed, taken off, and handed on as OPML.

use crate::program;

struct Desk(tempfile::TempDir);

impl Desk {
    fn run(&self, words: &[&str]) -> program::Run {
        let mut command = program::program();
        command.args(["sources"]).args(words).arg("--store").arg(self.0.path().join("desk.db"));
        program::feed(command, b"")
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).expect("there is room");
        path.display().to_string()
    }
}

#[test]
fn a_list_that_is_taken_in_is_handed_on_the_same() {
    let desk = Desk(tempfile::tempdir().expect("there is room"));
    let list = desk.file(
        "mine.opml",
        "<opml version='2.0'><body><outline text='Sea'><outline text='North'>\
         <outline type='rss' text='Herald &amp; Sea' xmlUrl='https://herald.example/feed?a=1&amp;b=2' htmlUrl='https://herald.example/'/>\
         </outline></outline><outline type='rss' text='Post' xmlUrl='https://ada:secret@post.example/feed'/></body></opml>",
    );
    assert_eq!(desk.run(&["import", &list]).ended_with(0).out, "2 sources, 2 of them new.\n");
    let listed = desk.run(&[]).ended_with(0).out;
    assert!(listed.contains("Not asked yet.") && listed.contains("https://post.example/feed"), "{listed}");
    assert!(!listed.contains("secret"), "{listed}");
    let exported = desk.run(&["export"]).ended_with(0).out;
    let again = Desk(tempfile::tempdir().expect("there is room"));
    let file = again.file("again.opml", &exported);
    again.run(&["import", &file]).ended_with(0);
    assert_eq!(again.run(&["export"]).ended_with(0).out, exported);
    for part in ["xmlUrl=\"https://herald.example/feed?a=1&amp;b=2\"", "text=\"North\"", "ada:secret@"] {
        assert!(exported.contains(part), "{part} is not in {exported}");
    }
}

#[test]
fn a_source_is_paused_asked_again_and_taken_off() {
    let desk = Desk(tempfile::tempdir().expect("there is room"));
    let feed = "https://herald.example/feed";
    assert!(desk.run(&["add", "--unasked", feed]).ended_with(0).out.contains("is watched"));
    assert!(desk.run(&["add", "--unasked", feed]).ended_with(0).out.contains("was watched already"));
    desk.run(&["pause", feed, "--why", "moves house"]).ended_with(0);
    assert!(desk.run(&[]).out.contains(": moves house."));
    desk.run(&["resume", "1"]).ended_with(0);
    assert_eq!(desk.run(&["--json"]).lines()[0]["health"], "waiting");
    desk.run(&["remove", feed]).ended_with(0);
    assert!(desk.run(&[]).out.starts_with("Nothing is watched."));
    assert!(desk.run(&["remove", "https://other.example/"]).ended_with(1).err.contains("no source is called"));
    assert!(desk.run(&["add", "--unasked", "file:///etc/passwd"]).ended_with(1).err.contains("no http or https address"));
}

#[test]
fn this_machine_is_not_asked_unless_it_is_allowed_by_name() {
    let desk = Desk(tempfile::tempdir().expect("there is room"));
    for address in ["http://127.0.0.1:9/feed", "http://[::ffff:127.0.0.1]/feed", "http://169.254.169.254/latest"] {
        let refused = desk.run(&["check", address, "--dry-run"]);
        assert!(refused.out.contains("was not asked"), "{}{}", refused.out, refused.err);
    }
}
