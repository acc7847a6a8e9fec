//! Who may come in, and what is left of it in the record.

use super::{Deed, IDLE, LONGEST, NewToken, Role, Scope};
use crate::invented::{NOW, store};
use crate::{Error, Store, User};

fn add(store: &Store, name: &str, role: Role) -> Result<User, Error> {
    let name = name.to_owned();
    store.write(move |writing| writing.add_user(&name, role, "$argon2id$v=19$x", NOW))
}

#[test]
fn a_name_is_one_however_it_is_written() {
    let (_folder, store) = store();
    let ada = add(&store, " Ada  Orr ", Role::Editor).unwrap();
    assert_eq!((ada.name.as_str(), ada.role), ("Ada Orr", Role::Editor));
    for again in ["ada orr", "ADA ORR", "Ada\tOrr"] {
        assert!(add(&store, again, Role::Reader).unwrap_err().to_string().contains("is taken"), "{again}");
        assert_eq!(store.read(|view| view.user(again)).unwrap(), Some(ada.clone()));
    }
    for odd in ["", "  ", "...", "a\u{202e}b", "a\u{1b}[31m", "a\u{0}", "<b>", &"x".repeat(61)] {
        assert!(add(&store, odd, Role::Reader).is_err(), "{odd:?}");
    }
    assert_eq!(store.read(|view| view.users()).unwrap().len(), 1);
}

#[test]
fn the_last_admin_stays() {
    let (_folder, store) = store();
    let ada = add(&store, "Ada", Role::Admin).unwrap();
    let (n, at) = (ada.n, Some(NOW));
    for refused in [
        store.write(move |writing| writing.set_role(n, Role::Editor)),
        store.write(move |writing| writing.set_disabled(n, at)),
    ] {
        assert!(refused.unwrap_err().to_string().contains("the only admin"));
    }
    add(&store, "Tomas", Role::Admin).unwrap();
    store.write(move |writing| writing.set_disabled(n, at)).unwrap();
    assert_eq!(store.read(|view| view.admins()).unwrap(), 1);
    assert_eq!(store.read(|view| view.password_of("Ada")).unwrap(), None, "who is disabled has no password");
}

#[test]
fn a_session_ends_by_itself_and_when_it_must() {
    let (_folder, store) = store();
    let n = add(&store, "Ada", Role::Admin).unwrap().n;
    let there = |hash: [u8; 32], now| store.read(|view| view.session(&hash, now)).unwrap().is_some();
    let open = |byte: u8| store.write(move |writing| writing.open_session(&[byte; 32], n, NOW)).unwrap();
    open(1);
    assert!(there([1; 32], NOW) && !there([2; 32], NOW));
    assert!(there([1; 32], NOW + IDLE - 1) && !there([1; 32], NOW + IDLE), "idle");
    for day in 1..89 {
        store.write(move |writing| writing.use_session(&[1; 32], NOW + day * 86_400)).unwrap();
    }
    assert!(there([1; 32], NOW + LONGEST - 1) && !there([1; 32], NOW + LONGEST), "no session is for ever");
    open(2);
    store.write(move |writing| writing.set_password(n, "$argon2id$v=19$y")).unwrap();
    assert!(!there([1; 32], NOW) && !there([2; 32], NOW), "a new password ends what the old one opened");
    add(&store, "Tomas", Role::Admin).unwrap();
    open(3);
    store.write(move |writing| writing.set_disabled(n, Some(NOW))).unwrap();
    assert!(!there([3; 32], NOW));
    store.write(move |writing| writing.set_disabled(n, None)).unwrap();
    assert!(!there([3; 32], NOW), "who is let in again logs in again");
}

#[test]
fn a_token_ends_with_its_day_and_its_user() {
    let (_folder, store) = store();
    let n = add(&store, "Ada", Role::Editor).unwrap().n;
    let new = |byte: u8| NewToken {
        hash: [byte; 32],
        name: "nightly export".into(),
        scope: Scope::Read,
        at: NOW,
        ends: NOW + 86_400,
    };
    let number = store.write(move |writing| writing.add_token(n, &new(1))).unwrap();
    let there = |now| store.read(|view| view.token(&[1; 32], now)).unwrap();
    assert_eq!(there(NOW).unwrap().1.scope, Scope::Read);
    assert!(there(NOW + 86_400).is_none());
    store.write(move |writing| writing.set_disabled(n, Some(NOW))).unwrap();
    assert!(there(NOW).is_none());
    store.write(move |writing| writing.set_disabled(n, None)).unwrap();
    assert!(store.write(move |writing| writing.drop_token(n + 1, number)).is_err(), "another's token");
    store.write(move |writing| writing.drop_token(n, number)).unwrap();
    assert!(there(NOW).is_none());
}

#[test]
fn nothing_that_opens_a_door_lies_in_the_record() {
    let (folder, store) = store();
    let n = add(&store, "Ada", Role::Admin).unwrap().n;
    store.write(move |writing| writing.open_session(&[7; 32], n, NOW)).unwrap();
    drop(store);
    let bytes = std::fs::read(folder.path().join("v.db")).unwrap();
    let holds = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    assert!(holds(&[7; 32]) && holds(b"$argon2id$"), "the hashes are there");
}

#[test]
fn strangers_fill_the_log_to_a_bound() {
    let (_folder, store) = store();
    let deed = |n: usize, refused| Deed {
        at: NOW,
        what: "log in".into(),
        target: format!("try {n}"),
        refused,
        ..Deed::default()
    };
    store.write(move |writing| writing.audit(&deed(0, false))).unwrap();
    store.write(move |writing| (1..=10_050).try_for_each(|n| writing.audit(&deed(n, true)))).unwrap();
    let all = store.read(|view| view.audit_before(i64::MAX, 20_000)).unwrap();
    assert_eq!(all.len(), 10_001);
    assert_eq!((all[0].target.as_str(), all[10_000].target.as_str()), ("try 10050", "try 0"), "what was done stays");
}
