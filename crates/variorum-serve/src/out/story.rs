//! A story for other programs.

use axum::extract::State as Of;
use axum::response::Response;
use variorum_publish::{Handout, annotations, drift_csv, json_ld, newsml, prov, variants_csv};

use super::asked::Asked;
use super::{Written, handout, send};
use crate::{Error, State};

type Writer = fn(&Handout) -> String;

/// A story in the form that the suffix names.
pub async fn story(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let (kind, write): (&str, Writer) = match asked.suffix.as_str() {
        ".jsonld" => ("application/ld+json", json_ld),
        ".prov.json" => ("application/ld+json", prov),
        ".annotations.json" => ("application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"", annotations),
        ".newsml.xml" => ("application/vnd.iptc.g2.newsmessage+xml", newsml),
        other => {
            let forms = ".jsonld, .prov.json, .annotations.json or .newsml.xml";
            return Err(Error::Missing(format!("form `{other}` of a story; write {forms}")));
        }
    };
    written(state, asked, kind, None, write).await
}

/// A table of a story.
pub async fn table(Of(state): Of<State>, asked: Asked) -> Result<Response, Error> {
    let is_drift = asked.path.ends_with("/drift");
    let (file, write): (&str, Writer) = match is_drift {
        true => ("attachment; filename=\"drift.csv\"", drift_csv),
        false => ("attachment; filename=\"variants.csv\"", variants_csv),
    };
    written(state, asked, "text/csv; charset=utf-8; header=present", Some(file), write).await
}

async fn written(
    state: State,
    asked: Asked,
    kind: &'static str,
    file: Option<&'static str>,
    write: Writer,
) -> Result<Response, Error> {
    let name = asked.name()?;
    let (body, asked) = state.read(move |view| Ok((handout::with(view, &asked, &name, write)?, asked))).await?;
    Ok(send(Written { kind, file, body }, &asked.headers))
}
