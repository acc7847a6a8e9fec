//! Who comes in, who does not, and what each of them sees.

mod attacks;
mod desk;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::IpAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use tower::ServiceExt;
use variorum_store::Role;

use crate::door::{Access, Peer};
use crate::pages::tests::{Room, desk, now};
use crate::{Board, hash_password};

pub const PASSWORD: &str = "four ferries in fog";

/// A newsroom where one must log in, with Ada the admin, Edda the editor and Rea the reader.
pub fn guarded() -> (Room, Router) {
    guarded_with(Access { logins: true, ..Access::default() })
}

pub fn guarded_with(access: Access) -> (Room, Router) {
    let room = desk();
    let password = hash_password(PASSWORD).unwrap();
    for (name, role) in [("Ada", Role::Admin), ("Edda", Role::Editor), ("Rea", Role::Reader)] {
        let password = password.clone();
        room.state().store.write(move |writing| writing.add_user(name, role, &password, now())).unwrap();
    }
    let app = crate::app_with(room.state(), Board::at_work(), access);
    (room, app)
}

/// A browser: it keeps cookies and says from which page it comes.
pub struct Browser {
    app: Router,
    pub host: &'static str,
    pub from: IpAddr,
    pub cookies: RefCell<BTreeMap<String, String>>,
}

/// An answer that is there whole.
pub struct Shown {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub words: String,
}

impl Shown {
    pub fn to(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The secret of the first form.
    pub fn token(&self) -> String {
        let found = self.words.split("name=\"token\" value=\"").nth(1);
        found.map_or("", |rest| rest.split('"').next().unwrap()).to_owned()
    }
}

impl Browser {
    pub fn new(app: &Router) -> Self {
        Browser { app: app.clone(), host: "localhost:8417", from: [127, 0, 0, 1].into(), cookies: RefCell::default() }
    }

    /// Somebody who has just logged in.
    pub async fn of(app: &Router, name: &str) -> Self {
        let browser = Browser::new(app);
        let done = browser.log_in(name, PASSWORD, "/").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words);
        browser
    }

    pub async fn log_in(&self, name: &str, password: &str, next: &str) -> Shown {
        let token = self.get("/login").await.token();
        let encode = crate::address::encode;
        let fields = format!("token={token}&name={}&password={}&next={}", encode(name), encode(password), encode(next));
        self.post("/login", &fields).await
    }

    pub async fn get(&self, path: &str) -> Shown {
        self.send(Method::GET, path, "", &[]).await
    }

    /// Posts a form of this server.
    pub async fn post(&self, path: &str, fields: &str) -> Shown {
        let origin = format!("http://{}", self.host);
        self.send(Method::POST, path, fields, &[("origin", &origin), ("sec-fetch-site", "same-origin")]).await
    }

    pub async fn send(&self, method: Method, path: &str, body: &str, with: &[(&str, &str)]) -> Shown {
        let cookies: Vec<String> =
            self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, self.host);
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if !body.is_empty() && !with.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        for (name, value) in with {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body.to_owned())).unwrap();
        request.extensions_mut().insert(Peer(self.from));
        let answer: Response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        let words = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        Shown { status: parts.status, headers: parts.headers, words }
    }
}
