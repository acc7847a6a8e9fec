//! JSON Feed 1.1.

use serde::Serialize;

use super::times::rfc3339;
use super::{Feed, FeedStory, language, linked};

/// The fields stand in the order of the standard, `version` first.
#[derive(Serialize)]
struct Document {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    language: &'static str,
    authors: [Author; 1],
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Author {
    name: &'static str,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    content_html: String,
    content_text: String,
    summary: String,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(rename = "_variorum")]
    variorum: Extension,
}

/// What the standard has no field for; its name begins with an underscore, as the standard asks.
#[derive(Serialize)]
struct Extension {
    about: String,
    differences: u32,
    changes_by_rewrites: u32,
    via: Vec<Via>,
}

#[derive(Serialize)]
struct Via {
    name: String,
    report: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// Returns a view as a JSON Feed. Names and times are those of the Atom feed of the same view.
pub fn json_feed(feed: &Feed) -> String {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: feed.title.clone(),
        home_page_url: feed.at(&feed.page),
        feed_url: feed.at(&feed.itself),
        description: super::entry::CREED,
        next_url: feed.next.as_deref().map(|next| feed.at(next)),
        language: "en",
        authors: [Author { name: "Variorum" }],
        items: feed.stories.iter().map(|story| item(feed, story)).collect(),
    };
    super::json(&document)
}

fn item(feed: &Feed, story: &FeedStory) -> Item {
    let via = story.witnesses.iter().map(|witness| Via {
        name: witness.name.clone(),
        report: feed.room.report(&witness.id),
        url: linked(witness.url.as_deref()).map(str::to_owned),
    });
    Item {
        id: feed.room.urn("story", &story.id),
        url: feed.room.story(&story.id),
        title: story.headline().to_owned(),
        content_html: story.html(&feed.room),
        content_text: story.text(),
        summary: story.summary(),
        date_published: rfc3339(story.first_seen),
        date_modified: rfc3339(story.changed),
        language: language(story.language.as_deref()).map(str::to_owned),
        variorum: Extension {
            about: feed.room.about("feeds"),
            differences: story.counts.variants,
            changes_by_rewrites: story.counts.drift,
            via: via.collect(),
        },
    }
}
