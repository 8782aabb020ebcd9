//! Appointments: made known, changed, and the person who comes.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::line::requeue;
use super::{known_ticket, line_for, office, sound_persons, wrong_state};
use crate::number::code_key;
use crate::{
    Booking, CheckIn, Event, EventSeq, Place, QueueRules, Refusal, State, Ticket, TicketId,
    TicketState,
};

/// LIMIT: characters of a number or code.
const MAX_CODE: usize = 64;
/// LIMIT: appointments that are still to come, of today and of later days. Those of later days all
/// stand in the record that opens a day.
const MAX_BOOKINGS: usize = 10_000;

pub(super) fn book(
    state: &State,
    booking: &Booking,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let office = office(state)?;
    let day = state.day().ok_or(Refusal::DayNotOpen)?;
    line_for(office, &booking.services)?;
    sound_persons(booking.persons)?;
    sound_code(&booking.number)?;
    booking.code.as_deref().map_or(Ok(()), sound_code)?;
    let zone = office.zone();
    if booking.at.to_zoned(zone).date() < day.date {
        return Err(Refusal::AppointmentPast);
    }
    // What staff changed since, and how far the visit has come, stays as long as the centre says
    // nothing new.
    let known = [&state.received, &state.bookings];
    if known
        .map(|known| known.get(&booking.ticket))
        .contains(&Some(booking))
    {
        return Ok(Vec::new());
    }
    let held = state.ticket(booking.ticket);
    if let Some(held) = held.filter(|held| held.state != TicketState::Booked) {
        return Err(wrong_state(held));
    }
    is_free(state, booking, now)?;
    let booking = booking.clone();
    Ok(vec![Event::AppointmentBooked { booking }])
}

/// Whether its number and its code can be told from all others of its day.
fn is_free(state: &State, booking: &Booking, now: Timestamp) -> Result<(), Refusal> {
    let day = state.day().ok_or(Refusal::DayNotOpen)?;
    let ticket = booking.ticket;
    let is_new = state.ticket(ticket).is_none() && !state.bookings.contains_key(&ticket);
    let today: usize = state.booked.values().map(BTreeSet::len).sum();
    if is_new && state.bookings.len() + today >= MAX_BOOKINGS {
        let limit = MAX_BOOKINGS;
        return Err(Refusal::TooManyBookings { limit });
    }
    let taken = if booking.at < day.ends_at {
        is_taken_today(state, booking, now)
    } else {
        is_taken_later(state, booking, &day.office.zone())
    };
    if taken {
        let label = booking.number.clone();
        return Err(Refusal::NumberTaken { label });
    }
    Ok(())
}

fn is_taken_today(state: &State, booking: &Booking, now: Timestamp) -> bool {
    let held = state.ticket(booking.ticket);
    let is_own = held.is_some_and(|held| held.number.label == booking.number);
    let of_other = |code: String| {
        let holder = state
            .codes
            .get(&code)
            .and_then(|holder| state.ticket(*holder));
        holder.is_some_and(|holder| holder.id != booking.ticket && !holder.state.is_final())
    };
    (!is_own && !state.numbers.is_free(&booking.number, now)) || booking.codes().any(of_other)
}

fn is_taken_later(state: &State, booking: &Booking, zone: &TimeZone) -> bool {
    let date = |at: Timestamp| at.to_zoned(zone.clone()).date();
    booking.codes().any(|code| {
        let holders = state.later_codes.get(&code).into_iter().flatten();
        let mut others = holders.filter(|(_, ticket)| *ticket != booking.ticket);
        others.any(|(at, _)| date(*at) == date(booking.at))
    })
}

fn sound_code(code: &str) -> Result<(), Refusal> {
    let is_short = code.chars().count() <= MAX_CODE;
    if is_short && !code_key(code).is_empty() && !code.chars().any(char::is_control) {
        Ok(())
    } else {
        Err(Refusal::CodeInvalid { limit: MAX_CODE })
    }
}

