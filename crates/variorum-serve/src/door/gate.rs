//! The gate: who comes, whether they may, and what they get for it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Of};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use variorum_store::{Deed, Role, View};

use super::access::Access;
use super::client::Client;
use super::rates::{Rates, Wait};
use super::rules::{Need, Rule, need};
use super::token::{Seal, Token, same};
use super::visitor::{Came, Known, Shown, Visitor, cookie, hash, new_secret, shown};
use crate::address::{encode, is_handed_out};
use crate::error::Said;
use crate::ops::Trail;
use crate::password::Passwords;
use crate::{Error, State};

/// The most that a stranger's request may bring.
const STRANGERS: usize = 16 << 10;
/// The most that a request may bring.
pub const MOST: usize = 4 << 20;

/// All that the door knows.
#[derive(Debug)]
pub struct Gate {
    /// What it was told.
    pub access: Access,
    /// Where passwords are compared.
    pub passwords: Passwords,
    /// How often somebody asked.
    pub rates: Rates,
    seal: Seal,
    open: String,
}

/// Who asks, from where: what rooms may know of it.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Who.
    pub visitor: Visitor,
    /// From where.
    pub client: Client,
}

/// A cookie that an answer gives, as the gate does it in one place.
#[derive(Debug, Clone)]
pub struct GiveCookies(pub Vec<String>);

impl Gate {
    /// Returns a gate that nobody passed yet.
    pub fn new(access: Access) -> Self {
        let (seal, passwords) = (Seal::fresh(), Passwords::default());
        if access.logins {
            passwords.warm();
        }
        Gate { rates: Rates::new(&access.limits), passwords, open: seal.of("server", b""), seal, access }
    }

    /// Finds out who asks. What is shown and opens nothing is refused at once; a cookie that opens nothing is a stranger's.
    async fn visitor(&self, state: &State, headers: &HeaderMap, client: &Client) -> Result<Visitor, Error> {
        if !self.access.logins {
            return Ok(Visitor::Open);
        }
        let now = (state.clock)();
        let found = match shown(headers) {
            Some(Shown::Odd) => None,
            Some(Shown::Token(secret)) => known(state, hash(secret), now, Came::Token).await?,
            Some(Shown::Basic(secret)) => known(state, hash(&secret), now, Came::Basic).await?,
            None => return self.in_session(state, headers, client, now).await,
        };
        found.ok_or_else(|| {
            Error::Login("this token opens nothing: it is mistyped, dropped or past its day\n  hint: make one at /account, and send it as `Authorization: Bearer …`".to_owned())
        })
    }

    async fn in_session(
        &self,
        state: &State,
        headers: &HeaderMap,
        client: &Client,
        now: i64,
    ) -> Result<Visitor, Error> {
        let Some(secret) = cookie(headers, &self.session_cookie(client)) else { return Ok(Visitor::Stranger) };
        let hash = hash(secret);
        let Some((user, session)) = state.read(move |view| Ok(view.session(&hash, now)?)).await? else {
            return Ok(Visitor::Stranger);
        };
        if session.is_stale(now) {
            note(state, move |writing| writing.use_session(&hash, now));
        }
        let may = user.role;
        Ok(Visitor::Known(Arc::new(Known { user, may, by: Came::Session(hash, session) })))
    }

    /// Returns the name of the cookie of a session. Cookies do not know ports: two servers of one machine would take each
    /// other's away. Through TLS the prefix keeps other hosts of the domain from writing it.
    pub fn session_cookie(&self, client: &Client) -> String {
        if client.secure { "__Host-variorum".to_owned() } else { format!("variorum_session_{}", port(client)) }
    }

    fn form_cookie(&self, client: &Client) -> String {
        if client.secure { "__Host-variorum_form".to_owned() } else { format!("variorum_{}", port(client)) }
    }

    /// Returns a cookie that gives a session.
    pub fn gives_session(&self, client: &Client, secret: &str) -> String {
        let secure = if client.secure { "; Secure" } else { "" };
        let name = self.session_cookie(client);
        format!("{name}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{secure}", variorum_store::LONGEST)
    }

    /// Returns a cookie that takes a session away.
    pub fn takes_session(&self, client: &Client) -> String {
        let secure = if client.secure { "; Secure" } else { "" };
        format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", self.session_cookie(client))
    }

