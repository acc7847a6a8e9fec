use rusqlite::Connection;

use super::{STEPS, migrate, version};
use crate::invented::{NOW, report};
use crate::{Error, LogKind, Store};

#[test]
fn a_record_of_an_older_program_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.db");
    let mut old = Connection::open(&path).unwrap();
    migrate(&mut old, &path, &STEPS[..1]).unwrap();
    assert_eq!(version(&old).unwrap(), 1);
    old.execute("INSERT INTO setting VALUES ('name', 'Delmare desk')", []).unwrap();
    old.close().unwrap();

    let store = Store::open(&path).unwrap();
    assert_eq!(store.read(|view| view.version()).unwrap(), STEPS.len() as i64);
    assert_eq!(store.read(|view| view.setting("name")).unwrap().as_deref(), Some("Delmare desk"));
    store.keep(vec![report(1)], NOW).unwrap();
    store.write(|writing| writing.log_line(NOW, LogKind::Placed, Some(1), &"x".into())).unwrap();
}

#[test]
fn a_step_that_breaks_off_leaves_the_version_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.db");
    let mut connection = Connection::open(&path).unwrap();
    let steps = [STEPS[0], "CREATE TABLE half (a); CREATE TABLE half (a);"];
    assert!(migrate(&mut connection, &path, &steps).is_err());
    assert_eq!(version(&connection).unwrap(), 1);
    let half: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'half'", [], |row| row.get(0)).unwrap();
    assert_eq!(half, 0);
}

#[test]
fn a_record_of_a_newer_program_is_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.db");
    drop(Store::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert!(matches!(error, Error::Newer { found: 99, .. }) && error.to_string().contains("use the newer program"));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_file_that_is_none_of_ours_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Ada Orr called about the ferry. ".repeat(100)).unwrap();
    assert!(matches!(Store::open(&text), Err(Error::NotOurs { .. })));
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE boats (name TEXT)").unwrap();
    assert!(matches!(Store::open(&other), Err(Error::NotOurs { .. })));
    assert!(matches!(Store::open_existing(folder.path().join("none.db")), Err(Error::NotThere { .. })));
    assert!(matches!(Store::open(folder.path().join("no/such/v.db")), Err(Error::Disk { .. })));
}
