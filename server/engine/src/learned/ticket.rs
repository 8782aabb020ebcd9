//! What one visit adds to the sums, as it stands. A visit that changes takes away what it added
//! before: so a step that is taken back teaches nothing.

use jiff::Timestamp;

use super::calls::Sign;
use super::{Experience, Lasted, STRETCH_SECS, STRETCHES, Waits, Windows};
use crate::{ExpiredFrom, Office, ServiceKey, Ticket, TicketState, VisitResult};

/// Windows of people who are called this soon teach nothing, in seconds.
const AT_ONCE_SECS: f64 = 60.0;

/// The day that visits are summed up for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'a> {
    pub(crate) office: &'a Office,
    /// The next local midnight: stretches of the day are counted back from it.
    pub(crate) ends_at: Timestamp,
}

impl Experience {
    /// What these visits teach as they stand.
    pub(crate) fn of<'a>(tickets: impl Iterator<Item = &'a Ticket>, frame: Frame<'_>) -> Self {
        let mut sums = Self::default();
        tickets.for_each(|ticket| sums.add(ticket, frame));
        sums
    }

    pub(crate) fn add(&mut self, ticket: &Ticket, frame: Frame<'_>) {
        self.count(ticket, frame, Sign::Adds);
    }

    pub(crate) fn take(&mut self, ticket: &Ticket, frame: Frame<'_>) {
        self.count(ticket, frame, Sign::Takes);
    }

    fn count(&mut self, ticket: &Ticket, frame: Frame<'_>, sign: Sign) {
        if ticket.appointment.is_none() {
            self.count_arrival(ticket, frame, sign);
            self.count_first_call(ticket, sign);
        } else if ticket.arrived_at.is_some() {
            sign.one(&mut self.came);
        }
        sign.many(&mut self.in_vain.count, ticket.in_vain.count);
        sign.many(&mut self.in_vain.ms, ticket.in_vain.ms);
        self.count_length(ticket, frame.office, sign);
    }

    fn count_arrival(&mut self, ticket: &Ticket, frame: Frame<'_>, sign: Sign) {
        let (Some(arrived_at), Some(service)) = (ticket.arrived_at, asked_for(ticket)) else {
            return;
        };
        let stretch = stretch(arrived_at, frame.ends_at);
        let of_service = self.arrivals.entry(service.clone()).or_default();
        let sum = of_service.entry(stretch).or_default();
        sign.one(sum);
        if *sum == 0 {
            of_service.remove(&stretch);
        }
        if of_service.is_empty() {
            self.arrivals.remove(service);
        }
    }

    fn count_first_call(&mut self, ticket: &Ticket, sign: Sign) {
        let (Some(arrived_at), Some(called_at)) = (ticket.arrived_at, ticket.first_called_at)
        else {
            return;
        };
        let waited = called_at.duration_since(arrived_at);
        let band = Waits::band(waited.as_secs());
        sign.one(&mut self.waits.called[band]);
        if was_gone(ticket) {
            sign.one(&mut self.waits.gone[band]);
        }
        let Some(promise) = ticket.promise else {
            return;
        };
        if waited.as_secs_f64() > AT_ONCE_SECS {
            let late = called_at.duration_since(promise.mid).as_secs_f64();
            let load = Windows::load(promise.mid.duration_since(arrived_at).as_secs_f64());
            sign.one(&mut self.windows.loads[load][Windows::cell(promise, ticket.corrected, late)]);
        }
    }

    /// How long a served visit took. That of several services is shared out as they were planned.
    fn count_length(&mut self, ticket: &Ticket, office: &Office, sign: Sign) {
        let served = TicketState::Finished {
            result: VisitResult::Served,
        };
        if ticket.state != served || ticket.served_ms == 0 {
            return;
        }
        let planned = |key: &ServiceKey| {
            let service = office.service(key);
            service.map_or(0, |service| u64::from(service.duration_min))
        };
        let all: u64 = ticket.served.iter().map(planned).sum();
        for service in &ticket.served {
            let share = ticket.served_ms * planned(service) / all.max(1);
            let lasted = self.services.entry(service.clone()).or_default();
            sign.one(&mut lasted.count);
            sign.many(&mut lasted.ms, share);
            if lasted.is_nothing() {
                self.services.remove(service);
            }
        }
    }
}

/// What the person came for first.
fn asked_for(ticket: &Ticket) -> Option<&ServiceKey> {
    ticket.served.first().or(ticket.services.first())
}

/// Called, and not there; also when the overtime of the queue, or the day, is over.
fn was_gone(ticket: &Ticket) -> bool {
    let missed = TicketState::Expired {
        from: ExpiredFrom::Missed,
    };
    ticket.state == TicketState::Missed || ticket.state == missed
}

/// The stretch of the day that `at` lies in. Counted back from midnight, so that 10 o'clock is 10 o'clock
/// on days of 23 and 25 hours too.
pub(crate) fn stretch(at: Timestamp, ends_at: Timestamp) -> u16 {
    let left = ends_at.duration_since(at).as_secs().max(0) / STRETCH_SECS;
    let left = u16::try_from(left).unwrap_or(STRETCHES);
    STRETCHES.saturating_sub(1).saturating_sub(left)
}

impl Lasted {
    #[cfg(test)]
    pub(crate) fn of(count: u64, minutes: u64) -> Self {
        Self {
            count: count * super::ONE,
            ms: count * minutes * 60_000,
        }
    }
}
