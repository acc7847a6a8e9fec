#![doc = include_str!("../README.md")]
#![allow(clippy::unimplemented, reason = "the walls stand before the rooms are furnished")]

mod correct;
mod desk;
mod error;
mod findings;
mod told;

pub use correct::{Action, By, correct, undo};
pub use desk::{Desk, Options, Taken, Worked};
pub use error::Error;
pub use findings::{Decision, Ruling, drift_key, variant_key};
pub use told::{Changes, Member, Outlet, Since, Told, changes, member, outlet, told};
