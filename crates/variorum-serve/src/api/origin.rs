//! Who may change something: a program, or a page of this server. A page of another server may not.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;

/// Lets a request pass that only reads, or that no foreign page sent.
///
/// A foreign page can send JSON only after it asked (CORS), and nobody answers that; this holds also where a browser
/// errs. A program sends neither header.
pub async fn hold(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    let foreign = if reads { None } else { foreign(request.headers(), request.uri().host()) };
    match foreign {
        None => next.run(request).await,
        Some(detail) => {
            let step = "send the request from a page of this server, or from a program without `origin`";
            Problem::new(StatusCode::FORBIDDEN, detail, step).into_response()
        }
    }
}

fn foreign(headers: &HeaderMap, asked: Option<&str>) -> Option<String> {
    let word = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = word(header::HeaderName::from_static("sec-fetch-site"))
        && !matches!(site, "same-origin" | "none")
    {
        return Some(format!("a page of another site may change nothing here (`sec-fetch-site: {site}`)"));
    }
    let origin = word(header::ORIGIN)?;
    let host = word(header::HOST).or(asked)?;
    let own = origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host));
    (!own).then(|| format!("a page of `{origin}` may change nothing here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &[(&'static str, &'static str)]) -> bool {
        let headers = lines
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), header::HeaderValue::from_static(value)));
        foreign(&headers.collect(), None).is_some()
    }

    #[test]
    fn a_page_of_another_site_changes_nothing() {
        assert!(!said(&[("host", "desk.example:7")]));
        assert!(!said(&[("host", "desk.example:7"), ("origin", "http://desk.example:7")]));
        assert!(said(&[("host", "desk.example:7"), ("origin", "http://desk.example")]));
        assert!(said(&[("host", "desk.example"), ("origin", "https://evil.example")]));
        assert!(said(&[("host", "desk.example"), ("origin", "null")]));
        assert!(said(&[("host", "desk.example"), ("sec-fetch-site", "cross-site")]));
    }
}