    /// Returns what forms bring along that are shown to a visitor, and the cookie that belongs to it where it is new.
    fn token(&self, asker: &Asker, headers: &HeaderMap) -> (Token, Option<String>) {
        let Asker { visitor, client } = asker;
        if let Some(session) = visitor.session() {
            // The session itself is the cookie that belongs to it.
            let token = Token::new(&self.seal.of("session", session), visitor.name(), true);
            return (if visitor.has_forms() { token } else { token.without_forms() }, None);
        }
        if let Visitor::Known(known) = visitor
            && let Came::Token(token) | Came::Basic(token) = &known.by
        {
            // A program has no forms; whoever gives it words to bring along makes them of this.
            let secret = self.seal.of("token", &token.n.to_be_bytes());
            return (Token::new(&secret, visitor.name(), false).without_forms(), None);
        }
        let name = self.form_cookie(client);
        let brought = cookie(headers, &name);
        let secure = if client.secure { "; Secure" } else { "" };
        let gives = |value: &str| format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}");
        match visitor {
            Visitor::Open => {
                let proven = brought.is_some_and(|brought| same(brought, &self.open));
                (Token::new(&self.open, None, proven), (!proven).then(|| gives(&self.open)))
            }
            // Each browser has a cookie of its own before it logs in, so that nobody can log another in.
            _ => {
                let brought = brought.filter(|value| value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()));
                let value = brought.map_or_else(new_secret, str::to_owned);
                let token = Token::new(&self.seal.of("stranger", value.as_bytes()), visitor.name(), brought.is_some());
                (token.without_forms(), brought.is_none().then(|| gives(&value)))
            }
        }
    }
}

async fn known(
    state: &State,
    hash: variorum_store::KeyHash,
    now: i64,
    by: fn(variorum_store::ApiToken) -> Came,
) -> Result<Option<Visitor>, Error> {
    let found = state.read(move |view: &View| Ok(view.token(&hash, now)?)).await?;
    Ok(found.map(|(user, token)| {
        if token.is_stale(now) {
            let n = token.n;
            note(state, move |writing| writing.use_token(n, now));
        }
        let may = user.role.min(token.scope.role());
        Visitor::Known(Arc::new(Known { user, may, by: by(token) }))
    }))
}

/// Writes something that nobody waits for.
fn note(
    state: &State,
    work: impl FnOnce(&variorum_store::Writing) -> Result<(), variorum_store::Error> + Send + 'static,
) {
    let store = state.store.clone();
    tokio::task::spawn_blocking(move || {
        if let Err(error) = store.write(work) {
            tracing::warn!(%error, "a note at the door was not kept");
        }
    });
}

fn port(client: &Client) -> &str {
    let host = client.host.as_deref().unwrap_or("");
    let port = host.rsplit(':').next().filter(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    port.unwrap_or("80")
}

/// Lets a request through to the rooms, or says why not.
pub async fn gate(Of((gate, state)): Of<(Arc<Gate>, State)>, mut request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let Some(client) = request.extensions().get::<Client>().cloned() else {
        return Error::Broken("the door does not know from where this comes".to_owned()).into_response();
    };
    if gate.access.logins
        && let Err(wait) = gate.rates.ask(client.counted(), &method, &path)
    {
        return too_often(wait);
    }
    let visitor = match gate.visitor(&state, request.headers(), &client).await {
        Ok(visitor) => visitor,
        Err(error) => return asks_for_token(error.into_response(), &method, &path),
    };
    if let (Some(name), Some(trail)) = (visitor.name(), request.extensions().get::<Trail>()) {
        trail.of(name);
    }
    let rule = need(&method, &path);
    if let Err(refused) = admitted(rule, &visitor, &request) {
        return *refused;
    }
    request = match whole(request, &gate, &visitor).await {
        Ok(request) => request,
        Err(refused) => return *refused,
    };
    let asker = Asker { visitor, client };
    let (token, cookie) = gate.token(&asker, request.headers());
    // A stranger has no use for a cookie but where a form is.
    let cookie = cookie.filter(|_| matches!(asker.visitor, Visitor::Open) || path == "/login");
    request.extensions_mut().insert(token);
    request.extensions_mut().insert(asker.clone());
    let mut answer = next.run(request).await;
    write_down(&state, &asker, &method, rule, &path, &answer);
    give(&mut answer, cookie);
    answer
}

fn admitted(rule: Rule, visitor: &Visitor, request: &Request) -> Result<(), Box<Response>> {
    let (method, path) = (request.method(), request.uri().path());
    let reads = matches!(*method, Method::GET | Method::HEAD);
    if let Visitor::Known(known) = visitor {
        let refuse = |words: String| Err(Box::new(Error::Forbidden(words).into_response()));
        match &known.by {
            Came::Basic(_) if !reads => {
                return refuse(
                    "a token that is sent as a password reads alone; send it as `Authorization: Bearer …`".to_owned(),
                );
            }
            // A program that writes has a token; what comes with a session says from which page.
            Came::Session(..) if !reads && is_for_programs(path) && !says_where(request.headers()) => {
                return refuse(
                    "this came with the session of a browser and does not say from which page; a program sends a token"
                        .to_owned(),
                );
            }
            _ => {}
        }
    }
    if rule.need.admits(visitor) {
        return Ok(());
    }
    match visitor.user() {
        Some(user) => {
            let words = format!(
                "this takes {}, and {} came as {}; an admin can change that at /people",
                rule.need.word(),
                user.name,
                visitor.may().map_or("nobody", Role::word)
            );
            Err(Box::new(Error::Forbidden(words).into_response()))
        }
        None => Err(Box::new(to_login(rule.need, request))),
    }
}

/// Their forms have no secret of ours.
fn is_for_programs(path: &str) -> bool {
    ["/api/", "/reader", "/accounts/"].iter().any(|start| path.starts_with(start))
}

/// A browser says from where what changes something comes; the guard has looked at it.
fn says_where(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ORIGIN) || headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
}

