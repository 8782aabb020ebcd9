//! What a sheet shows. No words of a language but the office's own.

use aufruf_protocol::latest::{Target, TicketState};

use super::{Sheet, choices::Possible};
use crate::clock::Moment;
use crate::controller::{Controller, Done};

/// The sheet in the place of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetModel {
    pub title: Title,
    pub hint: Option<Hint>,
    pub items: Vec<Item>,
    pub cursor: Option<usize>,
    /// The text of the field; none where the sheet has none.
    pub field: Option<String>,
    /// How many people were served, where that is asked.
    pub persons: Option<u32>,
    pub ask: Option<Ask>,
    /// Nothing is missing for it.
    pub ready: bool,
    /// Told in full; none where there is nothing to read.
    pub note: Option<String>,
}

/// With the number of the visit, or the names that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    More,
    Visit {
        number: String,
        services: String,
    },
    Finish(String),
    SendOn(String),
    SendOnTo {
        number: String,
        to: String,
    },
    Pause(String),
    Priority(String),
    Cancel(String),
    Close,
    GoOver,
    Locks,
    /// Empty: all queues.
    Lock(String),
    Note(String),
}

/// One calm line under the title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// The running visit goes along to the other counter.
    ComesAlong(String),
    GoesBack(String),
    IsParked(String),
    NoteIsPersonal,
    NoticeIsPublic,
    WrittenAt(String),
    NumberIsGone,
    NoFreeCounter,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub word: Word,
    pub detail: Detail,
    pub mark: Mark,
    pub possible: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    FinishWith,
    Park,
    PickUp,
    SendOn,
    ReadNote,
    Break,
    NoBreak,
    CloseCounter,
    GoOver,
    Locks,
    Help,
    TakeBack,
    Call,
    CheckIn,
    Resume,
    LineUp,
    Return,
    Pause,
    Priority,
    Cancel,
    Minutes(u32),
    Urgent,
    LikeAppointment,
    Normal,
    Served,
    WithoutRecord,
    NotPossible,
    LockAll,
    UnlockAll,
    Lock(String),
    Unlock(String),
    /// A name of the office.
    Own(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    None,
    Own(String),
    Waiting(u32),
    ThisCounter,
    AtBreak,
    Until(String),
    /// Since when, and what the kiosk says.
    Locked(String, String),
    AlsoByKey,
    Step(String, Done),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    Check(Sentence),
    Choice(Sentence),
}

/// Whether an item holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sentence {
    Holds,
    DoesNotHold,
}

impl From<bool> for Sentence {
    fn from(holds: bool) -> Self {
        if holds {
            Self::Holds
        } else {
            Self::DoesNotHold
        }
    }
}

impl Mark {
    pub(super) fn any_of(holds: Sentence) -> Self {
        Self::Check(holds)
    }

    pub(super) fn one_of(holds: Sentence) -> Self {
        Self::Choice(holds)
    }
}

/// What Enter does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    Finish,
    SendOn,
    Cancel(String),
    Close,
    Lock,
    /// The note has been read.
    Read,
}

impl Controller {
    pub(in crate::controller) fn sheet_model(&self, now: Moment) -> Option<SheetModel> {
        let sheet = self.sheet()?;
        let live = Possible::from(self.is_live());
        let choices = self.choices(now).into_iter();
        let items = choices.map(|choice| choice.possible_if(live).item);
        let ready = self.is_live() && self.asked_for().is_some();
        Some(SheetModel {
            title: self.title(sheet)?,
            hint: self.hint(sheet),
            items: items.collect(),
            cursor: self.cursor,
            field: match sheet {
                Sheet::Letter { note, .. } => Some(note.clone()),
                Sheet::Notice { notice, .. } => Some(notice.clone()),
                _ => None,
            },
            persons: match sheet {
                Sheet::Finish(ending) => Some(ending.persons),
                _ => None,
            },
            ask: self.ask(),
            ready: ready || matches!(sheet, Sheet::Note { .. }),
            note: match sheet {
                Sheet::Note { note, .. } => Some(note.clone()),
                _ => None,
            },
        })
    }

    fn title(&self, sheet: &Sheet) -> Option<Title> {
        let number = |id| self.number_of(id);
        Some(match sheet {
            Sheet::More => Title::More,
            Sheet::Row(id) => Title::Visit {
                number: number(*id)?,
                services: self.services_of(self.mirror.panel()?.ticket(*id)?),
            },
            Sheet::Finish(ending) => Title::Finish(number(ending.ticket)?),
            Sheet::SendOn(id) => Title::SendOn(number(*id)?),
            Sheet::Letter { ticket, to, .. } => Title::SendOnTo {
                number: number(*ticket)?,
                to: self.name_of_target(to),
            },
            Sheet::Minutes(id) => Title::Pause(number(*id)?),
            Sheet::Priority(id) => Title::Priority(number(*id)?),
            Sheet::Cancel(id) => Title::Cancel(number(*id)?),
            Sheet::Close(_) => Title::Close,
            Sheet::Counters => Title::GoOver,
            Sheet::Locks => Title::Locks,
            Sheet::Notice { queues, .. } => Title::Lock(match queues.first() {
                Some(queue) => self.name_of_target(&Target::Queue {
                    queue: queue.clone(),
                }),
                None => String::new(),
            }),
            Sheet::Note { ticket, .. } => Title::Note(number(*ticket)?),
        })
    }

    fn hint(&self, sheet: &Sheet) -> Option<Hint> {
        match sheet {
            Sheet::Letter { .. } => Some(Hint::NoteIsPersonal),
            Sheet::Notice { .. } => Some(Hint::NoticeIsPublic),
            Sheet::Note { written, .. } => Some(Hint::WrittenAt(written.clone())),
            Sheet::Cancel(_) => Some(Hint::NumberIsGone),
            Sheet::Counters if self.free_counters().is_empty() => Some(Hint::NoFreeCounter),
            Sheet::Counters => {
                let visit = self.running()?;
                Some(Hint::ComesAlong(visit.number.clone()))
            }
            Sheet::Close(_) => {
                let visit = self.running()?;
                let number = visit.number.clone();
                Some(match visit.state {
                    TicketState::Serving => Hint::IsParked(number),
                    _ => Hint::GoesBack(number),
                })
            }
            _ => None,
        }
    }
}
