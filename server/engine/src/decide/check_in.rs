//! Appointments: made known, changed, and the person who comes.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{known_ticket, line_for, office, sound_persons, wrong_state};
use crate::apply::code_key;
use crate::{
    Appointment, Booking, CheckIn, Event, EventSeq, Place, QueueRules, Refusal, State, Ticket,
    TicketId, TicketState,
};

/// LIMIT: characters of a number or code.
const MAX_CODE: usize = 64;
/// LIMIT: appointments of later days. They all stand in the record that opens a day.
const MAX_BOOKINGS: usize = 5_000;

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
    if state.bookings.get(&booking.ticket) == Some(booking) {
        return Ok(Vec::new());
    }
    if let Some(held) = state.ticket(booking.ticket) {
        if held.state != TicketState::Booked {
            return Err(wrong_state(held));
        }
        if held.is_as_booked(booking) {
            return Ok(Vec::new());
        }
    }
    is_free(state, booking, now)?;
    let booking = booking.clone();
    Ok(vec![Event::AppointmentBooked { booking }])
}

/// Whether its number and its code can be told from all others of its day.
fn is_free(state: &State, booking: &Booking, now: Timestamp) -> Result<(), Refusal> {
    let day = state.day().ok_or(Refusal::DayNotOpen)?;
    let taken = if booking.at < day.ends_at {
        is_taken_today(state, booking, now)
    } else {
        let is_new = !state.bookings.contains_key(&booking.ticket);
        if is_new && state.bookings.len() >= MAX_BOOKINGS {
            let limit = MAX_BOOKINGS;
            return Err(Refusal::TooManyBookings { limit });
        }
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
    let date = |booking: &Booking| booking.at.to_zoned(zone.clone()).date();
    let others = state.bookings.values();
    let others = others.filter(|other| other.ticket != booking.ticket);
    let mut same_day = others.filter(|other| date(other) == date(booking));
    same_day.any(|other| {
        booking
            .codes()
            .any(|code| other.codes().any(|held| held == code))
    })
}

impl Booking {
    fn codes(&self) -> impl Iterator<Item = String> {
        let codes = [Some(&self.number), self.code.as_ref()];
        codes.into_iter().flatten().map(|code| code_key(code))
    }
}

impl Ticket {
    fn is_as_booked(&self, booking: &Booking) -> bool {
        let appointment = Appointment {
            at: booking.at,
            code: booking.code.clone(),
        };
        self.number.label == booking.number
            && self.appointment.as_ref() == Some(&appointment)
            && self.services == booking.services
            && self.language == booking.language
            && self.needs == booking.needs
            && (self.persons, self.priority) == (booking.persons, booking.priority)
    }
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
        CheckIn::Ticket(ticket) => (known_ticket(state, *ticket)?, false),
        CheckIn::Code(code) => (with_code(state, code)?, true),
    };
    let Some(appointment) = &ticket.appointment else {
        return Err(wrong_state(ticket));
    };
    if ticket.state.is_final() {
        return Err(wrong_state(ticket));
    }
    if ticket.state != TicketState::Booked {
        return Err(Refusal::AlreadyHere {
            number: ticket.number.label.clone(),
            ticket: ticket.id,
        });
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
    let ahead = line.map_or(0, |line| line.ahead_of(ticket.priority, place));
    Ok(vec![Event::CheckedIn {
        ticket: ticket.id,
        from,
        ahead: u32::try_from(ahead).unwrap_or(u32::MAX),
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
    let zone = office(state)?.zone();
    let other_day = state
        .bookings
        .values()
        .filter(|booking| booking.codes().any(|c| c == key));
    Err(other_day
        .min_by_key(|booking| booking.at)
        .map_or(Refusal::CodeUnknown, |booking| Refusal::OtherDay {
            date: booking.at.to_zoned(zone).date(),
            at: booking.at,
        }))
}

/// Whether the office knows this ticket or booking at all.
pub(super) fn is_booked_later(state: &State, ticket: TicketId) -> bool {
    state.bookings.contains_key(&ticket)
}
