//! What holds a story together: how strong the evidence was by which its reports came to it.

use serde::{Deserialize, Serialize};

use crate::likeness::weight;

/// The evidence of all joins that made a story.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Ties {
    sum: f32,
    count: u32,
}

impl Ties {
    /// Counts the evidence by which one report came.
    pub fn add(&mut self, evidence: f32) {
        self.sum += evidence;
        self.count += 1;
    }

    /// Counts a story in that was joined by this evidence.
    pub fn join(&mut self, other: Ties, evidence: f32) {
        self.sum += other.sum + evidence;
        self.count += other.count + 1;
    }

    /// Returns the mean evidence, once there are enough reports for it to tell something.
    fn mean(&self) -> Option<f32> {
        (self.count as f32 + 1.0 >= weight("grown.from")).then(|| self.sum / self.count as f32)
    }
}

/// Tells whether two grown stories hold together about as well as the looser of them does in itself: two quakes of one
/// year are alike, but each quake's reports are more so.
pub fn one_event(link: f32, a: Ties, b: Ties) -> bool {
    match (a.mean(), b.mean()) {
        (Some(a), Some(b)) => link >= weight("grown.share") * a.min(b) - weight("grown.drop"),
        _ => true,
    }
}
