//! Carries one order to the server and brings the answer back.

use aufruf_client::{Api, ApiError, CommandKey, TicketAction};
use aufruf_protocol::latest::{CheckIn, NextReply, OpenCounter};
use tracing::{info, warn};

use crate::controller::{Answer, Order};

/// Sends the order under its key. A short break of the line is bridged by repeating under the same
/// key; after that the answer is [`Answer::Unreachable`], and nothing is sent again.
pub async fn carry_out(api: &Api, key: &CommandKey, order: Order) -> Answer {
    let name = name_of(&order);
    match send(api, key, order).await {
        Ok(answer) => answer,
        Err(ApiError::Refused(problem)) => {
            info!(
                command.name = name,
                problem.code, "the server refused {name}"
            );
            Answer::Refused(problem)
        }
        Err(error @ ApiError::Unreadable { .. }) => {
            warn!(command.name = name, %error, "the answer to {name} is no answer");
            Answer::Unreadable
        }
        Err(error) => {
            warn!(command.name = name, %error, "no answer to {name}");
            Answer::Unreachable
        }
    }
}

async fn send(api: &Api, key: &CommandKey, order: Order) -> Result<Answer, ApiError> {
    match order {
        Order::OpenCounter { counter, clerk } => {
            let wish = OpenCounter { clerk };
            api.open_counter(key, &counter, &wish).await.map(done)
        }
        Order::PauseCounter(counter) => api.pause_counter(key, &counter).await.map(done),
        Order::CloseCounter(counter) => api.close_counter(key, &counter).await.map(done),
        Order::MoveCounter { from, to } => api.move_counter(key, &from, &to).await.map(done),
        Order::CallNext(counter) => api.next(key, &counter).await.map(called),
        Order::Act(ticket, action) => {
            let row = api.act(key, ticket, action).await?;
            Ok(Answer::Visit(Box::new(row)))
        }
        Order::CheckIn(ticket) => {
            let wish = CheckIn {
                code: None,
                ticket: Some(ticket),
                language: None,
            };
            api.check_in(key, &wish).await.map(done)
        }
        Order::ReadNote(ticket) => api.note(ticket).await.map(Answer::Note),
        Order::Lock(wish) => api.lock(key, &wish).await.map(done),
        Order::Unlock(wish) => api.unlock(key, &wish).await.map(done),
        Order::RaiseEmergency(counter) => api.raise_emergency(key, &counter).await.map(done),
        Order::AcceptEmergency(counter) => api.accept_emergency(key, &counter).await.map(done),
        Order::EndEmergency(counter) => api.end_emergency(key, &counter).await.map(done),
    }
}

/// Everything else that changed comes over the push channel.
fn called(reply: NextReply) -> Answer {
    match (reply.called, reply.nobody) {
        (Some(visit), _) => Answer::Called(Box::new(visit.ticket)),
        (None, Some(nobody)) => Answer::Nobody(nobody),
        (None, None) => Answer::Done,
    }
}

fn done<T>(_: T) -> Answer {
    Answer::Done
}

fn name_of(order: &Order) -> &'static str {
    match order {
        Order::OpenCounter { .. } => "open_counter",
        Order::PauseCounter(_) => "pause_counter",
        Order::CloseCounter(_) => "close_counter",
        Order::MoveCounter { .. } => "move_counter",
        Order::CallNext(_) => "call_next",
        Order::Act(_, action) => name_of_step(action),
        Order::CheckIn(_) => "check_in",
        Order::ReadNote(_) => "read_note",
        Order::Lock(_) => "lock_queues",
        Order::Unlock(_) => "unlock_queues",
        Order::RaiseEmergency(_) => "raise_emergency",
        Order::AcceptEmergency(_) => "accept_emergency",
        Order::EndEmergency(_) => "end_emergency",
    }
}

fn name_of_step(action: &TicketAction) -> &'static str {
    match action {
        TicketAction::Recall => "recall",
        TicketAction::Start => "start",
        TicketAction::Finish | TicketAction::FinishWith(_) => "finish",
        TicketAction::Park => "park",
        TicketAction::PickUp => "promise_pick_up",
        TicketAction::Resume(_) => "resume",
        TicketAction::Transfer(_) => "transfer",
        TicketAction::Pause(_) => "pause_place",
        TicketAction::Return => "return",
        TicketAction::Change(_) => "change",
        TicketAction::Cancel => "cancel",
        TicketAction::Undo => "undo",
        TicketAction::Miss => "miss",
        TicketAction::Requeue => "requeue",
        TicketAction::Call(_) => "call_ticket",
    }
}
