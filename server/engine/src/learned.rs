//! What the office has learned: how long visits for each service take, whether people with an
//! appointment come, how many leave silently, when walk-ins come, and how well windows held. Sums
//! without people: of today as it runs, and of the days before with less and less weight.
//!
//! Pure: no clock, I/O, randomness, threads, runtime.

mod calls;
mod figures;
mod past;
mod ticket;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use calls::Leaving;
pub use calls::{Waits, Windows};
pub(crate) use figures::{Figures, comes_after, load_of};
pub(crate) use past::Course;
pub(crate) use ticket::{Frame, stretch};

use crate::ServiceKey;

/// One visit in the sums, which count in thousandths: those of past days fade.
pub(crate) const ONE: u64 = 1_000;
/// How many stretches of a day arrivals are counted in.
pub(crate) const STRETCHES: u16 = 144;
/// How long one of them is, in seconds.
pub(crate) const STRETCH_SECS: i64 = 600;

/// Sums over visits, in thousandths of a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Experience {
    /// Days in it, in thousandths.
    pub days: u64,
    /// Visits that ended at a counter, by service.
    pub services: BTreeMap<ServiceKey, Lasted>,
    /// Calls in vain: how long counters waited for people who did not come.
    pub in_vain: Lasted,
    /// People with an appointment who came.
    pub came: u64,
    /// People with an appointment who did not come although it was over. Only known when a day closes.
    pub stayed_away: u64,
    /// First calls of walk-ins by the time that they had waited.
    pub waits: Waits,
    /// When walk-ins came, by service and by stretch of the day.
    #[serde(with = "pairs")]
    pub arrivals: BTreeMap<ServiceKey, BTreeMap<u16, u64>>,
    /// How the windows that walk-ins were told held.
    pub windows: Windows,
}

/// Stretches are written as pairs: a tagged event would not read numbers as keys again.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::ServiceKey;

    type Arrivals = BTreeMap<ServiceKey, BTreeMap<u16, u64>>;

    pub(super) fn serialize<S: Serializer>(arrivals: &Arrivals, to: S) -> Result<S::Ok, S::Error> {
        let pairs = arrivals.iter();
        let pairs = pairs.map(|(service, sums)| (service, sums.iter().collect::<Vec<_>>()));
        pairs.collect::<BTreeMap<_, _>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arrivals, D::Error> {
        let pairs = BTreeMap::<ServiceKey, Vec<(u16, u64)>>::deserialize(from)?;
        let arrivals = pairs.into_iter();
        let arrivals = arrivals.map(|(service, sums)| (service, sums.into_iter().collect()));
        Ok(arrivals.collect())
    }
}

/// So many, and how long they took together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lasted {
    /// In thousandths.
    pub count: u64,
    /// In milliseconds, for all of them: a count of 1,000 with 600,000 is one visit of ten minutes.
    pub ms: u64,
}

impl Experience {
    /// The stretch of the day in which the first walk-in came.
    pub(crate) fn first_arrival(&self) -> Option<u16> {
        let stretches = self.arrivals.values();
        let first = stretches.filter_map(|stretches| stretches.keys().next());
        first.min().copied()
    }
}

impl Lasted {
    /// One more, that took so long.
    pub(crate) fn add(&mut self, ms: u64) {
        self.count = self.count.saturating_add(ONE);
        self.ms = self.ms.saturating_add(ms);
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.count == 0 && self.ms == 0
    }

    /// So many, as a figure to reckon with.
    pub(crate) fn weight(&self) -> f64 {
        count(self.count)
    }

    /// Seconds for all of them.
    pub(crate) fn secs(&self) -> f64 {
        whole(self.ms) / 1_000.0
    }
}

/// A count in thousandths as a figure to reckon with.
pub(crate) fn count(thousandths: u64) -> f64 {
    whole(thousandths) / whole(ONE)
}

/// Sums stay far below what a float holds exactly.
pub(crate) fn whole(sum: u64) -> f64 {
    let sum = u32::try_from(sum).map_err(|_| sum);
    match sum {
        Ok(small) => f64::from(small),
        Err(large) => {
            let high = u32::try_from(large >> 32).unwrap_or(u32::MAX);
            let low = u32::try_from(large & 0xFFFF_FFFF).unwrap_or(u32::MAX);
            f64::from(high) * 4_294_967_296.0 + f64::from(low)
        }
    }
}
