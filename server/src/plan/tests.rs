//! The plan as people see it: a sheet written by hand, and small days played by the engine.

mod chart;
mod sheet;
mod table;
mod xml;

use aufruf_engine::hours::OpenSpan;
use aufruf_engine::planning::StayOf;
use aufruf_engine::{Promise, QueueKey, Refusal};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Newcomers, Row, Service, Sheet, Stay, Waiting};

/// Monday, 23 November 2026, in Berlin: such as `10:30`.
fn at(clock: &str) -> Timestamp {
    let text = format!("2026-11-23T{clock}:00+01:00");
    text.parse().expect("a time")
}

fn span(from: &str, to: &str) -> OpenSpan {
    OpenSpan {
        from: at(from),
        to: at(to),
    }
}

fn stay(number: &str, of: StayOf, (from, to): (&str, &str)) -> Stay {
    Stay {
        number: number.to_owned(),
        of,
        service: "Personalausweis".to_owned(),
        span: span(from, to),
    }
}

fn row(place: u32, staffed: &[OpenSpan], stays: Vec<Stay>) -> Row {
    Row {
        name: format!("Platz {place}"),
        key: format!("counter-{place}"),
        staffed: staffed.to_vec(),
        stays,
    }
}

fn service(name: &str, key: &str, newcomers: Newcomers) -> Service {
    let (name, key) = (name.to_owned(), key.to_owned());
    Service {
        name,
        key,
        newcomers,
    }
}

/// Half past ten in an office with three counters; it closes at noon.
fn sheet() -> Sheet {
    let first = vec![
        stay("A012", StayOf::Running, ("10:24", "10:36")),
        stay("A015", StayOf::WalkIn, ("10:36", "10:47")),
        stay(
            "B003",
            StayOf::Appointment { at: at("10:50") },
            ("10:50", "11:05"),
        ),
    ];
    let second = vec![stay("A016", StayOf::WalkIn, ("10:45", "10:57"))];
    let window = Promise {
        low: at("10:55"),
        mid: at("11:00"),
        high: at("11:20"),
    };
    let locked = Refusal::Locked {
        queue: QueueKey::new("vehicles"),
        notice: "Die Kasse ist gestört".to_owned(),
    };
    Sheet {
        office: Some("Bürgeramt Mitte".to_owned()),
        zone: TimeZone::get("Europe/Berlin").expect("a zone"),
        at: at("10:30"),
        closes: Some(at("12:00")),
        rows: vec![
            row(1, &[span("10:30", "11:30")], first),
            row(2, &[span("10:45", "11:00"), span("11:15", "12:00")], second),
            row(3, &[], Vec::new()),
        ],
        unplanned: vec![Waiting {
            number: "C001".to_owned(),
            service: "Urkunde".to_owned(),
        }],
        services: vec![
            service("Personalausweis", "id-card", Newcomers::Called(window)),
            service("Meldung", "move", Newcomers::SoldOut),
            service("Urkunde", "certificate", Newcomers::NobodyServes),
            service("Fahrzeug", "vehicle", Newcomers::NoTicket(locked)),
        ],
    }
}
