//! Invented pages, half articles of every shape and half none, and how many are told apart.

use super::{Kind, phrases};

/// A page, where it came from, and what it is; none for an article.
struct Case {
    name: &'static str,
    url: &'static str,
    html: String,
    is: Option<Kind>,
}

const HEADLINES: [&str; 20] = [
    "Ferry strike enters its third week",
    "Quarry vote put off again",
    "Mayor Orr defends harbour plan",
    "Two hurt as crane topples over",
    "Schools in Delmare to stay shut",
    "Marrowick wins the regatta at last",
    "Bakers warn of dearer bread soon",
    "Museum admits it bought a forgery",
    "Wolves seen near the Ostrava road",
    "Orchestra names its new conductor",
    "Judge frees banker after appeal",
    "Bridge toll doubles from next month",
    "Storm leaves island without power",
    "New lighthouse keeper is nineteen",
    "Council sells the old customs house",
    "Fishermen block the harbour mouth",
    "Bus drivers accept the new offer",
    "Hospital opens a wing for children",
    "Library finds a lost town chronicle",
    "Ice closes the canal for a week",
];

const ENGLISH: &str = "The ferry between Delmare and Ostrava was cancelled on Monday after its crew walked out over pay, the line said. \
    Passengers waited on the quay until the evening, and many of them went home by bus through the hills.";
const GERMAN: &str = "Die Fähre zwischen Delmare und Ostrava fiel am Montag aus, weil die Mannschaft im Streit um den Lohn die Arbeit niederlegte. \
    Die Reisenden warteten bis zum Abend am Kai, und viele von ihnen fuhren mit dem Bus über die Hügel nach Hause.";
const FRENCH: &str = "Le ferry entre Delmare et Ostrava a été annulé lundi après que son équipage a cessé le travail, a indiqué la compagnie. \
    Les passagers ont attendu sur le quai jusqu'au soir, et beaucoup sont rentrés chez eux en autocar par les collines.";
const SPANISH: &str = "El ferri entre Delmare y Ostrava fue cancelado el lunes después de que la tripulación dejara el trabajo, dijo la compañía. \
    Los pasajeros esperaron en el muelle hasta la noche, y muchos de ellos volvieron a casa en autobús por las colinas.";
const JAPANESE: &str = "デルマレとオストラバを結ぶフェリーは月曜日、乗組員が賃金をめぐって職場を離れたため欠航したと運航会社が発表した。\
    乗客は夕方まで岸壁で待ち、多くの人が丘を越えるバスで帰宅した。";

fn page(head: &str, body: &str) -> String {
    let menu = ["News", "Sport", "Weather", "Culture"].map(|name| format!("<li><a href=\"/{name}\">{name}</a></li>"));
    format!(
        "<html><head>{head}</head><body><nav><ul>{}</ul></nav><main>{body}</main>\
         <footer><p>Delmare Courier, Quay 4</p></footer></body></html>",
        menu.concat()
    )
}

fn titled(title: &str, body: &str) -> String {
    page(&format!("<title>{title}</title>"), &format!("<h1>{title}</h1>{body}"))
}

fn stated(kind: &str, title: &str, body: &str) -> String {
    let data =
        format!("<script type=\"application/ld+json\">{{\"@type\":\"{kind}\",\"headline\":\"{title}\"}}</script>");
    page(&format!("<title>{title}</title>{data}"), &format!("<h1>{title}</h1>{body}"))
}

fn paragraphs(text: &str, n: usize) -> String {
    (1..=n).map(|n| format!("<p>{text} ({n})</p>").replace(". (1)", ".")).collect()
}

/// Teasers with a heading that is a link, and a line under it.
fn cards(n: usize) -> String {
    let card = |headline: &&str| {
        format!(
            "<div class=\"card\"><h3><a href=\"/a\">{headline}</a></h3><p>What the harbour talked of on Monday, and why it will go on talking of it for a while, as our reporters heard.</p></div>"
        )
    };
    HEADLINES.iter().take(n).map(card).collect()
}

fn links(n: usize) -> String {
    let items: String = HEADLINES.iter().take(n).map(|line| format!("<li><a href=\"/b\">{line}</a></li>")).collect();
    format!("<ul>{items}</ul>")
}

