//! What an event does to the state. Total: every record of a journal applies, whatever it holds.

mod begin;
mod house;
mod put;
mod visit;

use crate::{CounterMode, Event, Record, State};

/// Takes one record into the state.
pub fn apply(state: &mut State, record: &Record) {
    let gain = state.gains_by(&record.event, record.at);
    take_in(state, record);
    if state.sold_out.is_empty() {
        state.capacity_added.clear();
    } else if let Some(gain) = gain {
        state.capacity_added.insert(record.seq, gain);
    }
    if is_about_staff(&record.event) {
        house::follow_staff(state, record.at);
    }
}

/// Whether the counters that are open may be others after this.
fn is_about_staff(event: &Event) -> bool {
    matches!(
        event,
        Event::CounterOpened { .. }
            | Event::CounterPaused { .. }
            | Event::CounterClosed { .. }
            | Event::CounterMoved { .. }
            | Event::OfficeChanged { .. }
    )
}

fn take_in(state: &mut State, record: &Record) {
    state.last_seq = record.seq;
    state.last_at = record.at;
    if let Some(day) = &state.day {
        let within_secs = day.office.rules.undo_within_secs;
        state.undos.forget_old(record.at, within_secs);
    }
    match &record.event {
        Event::DayOpened { .. } => house::open_day(state, record),
        Event::DayClosed { expired, .. } => visit::expire(state, expired, record),
        Event::OfficeChanged { office } => house::change_office(state, office, record.at),
        Event::QueueEnded { queue, expired } => {
            if let Some(day) = &mut state.day {
                day.overtime_ends.remove(queue);
                day.ended.insert(queue.clone());
            }
            visit::expire(state, expired, record);
        }
        Event::QueueLocked { queue, notice } => house::lock(state, queue, notice, record.at),
        Event::QueueUnlocked { queue } => {
            state.locks.remove(queue);
        }
        Event::SoldOut { services } => house::sell_out(state, services, record.seq),
        Event::RoomAgain { services } => house::reopen(state, services),
        Event::NumbersAdvanced { from } => house::advance_numbers(state, *from),
        Event::CounterOpened { counter, clerk } => {
            house::open_counter(state, counter, clerk.as_ref(), record.at);
        }
        Event::CounterPaused { counter } => {
            state.counters.entry(counter.clone()).or_default().mode = CounterMode::Paused;
        }
        Event::CounterClosed { counter } => house::close_counter(state, counter, record.at),
        Event::CounterMoved { from, to, ticket } => {
            house::move_counter(state, from, to, *ticket, record);
        }
        Event::TicketIssued { .. } => begin::issue(state, record),
        Event::AppointmentBooked { booking } => begin::book(state, booking, record),
        Event::CheckedIn { ticket, .. }
        | Event::TicketCalled { ticket, .. }
        | Event::TicketRecalled { ticket }
        | Event::ServiceStarted { ticket }
        | Event::PartServed { ticket, .. }
        | Event::VisitFinished { ticket, .. }
        | Event::PickUpPromised { ticket, .. }
        | Event::CalledInVain { ticket, .. }
        | Event::TicketMissed { ticket }
        | Event::TicketRequeued { ticket, .. }
        | Event::VisitParked { ticket }
        | Event::VisitResumed { ticket, .. }
        | Event::TicketTransferred { ticket, .. }
        | Event::PlacePaused { ticket, .. }
        | Event::PlaceResumed { ticket }
        | Event::TicketChanged { ticket, .. }
        | Event::TicketCancelled { ticket } => visit::take_step(state, *ticket, record),
        Event::StepUndone { ticket, step } => {
            state.capacity_added.remove(step);
            visit::undo(state, *ticket, record);
        }
        Event::EmergencyRaised { counter } => house::raise_emergency(state, counter, record),
        Event::EmergencyAccepted { counter } => {
            if let Some(emergency) = state.emergencies.get_mut(counter) {
                emergency.accepted = Some((record.by.clone(), record.at));
            }
        }
        Event::EmergencyEnded { counter } => {
            state.emergencies.remove(counter);
        }
    }
}
