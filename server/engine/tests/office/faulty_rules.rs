//! Rules, hours and sizes that an office cannot have: each is found and said.

use std::collections::BTreeSet;

use aufruf_engine::{Closure, FaultyOffice, Office, QueueRules};

use crate::common::{appointment_hours, closure, hours, house, queue, series, service, skills};

/// The faults of the house after this change.
fn faults(change: impl FnOnce(&mut Office)) -> Vec<FaultyOffice> {
    let mut office = house();
    change(&mut office);
    office.faults()
}

fn rule(of: &str, rule: &'static str, value: u32, (least, most): (u32, u32)) -> FaultyOffice {
    let of = of.to_owned();
    FaultyOffice::Rule {
        of,
        rule,
        value,
        least,
        most,
    }
}

#[test]
fn a_rule_of_a_queue_past_all_measure_is_a_fault() {
    type Set = fn(&mut QueueRules, u32);
    const DAY: u32 = 24 * 60;
    let rules: [(&'static str, (u32, u32), Set); 14] = [
        ("pause_after_call_min", (0, DAY), |rules, n| {
            rules.pause_after_call_min = n;
        }),
        ("late_grace_min", (0, DAY), |rules, n| {
            rules.late_grace_min = n;
        }),
        ("late_loss_max_min", (0, DAY), |rules, n| {
            rules.late_loss_max_min = n;
        }),
        ("check_in_early_min", (0, DAY), |rules, n| {
            rules.check_in_early_min = n;
        }),
        ("max_wait_min", (1, DAY), |rules, n| rules.max_wait_min = n),
        ("early_call_min", (0, 60), |rules, n| {
            rules.early_call_min = n;
        }),
        ("max_hold_min", (0, 15), |rules, n| rules.max_hold_min = n),
        ("pause_max_min", (0, DAY), |rules, n| {
            rules.pause_max_min = n;
        }),
        ("last_ticket_before_min", (0, DAY), |rules, n| {
            rules.last_ticket_before_min = n;
        }),
        ("overtime_min", (0, DAY), |rules, n| {
            rules.overtime_min = Some(n);
        }),
        ("calls_in_vain", (1, 10), |rules, n| rules.calls_in_vain = n),
        ("requeue_loss_places", (0, 1_000), |rules, n| {
            rules.requeue_loss_places = n;
        }),
        ("ghost_counters", (1, 100), |rules, n| {
            rules.ghost_counters = Some(n);
        }),
        ("contingent", (0, 200_000), |rules, n| {
            rules.contingent = Some(n);
        }),
    ];
    for (name, (least, most), set) in rules {
        let with = |value| faults(|office| set(&mut office.queues[0].rules, value));
        let below = least.checked_sub(1);
        for value in below.into_iter().chain([most + 1, u32::MAX]) {
            assert_eq!(
                with(value),
                [rule("queue \"ids\"", name, value, (least, most))]
            );
        }
        for value in [least, most] {
            assert_eq!(with(value), [], "{name} = {value}");
        }
    }
}

#[test]
fn a_rule_of_the_house_past_all_measure_is_a_fault() {
    let seen = faults(|office| office.rules.favoured_in_a_row = 0);
    assert_eq!(seen, [rule("the office", "favoured_in_a_row", 0, (1, 100))]);
    for value in [6, u32::MAX] {
        let seen = faults(|office| office.rules.overtaken_at_most = value);
        assert_eq!(
            seen,
            [rule("the office", "overtaken_at_most", value, (0, 5))]
        );
    }
    for value in [0, 5] {
        let seen = faults(|office| office.rules.overtaken_at_most = value);
        assert_eq!(seen, [], "{value}");
    }
    let seen = faults(|office| office.rules.undo_within_secs = u32::MAX);
    assert_eq!(
        seen,
        [rule("the office", "undo_within_secs", u32::MAX, (0, 600))]
    );
}

#[test]
fn a_number_that_rests_for_more_than_a_week_is_a_fault() {
    const WEEK: u32 = 7 * 24 * 60;
    let with = |rest| faults(|office| office.series[1].reuse_after_min = rest);
    for rest in [WEEK + 1, u32::MAX] {
        let fault = rule("series \"b\"", "reuse_after_min", rest, (0, WEEK));
        assert_eq!(with(rest), [fault]);
    }
    for rest in [0, WEEK] {
        assert_eq!(with(rest), []);
    }
}

#[test]
fn a_service_that_lasts_longer_than_a_day_is_a_fault() {
    const DAY: u32 = 24 * 60;
    let with = |duration| faults(|office| office.services[3].duration_min = duration);
    for duration in [DAY + 1, u32::MAX] {
        let fault = rule("service \"move\"", "duration_min", duration, (1, DAY));
        assert_eq!(with(duration), [fault]);
    }
    for duration in [1, DAY] {
        assert_eq!(with(duration), []);
    }
}

/// Umlauts are signs like others: it is no matter of bytes.
#[test]
fn a_prefix_that_does_not_fit_on_the_paper_or_cannot_be_read_is_a_fault() {
    let with = |prefix: &str| faults(|office| office.series[1].prefix = prefix.to_owned());
    for prefix in ["ABCDEFGHI", "ÄÖÜÄÖÜÄÖÜ", "B\n", "\0", "B\u{85}"] {
        let key = "b".to_owned();
        assert_eq!(with(prefix), [FaultyOffice::Prefix { key }], "{prefix:?}");
    }
    for prefix in ["", "BCDEFGHI", "ÄÖÜÄÖÜÄÖ", "B-1 "] {
        assert_eq!(with(prefix), [], "{prefix:?}");
    }
}

/// What hours can have wrong in all is theirs to say; here only that the office asks them.
#[test]
fn faulty_hours_are_a_fault_of_their_queue() {
    for overlap in [
        &[("08:00", "12:00"), ("11:59", "16:00")][..],
        &[("12:00", "08:00")],
        &[],
    ] {
        let seen = faults(|office| office.queues[1].walk_in_hours = Some(hours(overlap)));
        let [FaultyOffice::Hours { of, hours, .. }] = seen.as_slice() else {
            panic!("{overlap:?}: {seen:?}");
        };
        assert_eq!(
            (of.as_str(), *hours),
            ("queue \"registration\"", "hours for walk-ins")
        );
    }
}

#[test]
fn faulty_shifts_are_a_fault_of_their_counter() {
    let seen = faults(|office| {
        office.counters[1].shifts = Some(hours(&[("08:00", "12:00")]));
        office.counters[2].shifts = Some(hours(&[("12:00", "08:00")]));
    });
    let [fault] = seen.as_slice() else {
        panic!("{seen:?}");
    };
    let told = fault.to_string();
    assert!(
        told.starts_with("counter \"counter-3\", shifts: opening 1: the span 12:00 to 08:00"),
        "{told}"
    );
}

#[test]
fn slots_without_length_or_counters_are_a_fault() {
    for broken in [(0, 1), (10, 0), (u16::MAX, 1)] {
        let mut hours = appointment_hours(("08:00", "12:00"));
        (hours.slots[0].slot_min, hours.slots[0].counters) = broken;
        let seen = faults(|office| office.queues[0].appointment_hours = Some(hours));
        let [FaultyOffice::Hours { hours, .. }] = seen.as_slice() else {
            panic!("{broken:?}: {seen:?}");
        };
        assert_eq!(*hours, "hours for appointments");
    }
}

#[test]
fn a_closure_that_ends_before_it_begins_or_is_for_nobody_s_queue_is_a_fault() {
    let [from, to] = ["2026-12-24", "2026-12-23"].map(|day| day.parse().expect("a date"));
    let backwards = Closure {
        from,
        to,
        queues: BTreeSet::new(),
    };
    let seen = faults(|office| office.closures.push(backwards));
    assert_eq!(seen, [FaultyOffice::Closure { from, to }]);
    let seen = faults(|office| office.closures.push(closure("2026-12-24", &["ids", "z"])));
    let missing = FaultyOffice::Missing {
        kind: "closure",
        key: "2026-12-24".to_owned(),
        wanted_kind: "queue",
        wanted: "z".to_owned(),
    };
    assert_eq!(seen, [missing]);
}

#[test]
fn helping_out_with_what_the_counter_does_not_offer_is_a_fault() {
    let seen = faults(|office| office.counters[0].helps_out = skills(&["id-card", "move"]));
    let without = FaultyOffice::HelpsOutWithout {
        counter: "counter-1".to_owned(),
        service: "move".to_owned(),
    };
    assert_eq!(seen, [without]);
}

#[test]
fn an_office_of_ten_thousand_services_is_too_large_and_said_to_be_at_once() {
    let seen = faults(|office| {
        for n in 0..9_991 {
            office
                .services
                .push(service(&format!("service-{n}"), "nowhere"));
        }
    });
    let (kind, count, limit) = ("services", 10_000, 2_000);
    assert_eq!(seen, [FaultyOffice::TooMany { kind, count, limit }]);
}

#[test]
fn everything_that_an_office_lists_has_a_limit() {
    type Grow = fn(&mut Office);
    let grown: [(&str, Grow); 5] = [
        ("queues", |office| {
            office.queues = vec![queue("ids", "a"); 501];
        }),
        ("series", |office| {
            office.series = vec![series("a", "A"); 501];
        }),
        ("counters", |office| {
            office.counters = vec![office.counters[0].clone(); 501];
        }),
        ("areas", |office| {
            office.areas = vec![office.areas[0].clone(); 501];
        }),
        ("closures", |office| {
            office.closures = vec![closure("2026-12-24", &[]); 501];
        }),
    ];
    for (kind, grow) in grown {
        let (count, limit) = (501, 500);
        assert_eq!(faults(grow), [FaultyOffice::TooMany { kind, count, limit }]);
    }
}
