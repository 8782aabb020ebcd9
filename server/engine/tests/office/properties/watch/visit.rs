//! One visit as the watcher knows it: from the events alone.

mod agreement;
mod beginning;

use std::collections::BTreeSet;

use aufruf_engine::{
    Bound, CounterKey, Event, EventSeq, Need, Place, Priority, QueueKey, Requeued, ServiceKey,
    TicketNumber, VisitResult,
};
use jiff::{SignedDuration, Timestamp};

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visit {
    pub(super) number: TicketNumber,
    pub(super) queue: QueueKey,
    pub(super) services: Vec<ServiceKey>,
    pub(super) served: Vec<ServiceKey>,
    pub(super) needs: BTreeSet<Need>,
    pub(super) priority: Priority,
    pub(super) persons: u32,
    pub(super) agreed_at: Option<Timestamp>,
    pub(super) arrived_at: Option<Timestamp>,
    pub(super) first_called_at: Option<Timestamp>,
    pub(super) place: Place,
    pub(super) bound: Option<Bound>,
    pub(super) calls_in_vain: u32,
    pub(super) stand: Stand,
    pub(super) served_ms: u64,
    /// How often walk-ins who came later went before, at counters for both.
    pub(super) overtaken: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Stand {
    Booked,
    Waiting(Option<Timestamp>),
    Called(CounterKey),
    Serving(CounterKey, Timestamp),
    Parked,
    Missed,
    PickUp(CounterKey),
    Ended(End),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    Finished(VisitResult),
    Cancelled,
    NoShow,
    Missed,
    NotPickedUp,
    Expired,
}

impl Visit {
    /// What the event makes of it; the books see to who is reachable, and to steps that are undone.
    pub(super) fn goes_on(&mut self, event: &Event, seq: EventSeq, at: Timestamp) {
        let before = self.stand.clone();
        match event {
            Event::CheckedIn { from, .. } => {
                self.arrived_at = Some(at);
                self.place = place(*from, seq);
                self.calls_in_vain = 0;
                self.stand = Stand::Waiting(None);
            }
            Event::TicketCalled { counter, .. } => {
                self.first_called_at = self.first_called_at.or(Some(at));
                self.stand = Stand::Called(counter.clone());
            }
            Event::ServiceStarted { .. } => {
                if let Stand::Called(counter) = &self.stand {
                    self.is_served_at(counter.clone(), at);
                    self.arrived_at = self.arrived_at.or(Some(at));
                    self.calls_in_vain = 0;
                }
            }
            Event::VisitResumed { counter, .. } => self.is_served_at(counter.clone(), at),
            Event::CalledInVain { until, .. } => {
                self.calls_in_vain += 1;
                self.stand = Stand::Waiting(Some(*until));
            }
            Event::TicketMissed { .. } => {
                self.calls_in_vain += 1;
                self.stand = Stand::Missed;
            }
            Event::TicketRequeued { to, .. } => {
                match to {
                    Requeued::OldPlace => {}
                    Requeued::Behind(other) => {
                        self.place = Place {
                            then: seq,
                            ..*other
                        }
                    }
                    Requeued::End => self.place = place(at, seq),
                }
                self.calls_in_vain = 0;
                // Called though nobody has reported: still only booked.
                let is_absent = self.agreed_at.is_some() && self.arrived_at.is_none();
                self.stand = match self.stand {
                    Stand::Called(_) if is_absent => Stand::Booked,
                    _ => {
                        self.arrived_at.get_or_insert(at);
                        Stand::Waiting(None)
                    }
                };
            }
            Event::VisitParked { .. } => self.stand = Stand::Parked,
            Event::TicketTransferred { queue, bound, .. } => {
                (self.queue, self.bound) = (queue.clone(), bound.clone());
                self.arrived_at.get_or_insert(at);
                self.calls_in_vain = 0;
                self.stand = Stand::Waiting(None);
            }
            Event::PlacePaused { until, .. } => self.stand = Stand::Waiting(Some(*until)),
            Event::PlaceResumed { .. } => self.stand = Stand::Waiting(None),
            Event::TicketCancelled { .. } => self.stand = Stand::Ended(End::Cancelled),
            _ => self.changes_or_ends(event, at),
        }
        if !matches!(self.stand, Stand::Serving(..)) {
            self.served_ms += ran_ms(&before, at);
        }
    }

    fn is_served_at(&mut self, counter: CounterKey, at: Timestamp) {
        self.bound = None;
        self.stand = Stand::Serving(counter, at);
    }

    fn changes_or_ends(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::TicketChanged {
                queue,
                services,
                needs,
                priority,
                persons,
                ..
            } => {
                // What is asked for once more has to be done once more.
                let again =
                    |key: &ServiceKey| services.contains(key) && !self.services.contains(key);
                self.served.retain(|key| !again(key));
                (self.queue, self.services) = (queue.clone(), services.clone());
                (self.needs, self.priority) = (needs.clone(), *priority);
                self.persons = *persons;
                return;
            }
            Event::PartServed {
                done,
                rest,
                queue,
                persons,
                ..
            } => {
                self.persons = *persons;
                self.served.extend(done.iter().cloned());
                (self.services, self.queue) = (rest.clone(), queue.clone());
                (self.bound, self.calls_in_vain) = (None, 0);
                self.stand = Stand::Waiting(None);
            }
            Event::VisitFinished {
                done,
                persons,
                result,
                ..
            } => {
                self.served.extend(done.iter().cloned());
                self.services.retain(|service| !done.contains(service));
                self.persons = *persons;
                self.stand = Stand::Ended(End::Finished(*result));
            }
            Event::PickUpPromised { done, .. } => {
                self.served.extend(done.iter().cloned());
                let counter = self.stand.counter().cloned();
                self.stand = Stand::PickUp(counter.expect("a visit that is being served"));
            }
            _ => return,
        }
        self.arrived_at = self.arrived_at.or(Some(at));
    }

    pub(super) fn expires(&mut self, at: Timestamp) {
        let end = match &self.stand {
            Stand::PickUp(_) => End::NotPickedUp,
            // Nobody reports there, and nobody came when called.
            _ if self.agreed_at.is_some() && self.arrived_at.is_none() => End::NoShow,
            Stand::Missed => End::Missed,
            _ => End::Expired,
        };
        self.served_ms += ran_ms(&self.stand, at);
        self.stand = Stand::Ended(end);
    }

    pub(super) fn is_open(&self) -> bool {
        !matches!(self.stand, Stand::Ended(_))
    }

    /// From when on this one waits, as the sums count it.
    pub(super) fn waits_from(&self) -> Option<Timestamp> {
        let arrived = self.arrived_at?;
        Some(self.agreed_at.map_or(arrived, |agreed| agreed.max(arrived)))
    }

    /// From when on the wait counts that nobody shall bear: who comes late has not waited before,
    /// who lost places waits from the place that is left, and being served is no wait.
    pub(super) fn waits_since(&self) -> Timestamp {
        let place = self.place.at;
        let began = self.waits_from().map_or(place, |from| from.max(place));
        began + SignedDuration::from_millis(i64::try_from(self.served_ms).expect("a day"))
    }

    /// Whether staff gave it a better priority than it would have had.
    pub(super) fn has_given_priority(&self) -> bool {
        let usual = match self.agreed_at {
            Some(_) => Priority::APPOINTMENT,
            None => Priority::WALK_IN,
        };
        self.priority < usual
    }

    /// Whether it is called by its agreed time, and not by its place alone.
    pub(super) fn keeps_its_time(&self) -> bool {
        self.agreed_at.is_some() && self.priority == Priority::APPOINTMENT
    }

    pub(super) fn waits(&self) -> bool {
        matches!(self.stand, Stand::Waiting(_))
    }
}

impl Stand {
    pub(super) fn counter(&self) -> Option<&CounterKey> {
        match self {
            Self::Called(counter) | Self::Serving(counter, _) => Some(counter),
            _ => None,
        }
    }
}

fn ran_ms(stand: &Stand, now: Timestamp) -> u64 {
    match stand {
        Stand::Serving(_, since) => {
            // Begun after a midnight that nobody had noticed yet, it ends with the day that is over.
            let ran = now.duration_since(*since).as_millis();
            u64::try_from(ran).unwrap_or(0)
        }
        _ => 0,
    }
}

fn place(at: Timestamp, seq: EventSeq) -> Place {
    let then = EventSeq(0);
    Place { at, seq, then }
}
