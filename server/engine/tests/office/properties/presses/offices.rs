//! The houses in which anything is pressed: one with few numbers, and what can be different in it.

use std::collections::BTreeSet;

use aufruf_engine::{CheckInRule, Need, Office, QueueKey, SeriesKey, ServiceKey};
use proptest::collection::btree_set;
use proptest::prelude::Strategy;

use crate::common::{
    appointment_hours, closure, hours, house, needs, queue, series, service, service_keys, skills,
};

/// Which of [`CHANGES`] a house has.
pub(in crate::properties) type Changes = BTreeSet<usize>;

pub(in crate::properties) fn changes() -> impl Strategy<Value = Changes> {
    btree_set(0..CHANGES.len(), 0..14)
}

/// The house with these changes. Some of them together are a faulty office: it is refused.
pub(in crate::properties) fn office_of(changes: &Changes) -> Office {
    let mut office = few_numbers();
    for change in changes {
        CHANGES[*change](&mut office);
        office.version += 1 << change;
    }
    office
}

/// Numbers, room and patience run out within hours.
fn few_numbers() -> Office {
    let mut office = house();
    for series in &mut office.series {
        (series.to, series.reuse_after_min) = (12, 90);
    }
    for queue in &mut office.queues {
        queue.max_waiting = 8;
        queue.rules.max_wait_min = 45;
        queue.rules.requeue_loss_places = 2;
    }
    office
}

type Change = fn(&mut Office);

/// What a house can have that others have not; those that shake it most come last.
const CHANGES: [Change; 33] = [
    |office| office.queues[0].rules.calls_in_vain = 2,
    |office| office.queues[0].rules.check_in = CheckInRule::None,
    |office| office.queues[2].rules.check_in = CheckInRule::None,
    |office| has(office, 0, &[Need::LoweredCounter]),
    |office| has(office, 1, &[Need::LoweredCounter, Need::InductionLoop]),
    |office| has(office, 4, &[Need::SignLanguage]),
    |office| helps_out(office, 1, &["id-card", "extract"]),
    |office| helps_out(office, 2, &["birth"]),
    |office| office.rules.favoured_in_a_row = 1,
    |office| office.rules.undo_within_secs = 0,
    |office| office.rules.undo_within_secs = 600,
    |office| office.queues[1].rules.contingent = Some(5),
    |office| office.queues[1].rules.max_wait_min = 5,
    |office| office.queues[0].rules.requeue_loss_places = 0,
    |office| office.queues[2].rules.ghost_counters = Some(2),
    |office| office.rules.overtaken_at_most = 0,
    |office| office.rules.overtaken_at_most = 1,
    |office| lasts(office, [3, 40, 2, 15, 5, 30, 8, 25, 12]),
    |office| lasts(office, [40, 3, 1, 5, 45, 2, 60, 2, 20]),
    |office| office.queues[0].rules.max_hold_min = 15,
    |office| office.queues[1].rules.max_hold_min = 0,
    |office| office.queues[0].rules.early_call_min = 0,
    |office| office.queues[2].rules.early_call_min = 60,
    |office| {
        office.counters[0].shifts = Some(hours(&[("08:00", "08:20"), ("08:30", "09:30")]));
        office.counters[3].shifts = Some(hours(&[("09:00", "16:00")]));
    },
    |office| {
        let ids = &mut office.queues[0];
        ids.walk_in_hours = Some(hours(&[("08:00", "08:40"), ("08:50", "09:10")]));
        (ids.rules.overtime_min, ids.rules.last_ticket_before_min) = (Some(30), 10);
    },
    |office| {
        office.queues[1].appointment_hours = Some(appointment_hours(("08:00", "08:40")));
        office.queues[1].rules.overtime_min = Some(0);
    },
    |office| office.closures = vec![closure("2026-11-23", &["certificates"])],
    |office| {
        office.series[0].prefix = "B".into();
        office.series[1].prefix = "A".into();
    },
    |office| {
        office.series[0] = series("new", "A");
        office.queues[0].series = SeriesKey::new("new");
    },
    |office| {
        office.counters.remove(4);
        office.services.remove(5);
        office.counters[1].skills = skills(&["move", "extract"]);
    },
    |office| {
        office.queues.push(queue("fishing", "c"));
        office.services.push(service("licence", "fishing"));
        office.counters[2].skills.extend(service_keys(&["licence"]));
        office.services[0].queue = QueueKey::new("certificates");
    },
    |office| office.time_zone = "Pacific/Kiritimati".into(),
    |office| office.time_zone = "Pacific/Honolulu".into(),
];

/// How long each of the services is planned to take, in minutes.
fn lasts(office: &mut Office, minutes: [u32; 9]) {
    for (service, minutes) in office.services.iter_mut().zip(minutes) {
        service.duration_min = minutes;
    }
}

fn has(office: &mut Office, counter: usize, attributes: &[Need]) {
    if let Some(counter) = office.counters.get_mut(counter) {
        counter.attributes = needs(attributes);
    }
}

fn helps_out(office: &mut Office, counter: usize, services: &[&str]) {
    let services: BTreeSet<ServiceKey> = skills(services);
    if let Some(counter) = office.counters.get_mut(counter) {
        counter.helps_out = services;
    }
}
