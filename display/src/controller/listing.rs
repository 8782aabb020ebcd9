//! Which calls stand in the list beside the large field.

use aufruf_protocol::latest::{CALLS_KEPT, Call};
use jiff::{SignedDuration, Timestamp};

use super::announcer::Announcer;
use super::register::Register;

/// The list has at least as many places.
const PLACES: usize = 6;
/// A call that is on the wall for less keeps its place, and the list grows for it.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// The calls in the list, the newest first, and which of them wait to be announced.
///
/// Whoever waits to be announced is in it at once (the oldest first, when there are more than the wall
/// holds), then the newest of the others. It grows beyond its places only for calls that are fresh.
pub(crate) fn listed<'a>(
    calls: &'a [Call],
    announcer: &'a Announcer,
    register: &Register,
    now: Timestamp,
) -> Vec<(&'a Call, bool)> {
    let coming: Vec<&Call> = announcer.waiting().take(CALLS_KEPT).collect();
    let is_large = |call: &Call| announcer.current().is_some_and(|c| c.ticket == call.ticket);
    let is_coming = |call: &Call| announcer.waiting().any(|waiting| waiting.id == call.id);
    let is_fresh = |call: &Call| {
        let painted = register.get(call.id).and_then(|known| known.painted);
        painted.is_none_or(|painted| now.duration_since(painted) < FRESH)
    };
    let others = calls
        .iter()
        .rev()
        .filter(|call| !is_large(call) && !is_coming(call));
    let room = CALLS_KEPT - coming.len();
    let wanted = PLACES.saturating_sub(coming.len());
    let others = others
        .enumerate()
        .filter(|(place, call)| *place < wanted || is_fresh(call))
        .map(|(_, call)| (call, false))
        .take(room);
    let mut list: Vec<(&Call, bool)> = coming
        .iter()
        .map(|call| (*call, true))
        .chain(others)
        .collect();
    list.sort_by_key(|(call, _)| std::cmp::Reverse(call.id));
    list
}
