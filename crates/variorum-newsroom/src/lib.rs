#![doc = include_str!("../README.md")]

mod cards;
mod correct;
mod desk;
mod editions;
mod error;
mod findings;
mod making;
mod overlay;
mod placing;
mod revised;
mod told;

pub use correct::{Action, By, correct, undo};
pub use desk::{Desk, Options, Taken, Worked};
pub use error::Error;
pub use findings::{Decision, Ruling, decisions, drift_key, variant_key};
pub use revised::{FigureChange, figure_changes};
pub use told::{Changes, Member, Outlet, Since, Told, changes, member, outlet, told};

#[cfg(test)]
mod tests;