/// A person is led to the page where one logs in, a program is told what to send.
fn to_login(need: Need, request: &Request) -> Response {
    let (method, uri) = (request.method(), request.uri());
    let is_page = *method == Method::GET
        && !uri.path().starts_with("/api")
        && !is_for_programs(uri.path())
        && !is_handed_out(method, uri.path())
        && !uri.path().ends_with(".json")
        && uri.path() != "/metrics";
    if is_page {
        let asked = uri.path_and_query().map_or("/", |asked| asked.as_str());
        let to = if asked == "/" { "/login".to_owned() } else { format!("/login?next={}", encode(asked)) };
        return Redirect::to(&to).into_response();
    }
    let words = format!(
        "this takes {}, and nobody knows who asks\n  hint: make a token at /account, and send it as `Authorization: Bearer …`",
        need.word()
    );
    asks_for_token(Error::Login(words).into_response(), method, uri.path())
}

/// Readers of feeds send a name and a password alone, and only if they are asked to.
fn asks_for_token(mut answer: Response, method: &Method, path: &str) -> Response {
    let basic = is_handed_out(method, path);
    let way = if basic { "Basic realm=\"Variorum\", charset=\"UTF-8\"" } else { "Bearer realm=\"Variorum\"" };
    if answer.status() == StatusCode::UNAUTHORIZED {
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(way));
    }
    answer
}

/// Says that somebody has to wait.
pub fn too_often(Wait(seconds): Wait) -> Response {
    let words = format!("too many requests came from you; wait {seconds} seconds");
    let mut answer = (StatusCode::TOO_MANY_REQUESTS, words.clone()).into_response();
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer.extensions_mut().insert(Said(words));
    answer
}

/// Returns a request with its whole body: no room waits for one that comes drop by drop, and strangers bring little.
async fn whole(request: Request, gate: &Gate, visitor: &Visitor) -> Result<Request, Box<Response>> {
    use axum::body::HttpBody;
    if request.body().is_end_stream() {
        return Ok(request);
    }
    let most = if matches!(visitor, Visitor::Stranger) { STRANGERS } else { MOST };
    let (parts, body) = request.into_parts();
    let refused = |status: StatusCode, words: String| {
        let mut answer = (status, words.clone()).into_response();
        answer.extensions_mut().insert(Said(words));
        // What is left of the body is not waited for.
        answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        Err(Box::new(answer))
    };
    let says_more = body.size_hint().lower() > most as u64;
    let bytes = match says_more {
        true => Err(()),
        false => match tokio::time::timeout(gate.access.limits.body, to_bytes(body, most)).await {
            Ok(bytes) => bytes.map_err(|_| ()),
            Err(_) => {
                return refused(StatusCode::REQUEST_TIMEOUT, "the request came too slowly; send it again".to_owned());
            }
        },
    };
    match bytes {
        Ok(bytes) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Err(()) => refused(StatusCode::PAYLOAD_TOO_LARGE, format!("the request brings more than {} kB", most / 1024)),
    }
}

/// Writes into the log what was changed through the server; rooms that know more write it themselves.
fn write_down(state: &State, asker: &Asker, method: &Method, rule: Rule, path: &str, answer: &Response) {
    let own = ["/login", "/logout", "/account", "/people", "/reader", "/api/greader.php", "/api/v1/check"]
        .iter()
        .any(|start| path.starts_with(start));
    let done = answer.status().is_success() || answer.status().is_redirection();
    let Some(name) = asker.visitor.name() else { return };
    if own || !done || matches!(*method, Method::GET | Method::HEAD) {
        return;
    }
    let deed = Deed {
        at: (state.clock)(),
        who: name.to_owned(),
        what: format!("{method} {}", rule.path),
        target: path.to_owned(),
        address: Some(asker.client.address.to_string()),
        refused: false,
    };
    note(state, move |writing| writing.audit(&deed));
}

/// Gives the cookies of an answer. What depends on who asks says so to every cache.
fn give(answer: &mut Response, cookie: Option<String>) {
    let given = answer.extensions_mut().remove::<GiveCookies>().map_or_else(Vec::new, |given| given.0);
    let is_html =
        answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    for cookie in given.into_iter().chain(cookie.filter(|_| is_html)) {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            answer.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}
