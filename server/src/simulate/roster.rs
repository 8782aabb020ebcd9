//! When a counter is staffed: its shifts within the office's hours, and the overtime after them.
//!
//! Pure: seconds in, what the clerk does out.

use aufruf_engine::CounterMode;

use super::seconds::Second;

/// The shifts of one counter on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roster {
    /// Within the office's hours, sorted; none touches the next.
    shifts: Vec<(Second, Second)>,
    closes: Second,
}

impl Roster {
    /// Nobody calls before the office `opens`, and from when it `closes` everybody does: what shifts
    /// say of the time outside is left out.
    pub(super) fn of(shifts: &[(Second, Second)], opens: Second, closes: Second) -> Self {
        let within = shifts
            .iter()
            .map(|(from, to)| (*from.max(&opens), *to.min(&closes)));
        let mut sorted: Vec<_> = within.filter(|(from, to)| from < to).collect();
        sorted.sort_unstable();
        sorted.dedup_by(|next, kept| {
            let touches = next.0 <= kept.1;
            if touches {
                kept.1 = kept.1.max(next.1);
            }
            touches
        });
        Self {
            shifts: sorted,
            closes,
        }
    }

    pub(super) fn shifts(&self) -> &[(Second, Second)] {
        &self.shifts
    }

    /// Every second at which the clerk comes or goes.
    pub(super) fn changes(&self) -> impl Iterator<Item = Second> {
        let shifts = self.shifts.iter().flat_map(|(from, to)| [*from, *to]);
        shifts.chain([self.closes])
    }

    /// What the counter is at `second`: open in a shift and in overtime, paused between two shifts,
    /// closed before the first and after the last.
    pub(super) fn mode_at(&self, second: Second) -> CounterMode {
        let is_in = |(from, to): &(Second, Second)| (*from..*to).contains(&second);
        if second >= self.closes || self.shifts.iter().any(is_in) {
            return CounterMode::Open;
        }
        let has_begun = self.shifts.first().is_some_and(|(from, _)| *from <= second);
        let goes_on = self.shifts.last().is_some_and(|(from, _)| *from > second);
        if has_begun && goes_on {
            CounterMode::Paused
        } else {
            CounterMode::Closed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENS: Second = 100;
    const CLOSES: Second = 1_000;

    #[test]
    fn a_counter_pauses_between_its_shifts_and_closes_after_the_last_until_overtime() {
        let roster = Roster::of(&[(500, 800), (100, 400)], OPENS, CLOSES);
        for (second, mode) in [
            (99, CounterMode::Closed),
            (100, CounterMode::Open),
            (399, CounterMode::Open),
            (400, CounterMode::Paused),
            (500, CounterMode::Open),
            (800, CounterMode::Closed),
            (1_000, CounterMode::Open),
        ] {
            assert_eq!(roster.mode_at(second), mode, "at {second}");
        }
    }

    #[test]
    fn shifts_that_touch_are_one_and_nobody_serves_before_the_office_opens() {
        let roster = Roster::of(&[(300, 400), (0, 300), (20, 90)], OPENS, CLOSES);
        assert_eq!(roster.shifts(), [(100, 400)]);
    }

    #[test]
    fn who_stays_until_closing_goes_straight_on_into_overtime() {
        let roster = Roster::of(&[(100, 2_000)], OPENS, CLOSES);
        assert_eq!(roster.mode_at(999), CounterMode::Open);
        assert_eq!(roster.mode_at(1_000), CounterMode::Open);
    }
}
