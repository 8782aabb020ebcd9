//! Carries one order to the server and brings the answer back.

use aufruf_client::{Api, ApiError, CommandKey};
use aufruf_protocol::latest::NextReply;
use tracing::{info, warn};

use crate::controller::{Answer, Order};

/// Sends the order under its key. A short break of the line is bridged by repeating under the same
/// key; after that the answer is [`Answer::Unreachable`], and nothing is sent again.
pub async fn carry_out(api: &Api, key: &CommandKey, order: Order) -> Answer {
    let name = name_of(&order);
    let answer = match order {
        Order::OpenCounter(counter) => api.open_counter(key, &counter).await.map(done),
        Order::CloseCounter(counter) => api.close_counter(key, &counter).await.map(done),
        Order::CallNext(counter) => api.next(key, &counter).await.map(called),
        Order::Act(ticket, action) => api.act(key, ticket, action).await.map(done),
    };
    match answer {
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

/// Whoever was called comes over the push channel, like everything that changed.
fn called(reply: NextReply) -> Answer {
    reply.nobody.map_or(Answer::Done, Answer::Nobody)
}

fn done<T>(_: T) -> Answer {
    Answer::Done
}

fn name_of(order: &Order) -> &'static str {
    use aufruf_client::TicketAction::{Call, Finish, Miss, Recall, Requeue, Start};
    match order {
        Order::OpenCounter(_) => "open_counter",
        Order::CloseCounter(_) => "close_counter",
        Order::CallNext(_) => "call_next",
        Order::Act(_, Recall) => "recall",
        Order::Act(_, Start) => "start",
        Order::Act(_, Finish) => "finish",
        Order::Act(_, Miss) => "miss",
        Order::Act(_, Requeue) => "requeue",
        Order::Act(_, Call(_)) => "call_ticket",
    }
}
