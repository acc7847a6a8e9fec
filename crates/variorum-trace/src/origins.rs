//! How many independent origins the reports have, and how sure that is.

use variorum_news::ReportId;

use crate::forest::Kept;
use crate::profile::Profile;

/// Returns for each report the number of its family, which is the index of its first member.
pub fn families(reports: usize, kept: &[Kept]) -> Vec<usize> {
    let mut family: Vec<usize> = (0..reports).collect();
    for edge in kept {
        let (x, y) = (family[edge.from].min(family[edge.to]), family[edge.from].max(family[edge.to]));
        family.iter_mut().filter(|member| **member == y).for_each(|member| *member = x);
    }
    family
}

/// Returns the families that the kept edges make, each in order, the families in order of their first.
pub fn origins(profiles: &[Profile<'_>], family: &[usize]) -> Vec<Vec<ReportId>> {
    // A family bears the index of its first member, and the profiles are in order: so are the families.
    let mut origins: Vec<Vec<ReportId>> = vec![Vec::new(); profiles.len()];
    for (profile, family) in profiles.iter().zip(family) {
        origins[*family].push(profile.report.id.clone());
    }
    origins.retain(|origin| !origin.is_empty());
    origins
}
