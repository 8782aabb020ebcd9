//! Plain words of both sides: needs, states, results, promises, places.

use aufruf_engine as engine;
use aufruf_protocol::latest as wire;

pub(super) fn service(key: &engine::ServiceKey) -> wire::ServiceKey {
    wire::ServiceKey::new(key.as_str())
}

pub(super) fn queue(key: &engine::QueueKey) -> wire::QueueKey {
    wire::QueueKey::new(key.as_str())
}

pub(super) fn counter(key: &engine::CounterKey) -> wire::CounterKey {
    wire::CounterKey::new(key.as_str())
}

pub(super) fn promise(engine::Promise { low, mid, high }: engine::Promise) -> wire::Promise {
    wire::Promise { low, mid, high }
}

pub(super) fn place(engine::Place { at, seq, then }: engine::Place) -> wire::Place {
    wire::Place {
        at,
        seq: seq.0,
        then: then.0,
    }
}

pub(super) fn pause(engine::Pause { until, cause }: engine::Pause) -> wire::Pause {
    let cause = match cause {
        engine::PauseCause::Visitor => wire::PauseCause::Visitor,
        engine::PauseCause::CallInVain => wire::PauseCause::CallInVain,
    };
    wire::Pause { until, cause }
}

pub(super) fn bound(bound: &engine::Bound) -> wire::Target {
    match bound {
        engine::Bound::Counter(key) => wire::Target::Counter {
            counter: counter(key),
        },
        engine::Bound::Clerk(clerk) => wire::Target::Clerk {
            clerk: clerk.as_str().to_owned(),
        },
    }
}

pub(super) fn source(source: engine::Source) -> wire::Source {
    match source {
        engine::Source::Kiosk => wire::Source::Kiosk,
        engine::Source::Counter => wire::Source::Counter,
        engine::Source::Phone => wire::Source::Phone,
        engine::Source::Centre => wire::Source::Centre,
        engine::Source::Offline => wire::Source::Offline,
    }
}

pub(super) fn ticket_state(state: &engine::TicketState) -> wire::TicketState {
    use engine::TicketState;
    match state {
        TicketState::Booked => wire::TicketState::Booked,
        TicketState::Waiting { .. } => wire::TicketState::Waiting,
        TicketState::Called { .. } => wire::TicketState::Called,
        TicketState::Serving { .. } => wire::TicketState::Serving,
        TicketState::Parked { .. } => wire::TicketState::Parked,
        TicketState::Missed => wire::TicketState::Missed,
        TicketState::PickUp { .. } => wire::TicketState::PickUp,
        TicketState::Finished { .. } => wire::TicketState::Finished,
        TicketState::Cancelled => wire::TicketState::Cancelled,
        TicketState::Expired { .. } => wire::TicketState::Expired,
    }
}

pub(super) fn counter_mode(mode: engine::CounterMode) -> wire::CounterMode {
    match mode {
        engine::CounterMode::Open => wire::CounterMode::Open,
        engine::CounterMode::Paused => wire::CounterMode::Paused,
        engine::CounterMode::Closed => wire::CounterMode::Closed,
    }
}

pub(super) fn need(need: engine::Need) -> wire::Need {
    match need {
        engine::Need::LoweredCounter => wire::Need::LoweredCounter,
        engine::Need::InductionLoop => wire::Need::InductionLoop,
        engine::Need::GuideStrip => wire::Need::GuideStrip,
        engine::Need::SignLanguage => wire::Need::SignLanguage,
    }
}

/// The rule by which somebody was called, with the facts that this rule has.
pub(super) fn why(why: engine::Why) -> wire::Why {
    use engine::Why;
    let by = |rule| wire::Why {
        rule,
        waited_min: None,
        max_wait_min: None,
        priority: None,
        at: None,
        after: None,
        overtaken: None,
    };
    match why {
        Why::FirstInLine => by(wire::Rule::FirstInLine),
        Why::Overdue {
            waited_min,
            max_wait_min,
        } => wire::Why {
            waited_min: Some(waited_min),
            max_wait_min: Some(max_wait_min),
            ..by(wire::Rule::Overdue)
        },
        Why::Priority { priority } => wire::Why {
            priority: Some(priority.into()),
            ..by(wire::Rule::Priority)
        },
        Why::Appointment { at } => wire::Why {
            at: Some(at),
            ..by(wire::Rule::Appointment)
        },
        Why::TurnOfOthers { after } => wire::Why {
            after: Some(after),
            ..by(wire::Rule::TurnOfOthers)
        },
        Why::FitsBefore { at } => wire::Why {
            at: Some(at),
            ..by(wire::Rule::FitsBefore)
        },
        Why::ShorterFirst { overtaken } => wire::Why {
            overtaken: Some(overtaken),
            ..by(wire::Rule::ShorterFirst)
        },
        Why::OwnService => by(wire::Rule::OwnService),
        Why::EarlyAppointment { at } => wire::Why {
            at: Some(at),
            ..by(wire::Rule::EarlyAppointment)
        },
        Why::Chosen => by(wire::Rule::Chosen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::{Priority, Why};
    use jiff::Timestamp;

    #[test]
    fn every_rule_of_a_call_keeps_the_facts_that_it_used() {
        let at = Timestamp::UNIX_EPOCH;
        let overdue = why(Why::Overdue {
            waited_min: 200,
            max_wait_min: 180,
        });
        assert_eq!(
            (overdue.waited_min, overdue.max_wait_min),
            (Some(200), Some(180))
        );
        let first = Priority::FIRST;
        assert_eq!(why(Why::Priority { priority: first }).priority, Some(1));
        for dated in [
            Why::Appointment { at },
            Why::EarlyAppointment { at },
            Why::FitsBefore { at },
        ] {
            assert_eq!(why(dated).at, Some(at));
        }
        assert_eq!(why(Why::TurnOfOthers { after: 3 }).after, Some(3));
        let shorter = why(Why::ShorterFirst { overtaken: 2 });
        assert_eq!(shorter.overtaken, Some(2));
    }
}
