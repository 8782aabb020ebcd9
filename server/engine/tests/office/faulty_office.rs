//! Offices that cannot be used: each fault is found and said.

use aufruf_engine::{
    Area, AreaKey, FaultyOffice, Office, QueueKey, Refusal, Series, SeriesKey, ServiceKey,
};

use crate::common::{TestOffice, house, queue, series, service, use_office};

/// The faults of the house after this change.
fn faults(change: impl FnOnce(&mut Office)) -> Vec<FaultyOffice> {
    let mut office = house();
    change(&mut office);
    office.faults()
}

fn twice(kind: &'static str, key: &str) -> FaultyOffice {
    FaultyOffice::Twice {
        kind,
        key: key.to_owned(),
    }
}

/// `missing(["queue", "ids", "series", "z"])`: queue ids names series z, which is not there.
fn missing([kind, key, wanted_kind, wanted]: [&'static str; 4]) -> FaultyOffice {
    FaultyOffice::Missing {
        kind,
        key: key.to_owned(),
        wanted_kind,
        wanted: wanted.to_owned(),
    }
}

fn range(from: u32, to: u32) -> FaultyOffice {
    FaultyOffice::Range {
        key: "a".to_owned(),
        from,
        to,
    }
}

#[test]
fn the_house_of_the_tests_has_no_fault() {
    assert_eq!(house().faults(), []);
}

#[test]
fn a_time_zone_that_nobody_knows_is_a_fault() {
    for zone in ["Europe/Bonn", "", "../etc/passwd", "CEST+1\0"] {
        let seen = faults(|office| office.time_zone = zone.into());
        assert_eq!(seen, [FaultyOffice::TimeZone(zone.to_owned())]);
    }
}

#[test]
fn a_key_that_is_given_twice_is_a_fault() {
    let seen = faults(|office| office.queues.push(queue("ids", "a")));
    assert_eq!(seen, [twice("queue", "ids")]);
    let seen = faults(|office| office.series.push(series("a", "X")));
    assert_eq!(seen, [twice("series", "a")]);
    let seen = faults(|office| office.services.push(service("move", "ids")));
    assert_eq!(seen, [twice("service", "move")]);
    let seen = faults(|office| office.counters.push(office.counters[0].clone()));
    assert_eq!(seen, [twice("counter", "counter-1")]);
    let seen = faults(|office| {
        office.areas.push(Area {
            key: AreaKey::new("upper"),
        });
    });
    assert_eq!(seen, [twice("area", "upper")]);
}

#[test]
fn a_name_that_leads_nowhere_is_a_fault() {
    let seen = faults(|office| office.queues[0].series = SeriesKey::new("z"));
    assert_eq!(seen, [missing(["queue", "ids", "series", "z"])]);
    let seen = faults(|office| office.services[0].queue = QueueKey::new("z"));
    assert_eq!(seen, [missing(["service", "id-card", "queue", "z"])]);
    let seen = faults(|office| office.counters[0].area = AreaKey::new("z"));
    assert_eq!(seen, [missing(["counter", "counter-1", "area", "z"])]);
    let seen = faults(|office| {
        office.counters[0].skills.insert(ServiceKey::new("z"));
    });
    assert_eq!(seen, [missing(["counter", "counter-1", "service", "z"])]);
}

#[test]
fn an_office_without_anything_lacks_one_of_each() {
    let empty = Office {
        version: 1,
        time_zone: "Europe/Berlin".to_owned(),
        queues: Vec::new(),
        series: Vec::new(),
        services: Vec::new(),
        counters: Vec::new(),
        areas: Vec::new(),
        closures: Vec::new(),
        rules: aufruf_engine::HouseRules::default(),
    };
    let lacks = ["queue", "series", "service", "counter", "area"].map(FaultyOffice::None);
    assert_eq!(empty.faults(), lacks);
}

#[test]
fn a_range_that_runs_backwards_or_past_six_digits_is_a_fault() {
    for (from, to) in [(2, 1), (1, 1_000_000), (u32::MAX, 0)] {
        let seen = faults(|office| (office.series[0].from, office.series[0].to) = (from, to));
        assert_eq!(seen, [range(from, to)]);
    }
    for (from, to) in [(0, 0), (1, 1), (0, 999_999)] {
        let seen = faults(|office| (office.series[0].from, office.series[0].to) = (from, to));
        assert_eq!(seen, []);
    }
}

/// Comparing four thousand million numbers would keep the office waiting for the answer.
#[test]
fn a_range_past_all_measure_is_refused_without_counting_through_it() {
    let seen = faults(|office| {
        office.series[0].to = u32::MAX;
        office.series[1].prefix = "A1".into();
    });
    assert_eq!(seen, [range(1, u32::MAX)]);
}

#[test]
fn two_series_that_could_show_the_same_number_are_a_fault() {
    let seen = faults(|office| office.series[1].prefix = "A".into());
    let same = FaultyOffice::SameNumber {
        first: "a".to_owned(),
        second: "b".to_owned(),
        number: "A001".to_owned(),
    };
    assert_eq!(seen, [same]);
}

#[test]
fn series_may_share_a_prefix_where_their_numbers_stay_apart() {
    let apart = |office: &mut Office| {
        office.series[1] = Series {
            from: 500,
            prefix: "A".to_owned(),
            ..series("b", "")
        };
        office.series[0].to = 499;
    };
    assert_eq!(faults(apart), []);
}

#[test]
fn a_service_without_duration_is_a_fault() {
    let seen = faults(|office| office.services[1].duration_min = 0);
    assert_eq!(seen, [FaultyOffice::NoDuration("passport".to_owned())]);
}

#[test]
fn a_line_for_nobody_or_for_half_the_town_is_a_fault() {
    for max_waiting in [0, 200_001, u32::MAX] {
        let seen = faults(|office| office.queues[0].max_waiting = max_waiting);
        let key = "ids".to_owned();
        assert_eq!(seen, [FaultyOffice::MaxWaiting { key, max_waiting }]);
    }
    assert_eq!(faults(|office| office.queues[0].max_waiting = 200_000), []);
}

#[test]
fn a_service_that_no_counter_offers_is_a_fault() {
    let seen = faults(|office| {
        office.counters[4].skills.remove(&ServiceKey::new("block"));
    });
    assert_eq!(seen, [FaultyOffice::NobodyOffers("block".to_owned())]);
}

#[test]
fn all_faults_are_said_at_once_and_each_in_words() {
    let mut office = house();
    office.time_zone = "Bonn".into();
    office.services[0].duration_min = 0;
    let refusal = TestOffice::not_set_up().refuses(use_office(office.clone()));
    assert_eq!(refusal, Refusal::OfficeFaulty(office.faults()));
    let words = refusal.to_string();
    assert!(
        words.contains("Europe/Berlin") && words.contains("id-card"),
        "{words}"
    );
}

#[test]
fn a_faulty_office_leaves_the_one_in_use() {
    let mut office = TestOffice::opens();
    let mut faulty = house();
    faulty.queues.clear();
    assert_eq!(office.refuses(use_office(faulty)).code(), "office_faulty");
    assert_eq!(office.state.office().map(AsRef::as_ref), Some(&house()));
}
