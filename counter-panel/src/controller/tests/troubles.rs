//! Devices with faults, and tickets without paper.

use aufruf_protocol::latest::PrintOutcome::{
    self, Doubtful, Expired, Failed, Pending, Printed, Unknown,
};

use super::super::{Faults, Paper, Stage};
use super::desk::Desk;
use crate::sample::{Day, stale_since, ticket};

#[test]
fn a_device_with_faults_is_told_in_its_own_words_and_several_are_counted() {
    let mut desk = Desk::on(Day::open());
    assert_eq!(desk.model().faults, None);
    desk.shows(Day::open().faulty("printer-1", &["no paper", "cover open"]));
    let first = "printer-1: no paper, cover open".to_owned();
    assert_eq!(desk.model().faults, Some(Faults { devices: 1, first }));
    let day = Day::open().faulty("printer-1", &["no paper"]);
    desk.shows(day.faulty("display-2", &["sound: no card"]));
    let first = "display-2: sound: no card".to_owned();
    assert_eq!(desk.model().faults, Some(Faults { devices: 2, first }));
}

#[test]
fn faults_are_not_told_while_the_server_is_away() {
    let mut desk = Desk::on(Day::open().faulty("printer-1", &["no paper"]));
    desk.takes(&stale_since("10:41"));
    assert_eq!(desk.model().faults, None);
}

#[test]
fn tickets_without_paper_are_marked_in_the_list() {
    let paper_after = |outcome: PrintOutcome| {
        let waiting = ticket("A012", "id-card", "10:11");
        let other = ticket("A013", "id-card", "10:12");
        let day = Day::open().with([waiting, other]);
        let rows = Desk::on(day.unprinted("A012", outcome)).model().line.rows;
        assert_eq!(rows[1].paper, None);
        rows[0].paper
    };
    for outcome in [Failed, Expired] {
        assert_eq!(paper_after(outcome), Some(Paper::NotPrinted));
    }
    for outcome in [Doubtful, Unknown] {
        assert_eq!(paper_after(outcome), Some(Paper::Doubtful));
    }
    for outcome in [Pending, Printed] {
        assert_eq!(paper_after(outcome), None);
    }
}

#[test]
fn the_running_visit_without_paper_is_marked_too() {
    let day = Day::open().serving(ticket("A012", "id-card", "10:11"), "10:38");
    let Stage::Serving { visit } = Desk::on(day.unprinted("A012", Failed)).stage() else {
        panic!("somebody should be served");
    };
    assert_eq!(visit.paper, Some(Paper::NotPrinted));
}
