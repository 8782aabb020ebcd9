//! The plan as text.

use aufruf_engine::{QueueKey, Refusal};
use jiff::SignedDuration;

use super::super::{Newcomers, table};
use super::{at, sheet};

#[test]
fn the_table_tells_every_counter_with_its_stays_and_gaps_and_every_service() {
    let written = "\
Bürgeramt Mitte, Monday, 23 November 2026: the plan from 10:30 on (closes at 12:00; times of Europe/Berlin)

Platz 1 (counter-1): staffed 10:30-11:30
  10:24-10:36  A012  running               Personalausweis
  10:36-10:47  A015  walk-in               Personalausweis
  10:50-11:05  B003  appointment at 10:50  Personalausweis
  free 11:05-11:30

Platz 2 (counter-2): staffed 10:45-11:00, 11:15-12:00
  10:45-10:57  A016  walk-in               Personalausweis
  free 11:15-12:00

Platz 3 (counter-3): not staffed

They wait, and no counter is planned that could call them:
  C001  Urkunde

Somebody who comes now is called:
  Personalausweis (id-card)  10:55-11:20
  Meldung (move)             sold out
  Urkunde (certificate)      nobody can say: no counter is planned for it
  Fahrzeug (vehicle)         no ticket: locked: Die Kasse ist gestört
";
    assert_eq!(table(&sheet()), written);
}

#[test]
fn a_key_that_is_the_name_is_told_once() {
    let mut sheet = sheet();
    sheet.office = None;
    sheet.rows[0].name = "counter-1".to_owned();
    let text = table(&sheet);
    assert!(text.starts_with("Monday, 23 November 2026: "), "{text}");
    assert!(text.contains("\ncounter-1: staffed 10:30"), "{text}");
}

#[test]
fn after_closing_the_heading_says_so_and_a_service_when_it_opens() {
    let mut sheet = sheet();
    sheet.closes = Some(at("10:00"));
    sheet.services[0].newcomers = Newcomers::NoTicket(Refusal::Closed {
        queue: QueueKey::new("ids"),
        opens_at: Some("2026-11-24T08:00:00+01:00".parse().expect("a time")),
    });
    let text = table(&sheet);
    assert!(text.contains("(closed at 10:00; "), "{text}");
    assert!(
        text.contains("no ticket: closed, opens on Tuesday, 24 November, at 08:00\n"),
        "{text}"
    );
}

#[test]
fn who_is_long_overdue_and_has_next_to_no_time_in_the_plan_is_told_as_such() {
    let mut sheet = sheet();
    sheet.rows[0].stays[2].span.to =
        sheet.rows[0].stays[2].span.from + SignedDuration::from_secs(7);
    sheet.rows[0].stays[0].span.from = sheet.rows[0].stays[0].span.to;
    let text = table(&sheet);
    let told = "B003  appointment at 10:50  Personalausweis, hardly expected any more\n";
    assert!(text.contains(told), "{text}");
    assert_eq!(
        text.matches("hardly").count(),
        1,
        "who is at the counter is there"
    );
}

#[test]
fn a_shift_until_midnight_ends_at_24_o_clock() {
    let mut sheet = sheet();
    let midnight = "2026-11-24T00:00:00+01:00".parse().expect("a time");
    sheet.rows[1].staffed[1].to = midnight;
    let text = table(&sheet);
    assert!(text.contains("11:15-24:00\n"), "{text}");
}

#[test]
fn a_name_moves_no_cursor() {
    let mut sheet = sheet();
    sheet.rows[0].name = "Platz\u{1b}[2J\n1".to_owned();
    assert!(table(&sheet).contains("\nPlatz [2J 1 (counter-1): "));
}
