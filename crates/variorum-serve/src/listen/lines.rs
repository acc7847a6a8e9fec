//! Who is connected, and who rests.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::door::{Limits, counted};

/// All connections.
#[derive(Debug)]
pub struct Lines {
    most: usize,
    of_one: usize,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// Moves with each thing that happens: who rests longest has the smallest.
    moment: u64,
    lines: BTreeMap<u64, Line>,
}

#[derive(Debug)]
struct Line {
    address: IpAddr,
    requests: usize,
    rests_since: u64,
    given_away: Arc<Notify>,
}

/// The place of a connection; it is free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    number: u64,
    lines: Arc<Lines>,
    given_away: Arc<Notify>,
}

/// While this is there the connection does not rest.
#[derive(Debug)]
pub struct Busy {
    number: u64,
    lines: Arc<Lines>,
}

impl Lines {
    /// Nobody is connected yet.
    pub fn new(limits: &Limits) -> Self {
        Lines { most: limits.connections, of_one: limits.per_address, table: Mutex::default() }
    }

    /// Gives a new connection a place. Where there is none, the one that rests longest makes room, of the same address
    /// where that has too many; where nobody rests, there is none.
    pub fn admit(self: &Arc<Self>, address: IpAddr, alone: bool) -> Option<Place> {
        let address = counted(address);
        let mut table = self.table();
        let of_address = table.lines.values().filter(|line| line.address == address).count();
        if alone && of_address >= self.of_one {
            table.make_room(|line| line.address == address)?;
        } else if table.lines.len() >= self.most {
            table.make_room(|_| true)?;
        }
        let (number, given_away) = (table.tick(), Arc::new(Notify::new()));
        let line = Line { address, requests: 0, rests_since: number, given_away: given_away.clone() };
        table.lines.insert(number, line);
        Some(Place { number, lines: self.clone(), given_away })
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn tick(&mut self) -> u64 {
        self.moment += 1;
        self.moment
    }

    fn make_room(&mut self, may: impl Fn(&Line) -> bool) -> Option<()> {
        let resting = self.lines.iter().filter(|(_, line)| line.requests == 0 && may(line));
        let (number, _) = resting.min_by_key(|(_, line)| line.rests_since)?;
        let number = *number;
        let line = self.lines.remove(&number)?;
        line.given_away.notify_one();
        Some(())
    }
}

impl Place {
    /// Says that a request has come, until what is returned is dropped.
    pub fn busy(&self) -> Busy {
        if let Some(line) = self.lines.table().lines.get_mut(&self.number) {
            line.requests += 1;
        }
        Busy { number: self.number, lines: self.lines.clone() }
    }

    /// Waits until another has this place.
    pub async fn is_given_away(&self) {
        self.given_away.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.lines.table().lines.remove(&self.number);
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut table = self.lines.table();
        let moment = table.tick();
        if let Some(line) = table.lines.get_mut(&self.number) {
            line.requests -= 1;
            line.rests_since = moment;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Limits, Lines};

    fn lines(connections: usize, per_address: usize) -> Arc<Lines> {
        Arc::new(Lines::new(&Limits { connections, per_address, ..Limits::default() }))
    }

    #[tokio::test]
    async fn who_rests_longest_makes_room() {
        let lines = lines(3, 9);
        let at = |n: u8| [127, 0, 0, n].into();
        let (first, second, third) =
            (lines.admit(at(1), true).unwrap(), lines.admit(at(2), true).unwrap(), lines.admit(at(3), true).unwrap());
        let busy = first.busy();
        let _fourth = lines.admit(at(4), true).unwrap();
        second.is_given_away().await;
        drop((third.busy(), busy));
        let _fifth = lines.admit(at(5), true).unwrap();
        assert_eq!(lines.table().lines.len(), 3);
        let all: Vec<_> = [&first, &third].map(super::Place::busy).into_iter().collect();
        let _sixth = lines.admit(at(6), true).unwrap();
        let held = (_sixth.busy(), all);
        assert!(lines.admit(at(7), true).is_none(), "nobody rests");
        drop(held);
    }

    #[tokio::test]
    async fn one_address_takes_only_its_own_room() {
        let lines = lines(100, 2);
        let other = lines.admit([127, 0, 0, 9].into(), true).unwrap();
        let mine: Vec<_> = (0..50).map(|_| lines.admit([127, 0, 0, 1].into(), true).unwrap()).collect();
        assert_eq!(lines.table().lines.len(), 3);
        let proxy: Vec<_> = (0..50).map(|_| lines.admit([127, 0, 0, 2].into(), false).unwrap()).collect();
        assert_eq!(lines.table().lines.len(), 53);
        drop((other, mine, proxy));
        assert_eq!(lines.table().lines.len(), 0);
    }
}