fn cases() -> Vec<Case> {
    let case = |name, url, html, is| Case { name, url, html, is };
    let article =
        |name, html| case(name, "https://delmare-courier.example/news/ferry-strike-enters-third-week", html, None);
    let none = |name, html, kind| {
        case(name, "https://delmare-courier.example/news/ferry-strike-enters-third-week", html, Some(kind))
    };
    let at = |name, url, html, kind| case(name, url, html, Some(kind));
    let mut all = vec![
        article("a plain article", titled("Ferry strike enters third week", &paragraphs(ENGLISH, 5))),
        article("a short news in brief", titled("Ferry cancelled", &paragraphs(ENGLISH, 1))),
        article("a German article", titled("Fähre fällt aus", &paragraphs(GERMAN, 4))),
        article("a French article", titled("Le ferry annulé", &paragraphs(FRENCH, 4))),
        article("a Spanish article", titled("El ferri cancelado", &paragraphs(SPANISH, 4))),
        article("a Japanese article", titled("フェリー欠航", &paragraphs(JAPANESE, 4))),
        article("a short German piece", titled("Fähre fällt aus", &paragraphs(GERMAN, 1))),
        article("an article with many teasers under it", titled("Ferry strike", &format!("{}<aside>{}</aside>", paragraphs(ENGLISH, 6), cards(20)))),
        article("an article between lists of links", titled("Ferry strike", &format!("<div>{}</div>{}<div>{}</div>", links(15), paragraphs(ENGLISH, 6), links(20)))),
        article("a short article with teasers", stated("NewsArticle", "Ferry strike", &format!("{}{}", paragraphs(ENGLISH, 2), cards(12)))),
        article("a live blog", stated("LiveBlogPosting", "Ferry strike: live", &(0..8).map(|n| format!("<h3>1{n}:05</h3>{}", paragraphs(ENGLISH, 1))).collect::<String>())),
        article("a list article", titled("Ten quays to see", &HEADLINES.iter().map(|line| format!("<h2>{line}</h2><p>{ENGLISH}</p>")).collect::<String>())),
        article("a list article whose headings are links", titled("Ten quays to see", &HEADLINES.iter().map(|line| format!("<h2><a href=\"/c\">{line}</a></h2><p>{ENGLISH} {ENGLISH} {ENGLISH} {ENGLISH}</p>")).collect::<String>())),
        article("an interview", titled("“We had no choice”", &(0..6).map(|n| format!("<p><b>What did you do then ({n})?</b></p><p>We stayed on the quay until the police came, and then we went home, for there was nothing left to do that night.</p>")).collect::<String>())),
        article("a photo with a long caption", stated("NewsArticle", "The harbour at dawn", &format!("<figure><img src=\"x.jpg\"><figcaption>{ENGLISH}</figcaption></figure><p>{ENGLISH}</p>"))),
        article("a press release", titled("Delmare Ferries publishes its timetable", &format!("{}<p>Press contact: Ada Orr, Quay 4, Delmare</p>", paragraphs(ENGLISH, 3)))),
        article("an article full of links", titled("What the papers say", &(0..6).map(|_| format!("<p>The <a href=\"/d\">Marrowick Herald thinks that the strike will go on</a>, while <a href=\"/e\">the Ostrava Ledger sees an end to it</a>. {ENGLISH}</p>")).collect::<String>())),
        article("a report on error 404", titled("Page not found: how a town lost its chronicle", &paragraphs(ENGLISH, 5))),
        article("a report on access that was denied", titled("Access denied", &paragraphs(ENGLISH, 6))),
        article("a report on cookies", titled("Before you continue: what cookies know", &paragraphs("The council wants to know what cookies do on its pages. It asked a firm in Ostrava, which found nothing that breaks the law on the harbour's own pages.", 5))),
        article("a report on a search", titled("Search", &paragraphs(ENGLISH, 5))),
        article("a report with a video on top", stated("NewsArticle", "Ferry strike", &format!("<video src=\"x\"></video>{}", paragraphs(ENGLISH, 3)))),
        article("a report under a consent banner", titled("Ferry strike", &format!("<div class=\"banner\"><p>We use cookies and our partners store them.</p></div>{}", paragraphs(ENGLISH, 4)))),
        article("a report with a script notice", titled("Ferry strike", &format!("<p>Please enable JavaScript to see the map.</p>{}", paragraphs(ENGLISH, 4)))),
        article("a report that goes on behind a paywall", stated("NewsArticle", "Ferry strike", &format!("{}<p>Subscribe to continue reading.</p>", paragraphs(ENGLISH, 4)))),
        article("a report that is not free and stands there whole", page("<title>Ferry strike</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>", &format!("<h1>Ferry strike</h1>{}", paragraphs(ENGLISH, 4)))),
        article("a report with a form to log in", titled("Ferry strike", &format!("<form><input type=\"password\"></form>{}", paragraphs(ENGLISH, 3)))),
        article("a match report with a table", titled("Marrowick wins", &format!("{}<table>{}</table>", paragraphs(ENGLISH, 3), "<tr><td>Marrowick</td><td>3</td></tr>".repeat(12)))),
        article("a report in a web log without any data", titled("Notes from the quay", &format!("<div>{}</div>", paragraphs(ENGLISH, 3)))),
        case("a report filed under a topic", "https://delmare-courier.example/topics/ferries/ferry-strike-enters-its-third-week", titled("Ferry strike", &format!("{}{}", paragraphs(ENGLISH, 4), links(12))), None),
        case("a report filed under video", "https://delmare-courier.example/video/ferry-strike-2025", titled("Ferry strike", &format!("<iframe src=\"x\"></iframe>{}", paragraphs(ENGLISH, 2))), None),
        case("a front page that is one report", "https://ferry-diary.example/", titled("A day on the ferry", &paragraphs(ENGLISH, 6)), None),
        none("a page that was not found", titled("404 Not Found", "<p>Sorry, the page you were looking for has gone.</p>"), Kind::Error),
        none("not found, among links", page("<title>Page not found - Delmare Courier</title>", &format!("<h1>Page not found</h1><p>Try one of these.</p>{}", links(20))), Kind::Error),
        none("not found in German", titled("Seite nicht gefunden", "<p>Die gesuchte Seite gibt es leider nicht mehr auf unserem Angebot.</p>"), Kind::Error),
        none("not found in French", titled("Page introuvable | Le Courrier", "<p>La page que vous cherchez n'existe plus.</p>"), Kind::Error),
        none("not found in Spanish", titled("Página no encontrada", "<p>La página que busca ya no existe.</p>"), Kind::Error),
        none("not found in Japanese", titled("ページが見つかりません", "<p>お探しのページは移動したか削除されました。</p>"), Kind::Error),
        none("not found in Russian", titled("Страница не найдена", "<p>Возможно, она была удалена.</p>"), Kind::Error),
        none("a broken server", titled("502 Bad Gateway", "<hr><center>nginx</center>"), Kind::Error),
        none("a wall against robots", titled("Just a moment...", "<p>Checking your browser before accessing delmare-courier.example.</p><p>This process is automatic. Your browser will redirect to your requested content shortly.</p>"), Kind::BotWall),
        none("access denied", titled("Access Denied", "<p>You don't have permission to access this page on this server.</p><p>Reference 18.2</p>"), Kind::BotWall),
        none("a captcha without a title", page("<title>delmare-courier.example</title>", "<p>Please verify you are a human.</p><p>Press and hold the button.</p>"), Kind::BotWall),
        none("a page built by script", page("<title>Delmare Courier</title>", "<div id=\"root\"><p>You need to enable JavaScript to run this app.</p></div>"), Kind::Script),
        none("a page built by script, German", page("<title>Delmarer Zeitung</title>", "<p>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</p>"), Kind::Script),
        none("a consent wall", titled("Before you continue", "<p>We and our partners store cookies on your device to show personalised advertising.</p><p>If you agree, our partners may use precise location data.</p><p>You can change your preferences at any time in the privacy dashboard.</p>"), Kind::Consent),
        none("a German consent wall", titled("Delmarer Zeitung", "<p>Wir und unsere Partner speichern Cookies auf Ihrem Gerät.</p><p>Mit Ihrer Einwilligung verarbeiten wir Daten für personalisierte Werbung.</p><p>Mehr im Datenschutz.</p>"), Kind::Consent),
        none("a French consent wall", titled("Nous respectons votre vie privée", "<p>Nous et nos partenaires utilisons des cookies.</p><p>Votre consentement vaut pour ce site et nos partenaires.</p>"), Kind::Consent),
        none("a page to log in", titled("Log in", "<form><input type=\"text\"><input type=\"password\"></form><p>Forgot your password? Write to us.</p>"), Kind::Login),
        none("a page to log in, Spanish", titled("Iniciar sesión", "<form><input type=\"password\"></form><p>¿No tienes cuenta? Regístrate.</p>"), Kind::Login),
        none("a stub before a paywall", stated("NewsArticle", "Ferry strike", "<p>The ferry between Delmare and Ostrava was cancelled on Monday after its crew walked out over pay.</p><p>Subscribe to continue reading.</p>"), Kind::Paywall),
        none("a stub in French", stated("NewsArticle", "Le ferry annulé", "<p>Le ferry entre Delmare et Ostrava a été annulé lundi après un arrêt de travail de son équipage.</p><p>Il vous reste 85 % de cet article à lire. La suite est réservée aux abonnés.</p>"), Kind::Paywall),
        none("a stub in German", titled("Fähre fällt aus", "<p>Die Fähre zwischen Delmare und Ostrava fiel am Montag aus, weil die Mannschaft die Arbeit niederlegte.</p><p>Dieser Artikel ist nur für Abonnenten verfügbar.</p>"), Kind::Paywall),
        none("a stub that says it is not free", page("<title>Ferry strike</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}</script>", "<h1>Ferry strike</h1><p>The ferry between Delmare and Ostrava was cancelled on Monday after its crew walked out over pay and over hours at sea, the line said.</p>"), Kind::Paywall),
        none("a domain for sale", titled("delmare-news.example", "<p>This domain is for sale.</p><p>Make an offer today.</p>"), Kind::Parked),
        none("an empty host", titled("Welcome to nginx!", "<p>If you see this page, the nginx web server is successfully installed and working.</p>"), Kind::Parked),
        none("a list that says so", page("<title>Ferries</title><script type=\"application/ld+json\">{\"@type\":\"CollectionPage\"}</script>", &cards(12)), Kind::Listing),
        none("cards and nothing else", page("<title>Ferries</title>", &cards(16)), Kind::Listing),
        none("a list stated in a graph", page("<title>Ferries</title><script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":\"ItemList\"}]}</script>", &format!("{}{}", cards(6), links(12))), Kind::Listing),
        none("a video and a line", page("<title>Ferry at sea</title><meta property=\"og:type\" content=\"video.other\">", "<h1>Ferry at sea</h1><video src=\"x\"></video><p>The ferry leaves the harbour.</p>"), Kind::Media),
        none("a gallery", page("<title>The harbour in pictures</title><script type=\"application/ld+json\">{\"@type\":\"ImageGallery\"}</script>", "<h1>The harbour in pictures</h1><img src=\"1\"><img src=\"2\"><p>Twelve views of the quay.</p>"), Kind::Media),
    ];
    let front = "https://delmare-courier.example/";
    all.push(at(
        "a front page",
        front,
        page("<title>Delmare Courier</title>", &format!("{}{}", cards(20), links(20))),
        Kind::Listing,
    ));
    all.push(at(
        "a front page of links",
        "https://delmare-courier.example/en/",
        page("<title>Delmare Courier</title>", &format!("{}<p>News from the harbour and beyond.</p>", links(20))),
        Kind::Listing,
    ));
    all.push(at(
        "a tag",
        "https://delmare-courier.example/tag/ferries/",
        page("<title>Ferries</title>", &cards(10)),
        Kind::Listing,
    ));
    all.push(at(
        "a topic in German",
        "https://delmarer-zeitung.example/thema/faehren",
        page("<title>Fähren</title>", &cards(10)),
        Kind::Listing,
    ));
    all.push(at(
        "an author",
        "https://delmare-courier.example/author/ada-orr",
        page("<title>Ada Orr</title>", &format!("<h1>Ada Orr</h1><p>Ada Orr writes on the sea.</p>{}", cards(9))),
        Kind::Listing,
    ));
    all.push(at(
        "results of a search",
        "https://delmare-courier.example/search/?q=ferry",
        page("<title>Search results for: ferry</title>", &format!("<h1>Search results for: ferry</h1>{}", cards(10))),
        Kind::Search,
    ));
    all.push(at(
        "a video in its folder",
        "https://delmare-courier.example/video/ferry",
        page("<title>Ferry</title>", "<h1>Ferry</h1><iframe src=\"x\"></iframe><p>Watch the ferry leave.</p>"),
        Kind::Media,
    ));
    all
}

