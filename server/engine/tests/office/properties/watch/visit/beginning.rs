//! How a visit begins: a ticket that is taken, an appointment that is expected today.

use aufruf_engine::{Booking, Event, EventSeq, GivenBy, QueueKey, TicketNumber};
use jiff::Timestamp;

use super::{Stand, Visit, place};

impl Visit {
    /// The visit that this event begins; none if it begins none.
    pub(in crate::properties::watch) fn begun(
        event: &Event,
        seq: EventSeq,
        at: Timestamp,
    ) -> Option<Self> {
        let Event::TicketIssued {
            number,
            queue,
            services,
            needs,
            persons,
            priority,
            ..
        } = event
        else {
            return None;
        };
        Some(Self {
            number: number.clone(),
            queue: queue.clone(),
            services: services.clone(),
            served: Vec::new(),
            needs: needs.clone(),
            priority: *priority,
            persons: *persons,
            agreed_at: None,
            arrived_at: Some(at),
            first_called_at: None,
            place: place(at, seq),
            bound: None,
            calls_in_vain: 0,
            stand: Stand::Waiting(None),
            served_ms: 0,
            overtaken: 0,
        })
    }

    pub(in crate::properties::watch) fn booked(
        booking: &Booking,
        queue: &QueueKey,
        seq: EventSeq,
    ) -> Self {
        Self {
            number: TicketNumber {
                label: booking.number.clone(),
                given_by: GivenBy::Centre,
            },
            queue: queue.clone(),
            services: booking.services.clone(),
            served: Vec::new(),
            needs: booking.needs.clone(),
            priority: booking.priority,
            persons: booking.persons,
            agreed_at: Some(booking.at),
            arrived_at: None,
            first_called_at: None,
            place: place(booking.at, seq),
            bound: None,
            calls_in_vain: 0,
            stand: Stand::Booked,
            served_ms: 0,
            overtaken: 0,
        }
    }
}
