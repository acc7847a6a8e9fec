//! Which of many matches stand in the same order on both sides.

/// Returns the indexes of a longest chain of pairs that rises strictly on both sides.
///
/// `pairs` must be sorted by their first element. Method: patience sorting, O(n log n).
pub fn longest_chain(pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, &(first, second)) in pairs.iter().enumerate() {
        let place = tails.partition_point(|&t| pairs[t].1 < second);
        // Two pairs with one left side cannot both stand in a chain.
        if place > 0 && pairs[tails[place - 1]].0 == first {
            continue;
        }
        before[at] = place.checked_sub(1).map(|p| tails[p]);
        if place == tails.len() {
            tails.push(at);
        } else {
            tails[place] = at;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut next = tails.last().copied();
    while let Some(at) = next {
        chain.push(at);
        next = before[at];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::longest_chain;

    #[test]
    fn a_moved_pair_falls_out() {
        assert_eq!(longest_chain(&[(0, 0), (1, 9), (2, 1), (3, 2)]), vec![0, 2, 3]);
    }
}