/// The least share of the pages without an article that are told.
const FLOOR: f64 = 0.95;

#[test]
fn articles_and_other_pages_are_told_apart() {
    let cases = cases();
    assert!(cases.len() >= 60);
    let (mut told, mut wrong) = (0, Vec::new());
    for case in &cases {
        let said = crate::html::read(&case.html, Some(case.url)).err();
        match (case.is, said) {
            (None, None) => {}
            (None, Some(reason)) => panic!("{}: an article is lost: {reason}", case.name),
            (Some(kind), Some(reason)) if reason == kind.reason() => told += 1,
            (Some(_), said) => wrong.push((case.name, said)),
        }
    }
    let others = cases.iter().filter(|case| case.is.is_some()).count();
    assert!(told as f64 >= FLOOR * others as f64, "{told} of {others}: {wrong:#?}");
}

#[test]
fn every_row_tells_its_example() {
    for row in phrases::rows() {
        let found = match row.part {
            "title" => super::parts(row.example).iter().find_map(|part| phrases::title(part)),
            "line" => phrases::line(row.example),
            "word" => phrases::of_consent(row.example).then_some(Kind::Consent),
            _ => row.example.split('/').find_map(phrases::path),
        };
        assert_eq!(found, Some(row.kind), "{}: {}", row.phrase, row.example);
    }
}

#[test]
fn a_cut_text_is_noted() {
    let html = stated(
        "NewsArticle",
        "Ferry strike",
        &format!("{}<p>Subscribe to continue reading.</p>", paragraphs(ENGLISH, 4)),
    );
    assert!(crate::html::read(&html, None).expect("an article").is_cut_off);
    let html = stated("NewsArticle", "Ferry strike", &paragraphs(ENGLISH, 4));
    assert!(!crate::html::read(&html, None).expect("an article").is_cut_off);
}
