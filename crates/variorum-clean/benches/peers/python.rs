//! Peers in Python: one process each, pages in and answers out as JSON Lines.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::Run;
use crate::score::Found;
use crate::set::{Page, cpu};

/// A peer: its name and the body of a function from `html` and `url` to an answer.
#[derive(Debug)]
pub struct Peer {
    pub name: &'static str,
    import: &'static str,
    answer: &'static str,
}

/// The peers, each called as its documentation advises.
pub const PEERS: &[Peer] = &[
    Peer {
        name: "trafilatura (Python), text",
        import: "import trafilatura",
        answer: "{'text': trafilatura.extract(html, include_comments=False)}",
    },
    Peer {
        name: "trafilatura (Python), all",
        import: "import trafilatura, json as j",
        answer: "j.loads(trafilatura.extract(html, url=url, include_comments=False, with_metadata=True, output_format='json') or '{}')",
    },
    Peer {
        name: "readability-lxml",
        import: "from readability import Document; from lxml.html import fromstring",
        answer: "{'text': fromstring(Document(html).summary()).text_content()}",
    },
    Peer {
        name: "resiliparse",
        import: "from resiliparse.extract.html2text import extract_plain_text",
        answer: "{'text': extract_plain_text(html, main_content=True)}",
    },
    Peer {
        name: "htmldate",
        import: "import htmldate",
        answer: "{'date': htmldate.find_date(html, original_date=True)}",
    },
];

/// Returns what a peer made of the pages, or why it could not be asked.
pub fn run(peer: &Peer, pages: &[Page]) -> Result<Run, String> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    // Start and imports are no cleaning: the same process without pages is taken off.
    let empty = timed(&python, peer, &[])?.cpu;
    let mut run = timed(&python, peer, pages)?;
    run.cpu = run.cpu.saturating_sub(empty);
    Ok(run)
}

fn timed(python: &str, peer: &Peer, pages: &[Page]) -> Result<Run, String> {
    let script = format!(
        "import json, sys, logging\nlogging.disable(50)\n{}\nfor line in sys.stdin:\n  page = json.loads(line)\n  html, url = page['html'], page['url']\n  try: print(json.dumps({}))\n  except Exception: print('{{}}')\n",
        peer.import, peer.answer
    );
    let before = cpu();
    let mut child = Command::new(python)
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{python} does not start ({error})"))?;
    let mut input = child.stdin.take().ok_or("no standard input")?;
    let lines: Vec<String> = pages.iter().map(|page| json!({"html": page.html, "url": page.url}).to_string()).collect();
    // Writing in a thread keeps the peer from waiting on a full pipe while it answers.
    let writer = std::thread::spawn(move || lines.iter().try_for_each(|line| writeln!(input, "{line}")));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writer.join();
    if !output.status.success() {
        return Err(format!("not installed for {python}"));
    }
    let found = String::from_utf8_lossy(&output.stdout).lines().map(answer).collect();
    Ok(Run { name: peer.name.to_owned(), found, cpu: cpu().saturating_sub(before) })
}

fn answer(line: &str) -> Found {
    let value: Value = serde_json::from_str(line).unwrap_or_default();
    let words = |name: &str| value[name].as_str().map(str::to_owned);
    Found {
        text: words("text").or_else(|| words("raw_text")).unwrap_or_default(),
        title: words("title"),
        published: words("date"),
        authors: words("author").map(|names| names.split("; ").map(str::to_owned).collect()),
    }
}
