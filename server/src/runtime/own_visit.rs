//! Whose visit it is: one that stands at a counter is moved on by that counter's panel alone. Asked
//! where the state is, right before a command is decided, so that no answer is out of date.
//!
//! Pure: state and command in, yes or no out.

use aufruf_engine::{Command, CounterKey, Refusal, State, TicketId};

/// Whether a panel that works for `counter` may send `command`; without a counter there is nothing
/// to ask. A visit that stands at no counter is everybody's.
///
/// # Errors
/// [`Refusal::NotYourVisit`] for a visit that stands at another counter.
pub(super) fn check(
    state: &State,
    command: &Command,
    counter: Option<&CounterKey>,
) -> Result<(), Refusal> {
    let ticket = moved_on(command).and_then(|ticket| state.ticket(ticket));
    let (Some(own), Some(ticket)) = (counter, ticket) else {
        return Ok(());
    };
    match ticket.state.counter() {
        Some(other) if other != own => Err(Refusal::NotYourVisit {
            number: ticket.number.label.clone(),
            counter: other.clone(),
        }),
        Some(_) | None => Ok(()),
    }
}

/// The visit that a command takes a step with. Who is brought to a counter comes from none: the
/// engine says so where it is not so.
fn moved_on(command: &Command) -> Option<TicketId> {
    match command {
        Command::Recall { ticket }
        | Command::Start { ticket }
        | Command::PromisePickUp { ticket }
        | Command::Miss { ticket }
        | Command::Requeue { ticket }
        | Command::Park { ticket }
        | Command::Transfer { ticket, .. }
        | Command::PausePlace { ticket, .. }
        | Command::ResumePlace { ticket }
        | Command::Cancel { ticket }
        | Command::Undo { ticket } => Some(*ticket),
        Command::Finish(wish) => Some(wish.ticket),
        Command::ChangeTicket(wish) => Some(wish.ticket),
        Command::UseOffice { .. }
        | Command::TimePassed
        | Command::IssueTicket(_)
        | Command::BookAppointment(_)
        | Command::CheckIn(_)
        | Command::OpenCounter { .. }
        | Command::PauseCounter { .. }
        | Command::CloseCounter { .. }
        | Command::MoveCounter { .. }
        | Command::CallNext { .. }
        | Command::CallTicket { .. }
        | Command::Resume { .. }
        | Command::LockQueues { .. }
        | Command::UnlockQueues { .. }
        | Command::SellOut { .. }
        | Command::AdvanceNumbers { .. }
        | Command::RaiseEmergency { .. }
        | Command::AcceptEmergency { .. }
        | Command::EndEmergency { .. } => None,
    }
}
