//! What a closed day leaves to the next ones: older days fade, and a day that was odd weighs little.

use std::collections::BTreeMap;

use super::{Experience, Lasted, ONE, Waits, Windows};

/// What was learned before a day weighs so much after it, in thousandths: half is forgotten after a
/// week.
const FADES_TO: u64 = 900;
/// What a day counts on which nothing was odd, and one on which something was, in thousandths.
const WHOLE_DAY: u64 = ONE;
const ODD_DAY: u64 = 100;
/// A day with less than this part of the planned hours at counters was odd, in hundredths.
const STAFFED_PERCENT: u64 = 60;

/// What made a day odd, where something did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Course {
    /// A clerk asked for help.
    pub(crate) alarms: u32,
    /// How long counters were open, in milliseconds.
    pub(crate) open_ms: u64,
    /// How long they were planned to be; none where no shifts are planned.
    pub(crate) planned_ms: Option<u64>,
}

impl Course {
    fn weight(self) -> u64 {
        let short = |planned: u64| self.open_ms.saturating_mul(100) < planned * STAFFED_PERCENT;
        if self.alarms > 0 || self.planned_ms.is_some_and(short) {
            ODD_DAY
        } else {
            WHOLE_DAY
        }
    }
}

impl Experience {
    /// What is known after a day that came to `today`.
    pub(crate) fn after(&self, today: &Self, course: Course) -> Self {
        let mut known = self.times(FADES_TO);
        known.join(&today.times(course.weight()));
        known
    }

    fn times(&self, permille: u64) -> Self {
        let faded = |sum: u64| sum.saturating_mul(permille) / ONE;
        let lasted = |lasted: &Lasted| Lasted {
            count: faded(lasted.count),
            ms: faded(lasted.ms),
        };
        let services = self.services.iter();
        let services = services.map(|(key, sums)| (key.clone(), lasted(sums)));
        let arrivals = self.arrivals.iter().map(|(key, stretches)| {
            let stretches = stretches.iter().map(|(at, sum)| (*at, faded(*sum)));
            let stretches: BTreeMap<u16, u64> = stretches.filter(|(_, sum)| *sum > 0).collect();
            (key.clone(), stretches)
        });
        Self {
            days: faded(self.days),
            services: services.filter(|(_, sums)| sums.count > 0).collect(),
            in_vain: lasted(&self.in_vain),
            came: faded(self.came),
            stayed_away: faded(self.stayed_away),
            waits: Waits {
                called: self.waits.called.map(faded),
                gone: self.waits.gone.map(faded),
            },
            arrivals: arrivals.filter(|(_, sums)| !sums.is_empty()).collect(),
            windows: Windows {
                loads: self.windows.loads.map(|cells| cells.map(faded)),
            },
        }
    }

    fn join(&mut self, other: &Self) {
        let join = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        join(&mut self.days, other.days);
        join(&mut self.came, other.came);
        join(&mut self.stayed_away, other.stayed_away);
        self.in_vain.join(other.in_vain);
        for (service, lasted) in &other.services {
            self.services
                .entry(service.clone())
                .or_default()
                .join(*lasted);
        }
        for (service, stretches) in &other.arrivals {
            let known = self.arrivals.entry(service.clone()).or_default();
            for (stretch, sum) in stretches {
                join(known.entry(*stretch).or_default(), *sum);
            }
        }
        let waits = (&mut self.waits.called, &other.waits.called);
        let gone = (&mut self.waits.gone, &other.waits.gone);
        for (sums, more) in [waits, gone] {
            sums.iter_mut()
                .zip(more)
                .for_each(|(sum, more)| join(sum, *more));
        }
        let loads = self.windows.loads.iter_mut().zip(&other.windows.loads);
        for (cells, more) in loads {
            cells
                .iter_mut()
                .zip(more)
                .for_each(|(sum, more)| join(sum, *more));
        }
    }
}

impl Lasted {
    fn join(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.ms = self.ms.saturating_add(other.ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ServiceKey;

    fn day_of(minutes: u64) -> Experience {
        Experience {
            days: ONE,
            services: BTreeMap::from([(ServiceKey::new("passport"), Lasted::of(50, minutes))]),
            ..Experience::default()
        }
    }

    fn mean_min(known: &Experience) -> f64 {
        let lasted = known.services[&ServiceKey::new("passport")];
        lasted.secs() / lasted.weight() / 60.0
    }

    const USUAL: Course = Course {
        alarms: 0,
        open_ms: 8,
        planned_ms: Some(8),
    };

    #[test]
    fn the_latest_days_weigh_most() {
        let known = Experience::default().after(&day_of(10), USUAL);
        let known = known.after(&day_of(20), USUAL);
        assert!(mean_min(&known) > 15.0, "{}", mean_min(&known));
        assert_eq!(known.days, 1_900);
    }

    #[test]
    fn a_day_with_an_alarm_or_half_the_staff_weighs_little() {
        let known = Experience::default().after(&day_of(10), USUAL);
        let alarm = Course { alarms: 1, ..USUAL };
        let short = Course {
            open_ms: 4,
            ..USUAL
        };
        for odd in [alarm, short] {
            let after = known.after(&day_of(60), odd);
            assert!(mean_min(&after) < 16.0, "{}", mean_min(&after));
        }
    }

    #[test]
    fn counters_without_planned_shifts_make_no_day_odd() {
        let course = Course {
            planned_ms: None,
            open_ms: 0,
            alarms: 0,
        };
        let known = Experience::default().after(&day_of(10), course);
        assert_eq!(known.days, ONE);
    }
}
