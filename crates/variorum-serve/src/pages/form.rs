//! The pieces of forms by which people correct.

use maud::{Markup, html};

use crate::Error;
use crate::address::Fields;
use crate::door::Token;
use variorum_newsroom::By;

/// The longest name of a person, and the longest reason, in letters.
const LONGEST: (usize, usize) = (200, 2_000);

/// Returns the field that shows that a form is ours.
pub fn secret(token: &Token) -> Markup {
    html! { input type="hidden" name="token" value=(token.text()); }
}

/// Returns the fields in which a person says who corrects, and why. `key` tells the fields of one form from another's.
pub fn by(key: &str, token: &Token) -> Markup {
    html! {
        (who(&format!("who-{key}"), token))
        p class="field wide" { label for=(format!("why-{key}")) { "Why" }
            input id=(format!("why-{key}")) name="reason" required maxlength=(LONGEST.1) autocomplete="off"; }
    }
}

/// Returns the field for the name of a person. Who is logged in has a name, and the server takes no other.
pub fn who(id: &str, token: &Token) -> Markup {
    html! { p class="field" { label for=(id) { "Your name" }
        @match token.who() {
            Some(name) => { input id=(id) name="who" readonly value=(name); }
            None => { input id=(id) name="who" required maxlength=(LONGEST.0) autocomplete="name" data-keep="who"; }
        }
    } }
}

/// Returns who corrects, and why.
pub fn read_by(fields: &Fields) -> Result<By, Error> {
    Ok(By { who: said(fields, "who", LONGEST.0, "your name")?, reason: said(fields, "reason", LONGEST.1, "why")? })
}

/// Returns the name of who takes something back.
pub fn read_who(fields: &Fields) -> Result<String, Error> {
    said(fields, "who", LONGEST.0, "your name")
}

fn said(fields: &Fields, name: &str, longest: usize, what: &str) -> Result<String, Error> {
    let words = fields.get(name).map(str::trim).filter(|words| !words.is_empty());
    let words =
        words.ok_or_else(|| Error::Asked(format!("say {what}: every correction is kept with who made it and why")))?;
    if words.chars().count() > longest {
        return Err(Error::Asked(format!("{what} is longer than {longest} letters; say it shorter")));
    }
    Ok(words.to_owned())
}
