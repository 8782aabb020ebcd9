//! How often somebody guessed wrongly, by user and by where from: whoever guesses locks nobody out but themselves, and
//! whoever guesses from everywhere nobody who signed in before from where they are. In memory only.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::http::Address;

/// So many wrong ones in a row from one place cost nothing, and so many from everywhere.
const FREE_GUESSES: u32 = 3;
const FREE_EVERYWHERE: u32 = 50;
/// The first lock, and the longest.
const FIRST_LOCK: SignedDuration = SignedDuration::from_secs(5);
const LONGEST_LOCK: SignedDuration = SignedDuration::from_mins(15);
/// LIMIT: users and places that are remembered; beyond it those go that were quiet for the longest time.
const REMEMBERED: usize = 10_000;
/// Whoever signed in from there lately is known there.
const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Nobody remembers a guess any longer.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// Wrong guesses, and what they cost.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    rows: Mutex<HashMap<Guesser, Row>>,
    /// From where somebody signed in, and when last.
    known: Mutex<HashMap<Guesser, Timestamp>>,
}

/// Somebody who guesses for one user.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Guesser {
    user: String,
    /// None: wherever they are.
    from: Option<String>,
}

/// Wrong ones in a row.
#[derive(Debug, Clone, Copy)]
struct Row {
    failed: u32,
    last: Timestamp,
    locked_until: Option<Timestamp>,
}

impl Guesses {
    fn rows(&self) -> MutexGuard<'_, HashMap<Guesser, Row>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Guesser, Timestamp>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Until when nothing is looked at that comes from there for this user, whether there is such a user or not.
    pub(super) fn locked(&self, user: &str, address: &str, now: Timestamp) -> Option<Timestamp> {
        let here = Guesser::at(user, address);
        let is_here = address
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.to_canonical().is_loopback());
        let is_known = is_here || self.known().contains_key(&here);
        let rows = self.rows();
        let anywhere = (!is_known).then(|| Guesser::anywhere(user));
        let both = [Some(here), anywhere].into_iter().flatten();
        let locks = both.filter_map(|who| rows.get(&who)?.locked_until);
        // One further ahead was made before the clock was set back.
        locks
            .filter(|until| *until > now && *until <= now + LONGEST_LOCK)
            .max()
    }

    /// One more wrong guess.
    pub(super) fn failed(&self, user: &str, address: &str, now: Timestamp) {
        let mut rows = self.rows();
        if rows.len() >= REMEMBERED {
            make_room(&mut rows, now);
        }
        let both = [
            (Guesser::at(user, address), FREE_GUESSES),
            (Guesser::anywhere(user), FREE_EVERYWHERE),
        ];
        for (who, free) in both {
            let row = rows.entry(who).or_insert(Row {
                failed: 0,
                last: now,
                locked_until: None,
            });
            row.failed = row.failed.saturating_add(1);
            row.last = now;
            row.locked_until = lock(row.failed, free).map(|lock| now + lock);
        }
    }

    /// The right one, at last.
    pub(super) fn succeeded(&self, user: &str, address: &str, now: Timestamp) {
        let mut known = self.known();
        known.retain(|_, last| now.duration_since(*last) < KNOWN_FOR);
        if known.len() < REMEMBERED {
            known.insert(Guesser::at(user, address), now);
        }
        drop(known);
        let mut rows = self.rows();
        rows.remove(&Guesser::at(user, address));
        rows.remove(&Guesser::anywhere(user));
    }
}

impl Guesser {
    fn at(user: &str, address: &str) -> Self {
        let from = Address(address.to_owned()).network();
        Self {
            user: user.to_owned(),
            from: Some(from),
        }
    }

    fn anywhere(user: &str) -> Self {
        Self {
            user: user.to_owned(),
            from: None,
        }
    }
}

fn make_room(rows: &mut HashMap<Guesser, Row>, now: Timestamp) {
    rows.retain(|_, row| now.duration_since(row.last) < FORGOTTEN);
    if rows.len() < REMEMBERED {
        return;
    }
    let mut times: Vec<Timestamp> = rows.values().map(|row| row.last).collect();
    let (_, middle, _) = times.select_nth_unstable(REMEMBERED / 2);
    let middle = *middle;
    rows.retain(|_, row| row.last > middle);
}

/// Twice as long each time.
fn lock(failed: u32, free: u32) -> Option<SignedDuration> {
    let doublings = failed.checked_sub(free)?;
    let factor = 1_i32.checked_shl(doublings.min(16)).unwrap_or(i32::MAX);
    Some((FIRST_LOCK * factor).min(LONGEST_LOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(secs).expect("a time")
    }

    #[test]
    fn guessing_takes_longer_each_time_and_never_for_ever() {
        let secs = |failed| lock(failed, FREE_GUESSES).map(|lock| lock.as_secs());
        let locks: Vec<_> = (1..=7).map(secs).collect();
        let expected = [None, None, Some(5), Some(10), Some(20), Some(40), Some(80)];
        assert_eq!(locks, expected);
        assert_eq!(secs(30), Some(900));
        assert_eq!(secs(u32::MAX), Some(900));
    }

    #[test]
    fn who_guesses_elsewhere_locks_nobody_out() {
        let guesses = Guesses::default();
        (0..20).for_each(|_| guesses.failed("ada", "10.0.0.66", at(0)));
        assert!(guesses.locked("ada", "10.0.0.66", at(1)).is_some());
        assert_eq!(guesses.locked("ada", "10.0.0.7", at(1)), None);
        (0..40).for_each(|n| guesses.failed("ada", &format!("10.0.1.{n}"), at(0)));
        assert!(
            guesses.locked("ada", "10.0.0.7", at(1)).is_some(),
            "from everywhere"
        );
        guesses.succeeded("ada", "10.0.0.7", at(1));
        assert_eq!(guesses.locked("ada", "10.0.0.7", at(1)), None);
        assert!(guesses.locked("ada", "10.0.0.66", at(1)).is_some());
        (0..90).for_each(|n| guesses.failed("ada", &format!("10.0.2.{n}"), at(2)));
        assert!(guesses.locked("ada", "10.0.0.8", at(3)).is_some());
        assert_eq!(
            guesses.locked("ada", "10.0.0.7", at(3)),
            None,
            "known there"
        );
        assert_eq!(
            guesses.locked("ada", "::ffff:127.0.0.1", at(3)),
            None,
            "at the box"
        );
    }

    #[test]
    fn one_network_of_ipv6_is_one_place_and_an_old_lock_is_over() {
        let guesses = Guesses::default();
        (1..=3).for_each(|n| guesses.failed("ada", &format!("2001:db8:1:2::{n}"), at(100)));
        assert!(guesses.locked("ada", "2001:db8:1:2::99", at(101)).is_some());
        assert_eq!(guesses.locked("ada", "2001:db8:1:2::99", at(105)), None);
        // The clock was set back by a day: nobody waits for a day.
        assert_eq!(guesses.locked("ada", "2001:db8:1:2::99", at(-86_400)), None);
    }

    #[test]
    fn so_many_are_remembered_and_no_more() {
        let guesses = Guesses::default();
        for n in 0..15_000 {
            guesses.failed(&format!("user-{n}"), "10.0.0.66", at(n));
        }
        assert!(guesses.rows().len() <= REMEMBERED + 1);
    }
}
