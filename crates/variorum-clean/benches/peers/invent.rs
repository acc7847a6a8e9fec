//! Invents pages: reports of invented events, set in the layouts that news sites have.

use serde_json::Value;

use crate::set::Page;

// Its tests have no harness here, which leaves their imports idle.
#[allow(unused_imports, dead_code)]
#[path = "../../../../xtask/src/bench/invent.rs"]
mod reports;

const PAGES: usize = 200;

/// Returns the same pages on every machine.
pub fn pages() -> Vec<Page> {
    let lines = reports::reports(PAGES, 4);
    lines
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .enumerate()
        .map(|(n, report)| page(n, &report))
        .collect()
}

fn page(n: usize, report: &Value) -> Page {
    let words = |name: &str| report[name].as_str().unwrap_or_default().to_owned();
    let (title, published, outlet) = (words("title"), words("published"), words("outlet"));
    let author = ["Ada Orr", "Ben Lee", "Carla Nunes Vale", "Dov Amsel"][n % 4].to_owned();
    let text = words("text");
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let body = match n % 3 {
        0 => paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect(),
        1 => paragraphs.iter().map(|p| format!("<div class=\"text-block\"><span>{p}</span></div>\n")).collect(),
        _ => format!("<div>{}</div>", paragraphs.join("<br><br>\n")),
    };
    let menu: String = (0..40).map(|k| format!("<li><a href=\"/s/{k}\">Section {k}</a></li>")).collect();
    let teasers: String = (0..12)
        .map(|k| format!("<div class=\"card\"><a href=\"/a/{k}\"><h3>Council puts off decision number {k}</h3></a><p>The vote was moved again.</p></div>"))
        .collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><title>{title} | {outlet}</title><meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"article:published_time\" content=\"{published}\"><meta name=\"author\" content=\"{author}\">\
         <script>{}</script><style>{}</style></head><body><header><nav><ul>{menu}</ul></nav></header>\
         <main><article><h1>{title}</h1><p class=\"byline\">By {author}</p><ul class=\"share\"><li>Share</li><li>Tweet</li></ul>\
         {body}<div class=\"newsletter\">Sign up for our newsletter</div></article><aside>{teasers}</aside></main>\
         <footer>© {outlet}. All rights reserved.</footer></body></html>",
        "var a = {};\n".repeat(2_000),
        ".card { margin: 0 }\n".repeat(600),
    );
    Page { html, url: None, text, title: Some(title), published: Some(published), authors: vec![author] }
}
