//! Small days, and what becomes of their people. One counter, one service and an office that is
//! open from 8 to 10 unless a test says otherwise.

mod appointments;
mod house;
mod staff;
mod walk_ins;

use serde_json::{Value, json};

use super::seconds::Second;
use super::{Day, Line, Outcome, replay};

/// A day to be written.
struct Script {
    counters: Value,
    appointments: Vec<Value>,
    walk_ins: Vec<Value>,
}

fn at(hour: i64, minute: i64) -> Second {
    (hour * 60 + minute) * 60
}

fn minutes(minutes: i64) -> i64 {
    minutes * 60
}

impl Script {
    fn new() -> Self {
        let all_day = [[at(8, 0), at(10, 0)]];
        Self {
            counters: json!([{ "id": "1", "services": ["passport"], "shifts": all_day }]),
            appointments: Vec::new(),
            walk_ins: Vec::new(),
        }
    }

    /// Counters `1`, `2` … with these shifts.
    fn counters(mut self, shifts: &[&[(Second, Second)]]) -> Self {
        let counters = (1..).zip(shifts).map(|(number, shifts)| {
            json!({ "id": number.to_string(), "services": ["passport"], "shifts": shifts })
        });
        self.counters = counters.collect();
        self
    }

    /// Who stays until called.
    fn walk_in(self, id: &str, arrives: Second, takes_min: i64) -> Self {
        self.walk_in_with(id, arrives, takes_min, None)
    }

    /// Who leaves after so many minutes.
    fn impatient(self, id: &str, arrives: Second, patience_min: i64) -> Self {
        self.walk_in_with(id, arrives, 10, Some(minutes(patience_min)))
    }

    fn walk_in_with(
        mut self,
        id: &str,
        arrives: Second,
        takes_min: i64,
        patience_s: Option<i64>,
    ) -> Self {
        let takes_s = minutes(takes_min);
        self.walk_ins.push(json!({
            "id": id, "service": "passport", "arrives": arrives, "takes_s": takes_s,
            "patience_s": patience_s,
        }));
        self
    }

    /// An appointment of ten minutes.
    fn appointment(mut self, id: &str, agreed: Second, arrives: Option<Second>) -> Self {
        self.appointments.push(json!({
            "id": id, "service": "passport", "at": agreed, "arrives": arrives,
            "takes_s": minutes(10),
        }));
        self
    }

    fn day(&self) -> Day {
        let text = json!({
            "opens": at(8, 0), "closes": at(10, 0), "no_show_s": minutes(2),
            "services": [{ "id": "passport", "planned_s": minutes(12) }],
            "counters": self.counters, "appointments": self.appointments,
            "walk_ins": self.walk_ins,
        });
        Day::parse(&text.to_string()).expect("a sound day")
    }

    fn replayed(&self) -> Vec<Line> {
        replay(&self.day(), aufruf_engine::HouseRules::default()).expect("a day that ends")
    }
}

#[track_caller]
fn of<'l>(lines: &'l [Line], id: &str) -> &'l Line {
    let mut lines = lines.iter();
    lines
        .find(|line| line.id == id)
        .expect("a line for this person")
}

/// When somebody was called and where.
#[track_caller]
fn call<'l>(lines: &'l [Line], id: &str) -> (Second, &'l str) {
    let line = of(lines, id);
    assert_eq!(line.outcome, Outcome::Served, "{line:?}");
    let counter = line.counter.as_deref();
    line.called_at
        .zip(counter)
        .expect("a call of who was served")
}
