//! Who has shown which call. Devices report it; it stays in memory and goes with the call.

use std::collections::{BTreeMap, BTreeSet};

use aufruf_protocol::latest::{AreaKey, CallId, Seen};

/// LIMIT: calls whose reports are kept though they do not run any more: one that comes back, because
/// the step that ended it was taken back, has been seen already.
const KEPT: usize = 64;

/// Reports of displays, and which displays are there.
#[derive(Debug, Default)]
pub(crate) struct SeenCalls {
    calls: BTreeMap<CallId, Reports>,
    /// Displays by their area, each with its open connections.
    present: BTreeMap<AreaKey, BTreeMap<String, u32>>,
}

#[derive(Debug, Default)]
struct Reports {
    painted: BTreeSet<String>,
    announced: BTreeSet<String>,
}

/// What a display says of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Painted,
    Announced,
}

impl SeenCalls {
    pub(super) fn connected(&mut self, area: &AreaKey, display: &str) {
        let connections = self.present.entry(area.clone()).or_default();
        *connections.entry(display.to_owned()).or_default() += 1;
    }

    pub(super) fn disconnected(&mut self, area: &AreaKey, display: &str) {
        let Some(displays) = self.present.get_mut(area) else {
            return;
        };
        if let Some(connections) = displays.get_mut(display) {
            *connections -= 1;
            if *connections == 0 {
                displays.remove(display);
            }
        }
    }

    /// Forgets the oldest calls but those that run now, and makes room for new ones.
    pub(super) fn follow(&mut self, running: &BTreeSet<CallId>) {
        for call in running {
            self.calls.entry(*call).or_default();
        }
        let over = self.calls.keys().filter(|call| !running.contains(call));
        let over: Vec<CallId> = over.copied().collect();
        let surplus = over.len().saturating_sub(KEPT);
        for call in &over[..surplus] {
            self.calls.remove(call);
        }
    }

    /// A display's report, and whether it is news. One about a call that is long over is not kept.
    pub(super) fn report(&mut self, call: CallId, display: &str, shown: Shown) -> bool {
        let Some(reports) = self.calls.get_mut(&call) else {
            return false;
        };
        let displays = match shown {
            Shown::Painted => &mut reports.painted,
            Shown::Announced => &mut reports.announced,
        };
        displays.insert(display.to_owned())
    }

    /// Who of the area's displays has shown the call.
    pub(crate) fn of(&self, call: CallId, area: &AreaKey) -> Seen {
        let displays = self.present.get(area).map_or(0, BTreeMap::len);
        let reports = self.calls.get(&call);
        Seen {
            painted: count(reports.map_or(0, |reports| reports.painted.len())),
            announced: count(reports.map_or(0, |reports| reports.announced.len())),
            displays: count(displays),
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_seen_by_each_display_once_however_often_it_reports() {
        let (mut seen, area, call) = (SeenCalls::default(), AreaKey::new("ground"), CallId(7));
        seen.follow(&BTreeSet::from([call]));
        seen.connected(&area, "display-1");
        seen.connected(&area, "display-2");
        assert!(seen.report(call, "display-1", Shown::Painted));
        assert!(!seen.report(call, "display-1", Shown::Painted));
        assert_eq!(
            seen.of(call, &area),
            Seen {
                painted: 1,
                announced: 0,
                displays: 2
            }
        );
    }

    #[test]
    fn a_call_that_comes_back_is_still_seen_and_old_ones_are_forgotten() {
        let (mut seen, area, call) = (SeenCalls::default(), AreaKey::new("ground"), CallId(7));
        seen.follow(&BTreeSet::from([call]));
        seen.report(call, "display-1", Shown::Painted);
        seen.follow(&BTreeSet::new());
        assert_eq!(
            seen.of(call, &area).painted,
            1,
            "the step can be taken back"
        );
        for later in 8..200 {
            seen.follow(&BTreeSet::from([CallId(later)]));
        }
        assert_eq!(seen.of(call, &area).painted, 0);
        assert!(seen.calls.len() <= KEPT + 1);
    }

    #[test]
    fn a_display_that_reconnects_before_its_old_line_is_given_up_stays_present() {
        let (mut seen, area) = (SeenCalls::default(), AreaKey::new("ground"));
        seen.connected(&area, "display-1");
        seen.connected(&area, "display-1");
        seen.disconnected(&area, "display-1");
        assert_eq!(seen.of(CallId(1), &area).displays, 1);
    }
}
