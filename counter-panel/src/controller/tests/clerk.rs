//! Who serves at this panel.

use super::super::Key;
use super::desk::{Desk, opens_counter_4};
use crate::sample::Day;

const KIM: &str = "Kim";

fn shown(desk: &mut Desk) -> Option<String> {
    desk.model().header.clerk
}

#[test]
fn the_clerk_of_the_panels_file_is_told_when_the_counter_opens() {
    let mut desk = Desk::of(KIM, Day::closed());
    assert_eq!(shown(&mut desk).as_deref(), Some(KIM));
    assert_eq!(desk.press(Key::Door), Some(opens_counter_4(Some(KIM))));
    let mut desk = Desk::on(Day::closed());
    assert_eq!(shown(&mut desk), None);
    assert_eq!(desk.press(Key::Door), Some(opens_counter_4(None)));
}

#[test]
fn a_colleague_who_came_over_is_shown_and_stays_after_a_break() {
    let mut desk = Desk::of(KIM, Day::open().paused().served_by("Robin"));
    assert_eq!(shown(&mut desk).as_deref(), Some("Robin"));
    assert_eq!(desk.press(Key::Door), Some(opens_counter_4(None)));
}
