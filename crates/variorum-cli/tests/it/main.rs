//! The one integration binary: the built program, run on the corpus and on bad input.

mod model;
mod program;

mod alerts;
mod archive_job;
mod archives;
mod bad_input;
mod bench;
mod commands;
mod corpus;
mod determinism;
mod docs;
mod feeds;
mod floors;
mod handed;
mod import;
mod newsroom;
mod repeated;
mod schema;
mod score;
mod shelf;
mod sources;
mod spans;
mod stories;
mod streaming;
mod users;
