//! What a stage took: told to who asks, and no part of any result.

use std::time::{Duration, Instant};

use crate::Stage;

/// What a stage took.
#[derive(Debug, Clone, PartialEq)]
pub struct Spent {
    /// Which one.
    pub stage: String,
    /// How many names it was mapped over.
    pub names: usize,
    /// Time on the wall.
    pub wall: Duration,
    /// Time of all cores in this process, where the system tells.
    pub cpu: Option<Duration>,
}

/// A stage under way.
pub struct Clock {
    begun: Instant,
    cpu: Option<Duration>,
}

impl Clock {
    /// Starts to count.
    pub fn start() -> Self {
        Clock { begun: Instant::now(), cpu: cpu() }
    }

    /// Returns what was spent since.
    pub fn stop(self, stage: &Stage) -> Spent {
        let cpu = cpu().zip(self.cpu).map(|(now, then)| now.saturating_sub(then));
        Spent { stage: stage.name.clone(), names: stage.names.len(), wall: self.begun.elapsed(), cpu }
    }
}

/// Returns the time of all threads of this process, as Linux tells it (proc(5), fields 14 and 15 of `stat`).
fn cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may hold blanks.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks()? + ticks()?) * TICK))
}

/// Milliseconds in which the kernel counts towards users, the same on all machines of today.
const TICK: u64 = 10;

#[cfg(test)]
mod tests {
    #[test]
    fn work_costs_time() {
        let Some(before) = super::cpu() else { return };
        let begun = std::time::Instant::now();
        let mut sum = 0_u64;
        while begun.elapsed().as_millis() < 60 {
            sum = std::hint::black_box(sum.wrapping_mul(31) + 1);
        }
        assert!(super::cpu().expect("the system told before") > before);
    }
}
