//! The sheet in the shapes that Slint compiled.

use std::rc::Rc;

use slint::{ComponentHandle, ModelRc, VecModel};

use super::shapes::{done, figure, text};
use crate::controller::{Ask, Detail, Hint, Item, Mark, Sentence, SheetModel, Title, Word};
use crate::ui::{
    App, AskKind, DetailKind, DoneShown, HintKind, ItemShown, MarkKind, SheetShown, SheetState,
    TitleKind, WordKind,
};

/// Shows the sheet, or that there is none.
pub(super) fn show(app: &App, sheet: Option<&SheetModel>, shown: Option<&SheetModel>) {
    let state = app.global::<SheetState<'_>>();
    let Some(sheet) = sheet else {
        state.set_open(false);
        state.set_items(ModelRc::default());
        state.set_sheet(SheetShown::default());
        return;
    };
    // The field has the keyboard: its text is set when the sheet comes, and is its own then.
    if shown.map(|shown| &shown.title) != Some(&sheet.title) {
        state.set_field(text(sheet.field.as_deref()));
    }
    state.set_cursor(-1);
    if shown.map(|shown| &shown.items) != Some(&sheet.items) {
        let items = sheet.items.iter().map(item);
        state.set_items(Rc::new(items.collect::<VecModel<_>>()).into());
    }
    state.set_cursor(sheet.cursor.map_or(-1, figure));
    state.set_sheet(shape(sheet));
    state.set_open(true);
}

fn shape(sheet: &SheetModel) -> SheetShown {
    let (title, number, name) = title(&sheet.title);
    let (hint, hint_fact) = hint(sheet.hint.as_ref());
    let (ask, ask_number) = ask(sheet.ask.as_ref());
    SheetShown {
        title,
        number: number.into(),
        name: name.into(),
        hint,
        hint_fact: hint_fact.into(),
        with_field: sheet.field.is_some(),
        persons: sheet.persons.map_or(0, figure),
        ask,
        ask_number: ask_number.into(),
        ready: sheet.ready,
        note: text(sheet.note.as_deref()),
    }
}

fn title(title: &Title) -> (TitleKind, &str, &str) {
    match title {
        Title::More => (TitleKind::More, "", ""),
        Title::Visit { number, services } => (TitleKind::Visit, number, services),
        Title::Finish(number) => (TitleKind::Finish, number, ""),
        Title::SendOn(number) => (TitleKind::SendOn, number, ""),
        Title::SendOnTo { number, to } => (TitleKind::SendOnTo, number, to),
        Title::Pause(number) => (TitleKind::Pause, number, ""),
        Title::Priority(number) => (TitleKind::Priority, number, ""),
        Title::Cancel(number) => (TitleKind::Cancel, number, ""),
        Title::Close => (TitleKind::Close, "", ""),
        Title::GoOver => (TitleKind::GoOver, "", ""),
        Title::Locks => (TitleKind::Locks, "", ""),
        Title::Lock(queue) => (TitleKind::Lock, "", queue),
        Title::Note(number) => (TitleKind::Note, number, ""),
    }
}

fn hint(hint: Option<&Hint>) -> (HintKind, &str) {
    match hint {
        None => (HintKind::Nothing, ""),
        Some(Hint::ComesAlong(number)) => (HintKind::ComesAlong, number),
        Some(Hint::GoesBack(number)) => (HintKind::GoesBack, number),
        Some(Hint::IsParked(number)) => (HintKind::IsParked, number),
        Some(Hint::NoteIsPersonal) => (HintKind::NoteIsPersonal, ""),
        Some(Hint::NoticeIsPublic) => (HintKind::NoticeIsPublic, ""),
        Some(Hint::WrittenAt(at)) => (HintKind::WrittenAt, at),
        Some(Hint::NumberIsGone) => (HintKind::NumberIsGone, ""),
        Some(Hint::NoFreeCounter) => (HintKind::NoFreeCounter, ""),
    }
}

