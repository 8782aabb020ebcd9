//! A visit goes elsewhere, or turns out to be for something else.

use super::{
    known_counter, known_queue, known_ticket, line_for, office, sound_persons, today, wrong_state,
};
use crate::{
    Bound, ChangeTicket, CounterMode, Event, QueueKey, Refusal, State, Target, Ticket, TicketId,
    TicketState,
};

/// Sends a visit on. It keeps the place that it earned: the office sends, nobody shall wait anew.
pub(super) fn transfer(state: &State, id: TicketId, to: &Target) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, id)?;
    if ticket.state.is_final() || ticket.state == TicketState::Booked {
        return Err(wrong_state(ticket));
    }
    let (queue, bound) = match to {
        Target::Queue(queue) => (served_queue(state, queue)?, None),
        Target::Counter(counter) => {
            known_counter(state, counter)?;
            if today(state, counter).mode == CounterMode::Closed {
                return Err(Refusal::CounterClosed(counter.clone()));
            }
            (ticket.queue.clone(), Some(Bound::Counter(counter.clone())))
        }
        Target::Clerk(clerk) => {
            if state.counter_of(clerk).is_none() {
                return Err(Refusal::ClerkAbsent(clerk.clone()));
            }
            (ticket.queue.clone(), Some(Bound::Clerk(clerk.clone())))
        }
    };
    Ok(vec![Event::TicketTransferred {
        ticket: id,
        queue,
        bound,
    }])
}

/// A queue that some counter of the house serves: nobody is sent where no one calls.
fn served_queue(state: &State, queue: &QueueKey) -> Result<QueueKey, Refusal> {
    let key = known_queue(state, queue)?.key.clone();
    let office = office(state)?;
    let mut counters = office.counters.iter();
    if counters.any(|counter| office.serves_queue(counter, &key)) {
        Ok(key)
    } else {
        Err(Refusal::NobodyServes(key))
    }
}

/// Changes what is known of a visit. New services bring it into their line, unless it stands at a
/// counter: then the line is where it goes when it is put back.
pub(super) fn change(state: &State, wish: &ChangeTicket) -> Result<Vec<Event>, Refusal> {
    let ticket = known_ticket(state, wish.ticket)?;
    if ticket.state.is_final() {
        return Err(wrong_state(ticket));
    }
    let services = wish.services.as_ref().unwrap_or(&ticket.services);
    let queue = match &wish.services {
        Some(services) if *services != ticket.services => {
            line_for(office(state)?, services)?.key.clone()
        }
        _ => ticket.queue.clone(),
    };
    let persons = wish.persons.unwrap_or(ticket.persons);
    sound_persons(persons)?;
    let changed = Event::TicketChanged {
        ticket: wish.ticket,
        queue,
        services: services.clone(),
        needs: wish.needs.as_ref().unwrap_or(&ticket.needs).clone(),
        priority: wish.priority.unwrap_or(ticket.priority),
        persons,
    };
    Ok(if changes(ticket, &changed) {
        vec![changed]
    } else {
        Vec::new()
    })
}

fn changes(ticket: &Ticket, event: &Event) -> bool {
    let Event::TicketChanged {
        queue,
        services,
        needs,
        priority,
        persons,
        ..
    } = event
    else {
        return false;
    };
    (queue, services, needs) != (&ticket.queue, &ticket.services, &ticket.needs)
        || (*priority, *persons) != (ticket.priority, ticket.persons)
}