pub(super) fn check_in(
    state: &State,
    wish: &CheckIn,
    now: Timestamp,
) -> Result<Vec<Event>, Refusal> {
    let (ticket, by_code) = match wish {
        CheckIn::Ticket(ticket) => {
            if let Some(later) = state.bookings.get(ticket) {
                return Err(other_day(later, &office(state)?.zone()));
            }
            (known_ticket(state, *ticket)?, false)
        }
        CheckIn::Code(code) => (with_code(state, code)?, true),
    };
    let Some(appointment) = &ticket.appointment else {
        return Err(wrong_state(ticket));
    };
    match &ticket.state {
        TicketState::Booked => {}
        // Was taken for here, or called in vain, and comes only now.
        TicketState::Waiting { .. } | TicketState::Missed if ticket.arrived_at.is_none() => {}
        // Was away from the line, and is back.
        TicketState::Waiting { pause: Some(_) } => {
            let ticket = ticket.id;
            return Ok(vec![Event::PlaceResumed { ticket }]);
        }
        // Was here, was called in vain, and reports again.
        TicketState::Missed => return requeue(state, ticket.id, now),
        TicketState::Called { counter, .. } => {
            return Err(Refusal::CalledNow {
                number: ticket.number.label.clone(),
                counter: counter.clone(),
            });
        }
        state if state.is_final() => return Err(wrong_state(ticket)),
        _ => {
            return Err(Refusal::AlreadyHere {
                number: ticket.number.label.clone(),
                ticket: ticket.id,
            });
        }
    }
    let queue = office(state)?.queue(&ticket.queue);
    let rules = queue.map(|queue| queue.rules.clone()).unwrap_or_default();
    let opens = appointment
        .at
        .saturating_sub(minutes(rules.check_in_early_min));
    let opens = opens.unwrap_or(Timestamp::MIN);
    if by_code && now < opens {
        return Err(Refusal::TooEarly { from: opens });
    }
    let from = from(appointment.at, now, &rules);
    let place = Place::earned(from, EventSeq(u64::MAX));
    let line = state.lines.get(&ticket.queue);
    let ahead = line.map_or(0, |line| line.ahead_of(ticket.priority, place, now));
    Ok(vec![Event::CheckedIn {
        ticket: ticket.id,
        from,
        ahead,
    }])
}

/// Where somebody stands who has an appointment at `at` and comes at `now`: at the agreed time; who
/// is later than the grace loses as much as the delay, but never more than the rule says.
fn from(at: Timestamp, now: Timestamp, rules: &QueueRules) -> Timestamp {
    let later = |min| at.saturating_add(minutes(min)).unwrap_or(Timestamp::MAX);
    if now <= later(rules.late_grace_min) {
        at
    } else {
        now.min(later(rules.late_loss_max_min)).max(at)
    }
}

fn minutes(minutes: u32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes))
}

fn with_code<'a>(state: &'a State, code: &str) -> Result<&'a Ticket, Refusal> {
    office(state)?;
    sound_code(code)?;
    let key = code_key(code);
    if let Some(ticket) = state.codes.get(&key) {
        return known_ticket(state, *ticket);
    }
    let later = state.later_codes.get(&key).and_then(BTreeSet::first);
    let later = later.and_then(|(_, ticket)| state.bookings.get(ticket));
    Err(match later {
        Some(later) => other_day(later, &office(state)?.zone()),
        None => Refusal::CodeUnknown,
    })
}

fn other_day(booking: &Booking, zone: &TimeZone) -> Refusal {
    Refusal::OtherDay {
        date: booking.at.to_zoned(zone.clone()).date(),
        at: booking.at,
    }
}

/// Whether the office knows this ticket or booking at all.
pub(super) fn is_booked_later(state: &State, ticket: TicketId) -> bool {
    state.bookings.contains_key(&ticket)
}