fn ask(ask: Option<&Ask>) -> (AskKind, &str) {
    match ask {
        None => (AskKind::Nothing, ""),
        Some(Ask::Finish) => (AskKind::Finish, ""),
        Some(Ask::SendOn) => (AskKind::SendOn, ""),
        Some(Ask::Cancel(number)) => (AskKind::Cancel, number),
        Some(Ask::Close) => (AskKind::Close, ""),
        Some(Ask::Lock) => (AskKind::Lock, ""),
        Some(Ask::Read) => (AskKind::Read, ""),
    }
}

fn item(item: &Item) -> ItemShown {
    let (word, name, minutes) = word(&item.word);
    let (detail, fact, aside) = detail(&item.detail);
    let (mark, holds) = match item.mark {
        Mark::None => (MarkKind::Nothing, Sentence::DoesNotHold),
        Mark::Check(holds) => (MarkKind::Check, holds),
        Mark::Choice(holds) => (MarkKind::Choice, holds),
    };
    ItemShown {
        word,
        name: name.into(),
        figure: match item.detail {
            Detail::Waiting(waiting) => figure(waiting),
            _ => minutes,
        },
        detail,
        fact: fact.into(),
        aside: aside.into(),
        done: match &item.detail {
            Detail::Step(_, step) => done(*step),
            _ => DoneShown::Nothing,
        },
        mark,
        holds: holds == Sentence::Holds,
        possible: item.possible,
    }
}

fn detail(detail: &Detail) -> (DetailKind, &str, &str) {
    match detail {
        Detail::None => (DetailKind::Nothing, "", ""),
        Detail::Own(name) => (DetailKind::Own, name, ""),
        Detail::Waiting(_) => (DetailKind::Waiting, "", ""),
        Detail::ThisCounter => (DetailKind::ThisCounter, "", ""),
        Detail::AtBreak => (DetailKind::AtBreak, "", ""),
        Detail::Until(at) => (DetailKind::Until, at, ""),
        Detail::Locked(since, notice) => (DetailKind::Locked, since, notice),
        Detail::AlsoByKey => (DetailKind::AlsoByKey, "", ""),
        Detail::Step(number, _) => (DetailKind::Step, number, ""),
    }
}

/// The word, a name of the office, and minutes.
fn word(word: &Word) -> (WordKind, &str, i32) {
    let kind = match word {
        Word::Minutes(minutes) => return (WordKind::Minutes, "", figure(*minutes)),
        Word::Lock(queue) => return (WordKind::Lock, queue, 0),
        Word::Unlock(queue) => return (WordKind::Unlock, queue, 0),
        Word::Own(name) => return (WordKind::Own, name, 0),
        Word::FinishWith => WordKind::FinishWith,
        Word::Park => WordKind::Park,
        Word::PickUp => WordKind::PickUp,
        Word::SendOn => WordKind::SendOn,
        Word::ReadNote => WordKind::ReadNote,
        Word::Break => WordKind::TakeBreak,
        Word::NoBreak => WordKind::NoBreak,
        Word::CloseCounter => WordKind::CloseCounter,
        Word::GoOver => WordKind::GoOver,
        Word::Locks => WordKind::Locks,
        Word::Help => WordKind::Help,
        Word::TakeBack => WordKind::TakeBack,
        Word::Call => WordKind::Call,
        Word::CheckIn => WordKind::CheckIn,
        Word::Resume => WordKind::Resume,
        Word::LineUp => WordKind::LineUp,
        Word::Return => WordKind::ComeBack,
        Word::Pause => WordKind::Pause,
        Word::Priority => WordKind::Priority,
        Word::Cancel => WordKind::Cancel,
        Word::Urgent => WordKind::Urgent,
        Word::LikeAppointment => WordKind::LikeAppointment,
        Word::Normal => WordKind::Normal,
        Word::Served => WordKind::Served,
        Word::WithoutRecord => WordKind::WithoutRecord,
        Word::NotPossible => WordKind::NotPossible,
        Word::LockAll => WordKind::LockAll,
        Word::UnlockAll => WordKind::UnlockAll,
    };
    (kind, "", 0)
}
