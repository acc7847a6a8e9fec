//! What the names of elements say: class, id, `itemprop`, `rel`.

use super::Says;

/// What a class or id says of its element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Class {
    /// It holds what stands beside the article.
    pub beside: bool,
    /// Comments and related articles have authors and dates of their own, however short they are.
    pub of_others: bool,
    pub crumbs: bool,
    pub update: bool,
    pub published: bool,
    pub publish: bool,
    pub date: bool,
    pub time: bool,
    pub author: bool,
    pub standfirst: bool,
    /// A box beside the text that can hold the author and the date all the same.
    pub facts: bool,
}

impl Class {
    /// Reads a class and id in lower case.
    pub fn of(class: &str) -> Class {
        let has = |marks: &[&str]| marks.iter().any(|mark| class.contains(mark));
        let begins = |marks: &[&str]| {
            let mut tokens = class.split_whitespace();
            tokens.any(|token| marks.iter().any(|mark| token.starts_with(mark)) && !token.contains("count"))
        };
        Class {
            beside: begins(BESIDE),
            of_others: begins(OTHERS),
            crumbs: class.contains("breadcrumb"),
            update: has(&["updat", "modif", "edited"]),
            published: has(PUBLISHED) && !has(&["unpublished", "publisher"]),
            publish: has(&["publish"]),
            date: has(DATES),
            time: has(&["date", "time"]),
            author: has(AUTHORS) && !has(&["bild", "photo", "foto", "image", "caption", "picture"]),
            standfirst: has(STANDFIRSTS),
            facts: has(&["meta", "author", "byline", "info"]),
        }
    }
}

/// How an element is named.
pub(super) struct Names {
    pub class: Class,
    pub itemprop: String,
    pub rel: String,
    /// Where a link leads, in lower case.
    pub href: String,
    pub is_pubdate: bool,
    pub label: String,
}

impl Names {
    /// Tells whether an element holds what stands beside the article.
    pub fn is_beside(&self, tag: &str) -> bool {
        match tag {
            "nav" | "footer" => true,
            "html" | "body" | "main" | "article" | "h1" | "header" => false,
            "aside" => self.class.beside || !self.class.facts,
            _ => self.class.beside,
        }
    }

    /// Tells whether an element is a breadcrumb trail.
    pub fn is_crumbs(&self) -> bool {
        self.class.crumbs || self.itemprop.contains("breadcrumb") || self.label.contains("breadcrumb")
    }

    /// Returns what an element says of itself.
    pub fn says(&self, tag: &str) -> impl Iterator<Item = Says> {
        let class = self.class;
        let is_update = self.itemprop.contains("datemodified") || class.update;
        let is_first = self.itemprop.contains("datepublished")
            || self.is_pubdate
            || class.published
            || tag == "time" && class.publish;
        let date = if is_first {
            Some(Says::Published)
        } else if is_update && (tag == "time" || class.time || self.itemprop.contains("date")) {
            Some(Says::Modified)
        } else if tag == "time" {
            Some(Says::Time)
        } else {
            class.date.then_some(Says::Date)
        };
        let author = class.author
            || self.rel.split(' ').any(|rel| rel == "author")
            || self.itemprop.contains("author")
            || !self.href.is_empty() && AUTHOR_PATHS.iter().any(|path| self.href.contains(path));
        let standfirst = self.itemprop == "alternativeheadline" || class.standfirst && tag != "time";
        [date, author.then_some(Says::Author), standfirst.then_some(Says::Standfirst)].into_iter().flatten()
    }
}

/// How classes and ids begin that hold other articles and comments.
const OTHERS: &[&str] = &["comment", "related", "recommend", "recent", "popular", "reply", "most-", "next-", "prev-"];

const PUBLISHED: &[&str] = &["published", "pubdate", "pub-date", "datepublished", "publish-date", "publishdate"];

/// How classes and ids begin that hold what stands beside an article.
const BESIDE: &[&str] = &[
    "comment",
    "disqus",
    "respond",
    "related",
    "recommend",
    "sidebar",
    "widget_recent",
    "footer",
    "site-footer",
    "teaser",
    "recent",
    "popular",
    "trending",
    "latest",
    "most-",
    "mostread",
    "carousel",
    "newsletter",
    "promo",
    "menu",
    "nav-",
    "navigation",
    "navbar",
    "next-",
    "prev-",
    "read-more",
    "readmore",
    "more-from",
    "more-stories",
    "also-",
    "advert",
    "reply",
    "replies",
    "cookie",
    "archive-",
    "blogroll",
    "ticker",
    "search-",
];

const DATES: &[&str] =
    &["date", "publish", "posted", "timestamp", "byline", "meta", "time-", "-time", "datum", "fecha"];

const AUTHORS: &[&str] = &["author", "byline", "autor", "writer", "signature", "auteur", "skribent"];

const AUTHOR_PATHS: &[&str] = &[
    "/author/",
    "/authors/",
    "/autor/",
    "/autoren/",
    "/auteur/",
    "/auteurs/",
    "/autore/",
    "/autori/",
    "/contributor/",
    "/contributors/",
    "/journalist/",
    "/journalists/",
    "/reporter/",
    "/by/",
    "/profile/",
    "/people/",
    "/staff/",
    "mailto:",
];

const STANDFIRSTS: &[&str] = &[
    "standfirst",
    "subtitle",
    "sub-title",
    "sub_title",
    "subhead",
    "sub-head",
    "subheadline",
    "dek",
    "deck",
    "headline-sub",
    "article-lead",
    "article__lead",
    "article-intro",
    "article__intro",
    "article-summary",
    "article__summary",
    "lede",
    "chapo",
    "entradilla",
    "ingress",
    "vorspann",
    "excerpt",
    "teasertext",
    "abstract",
    "strapline",
    "kicker-text",
    "article-description",
    "article__description",
    "bajada",
    "sommario",
    "occhiello",
    "lead-text",
    "leadtext",
    "tagline",
];
