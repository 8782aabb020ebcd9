//! Maps the controller's [`Screen`] to the properties of the `.slint` files. Decides nothing.

mod rows;

use std::rc::Rc;

use aufruf_protocol::latest::Language;
use slint::{ComponentHandle, Model, ModelRc, VecModel};

use crate::controller::{Body, CheckInBody, ClosedBody, Contrast, Look, Screen, ServicesBody};
use crate::ui;

/// Shows screens in one window.
pub(crate) struct Adapter {
    app: ui::App,
    cards: Rc<VecModel<ui::CardRow>>,
    languages: Rc<VecModel<ui::LanguageRow>>,
}

impl Adapter {
    pub(crate) fn new(app: &ui::App) -> Self {
        let adapter = Self {
            app: app.clone_strong(),
            cards: Rc::default(),
            languages: Rc::default(),
        };
        let view = app.global::<ui::View<'_>>();
        view.set_cards(ModelRc::from(Rc::clone(&adapter.cards)));
        view.set_languages(ModelRc::from(Rc::clone(&adapter.languages)));
        adapter
    }

    pub(crate) fn show(&self, screen: &Screen) {
        self.show_look(&screen.look);
        let view = self.app.global::<ui::View<'_>>();
        view.set_office(screen.office.as_str().into());
        view.set_clock(screen.clock.as_str().into());
        view.set_asking(rows::is_asking(&screen.body));
        match &screen.body {
            Body::Away => {}
            Body::Services(body) => self.show_services(body),
            Body::Closed(body) => self.show_closed(body),
            Body::CheckIn(body) => self.show_check_in(body),
            Body::Languages(choices) => {
                set_rows(
                    &self.languages,
                    choices.iter().map(rows::language).collect(),
                );
            }
            Body::Number(body) => view.set_number(rows::number(body)),
            Body::Refused(body) => view.set_refused(rows::refused(body)),
        }
        let kind = rows::body_kind(&screen.body);
        if view.get_body() != kind {
            view.set_focus_wanted(true);
            view.set_typed(false);
            view.set_body(kind);
        }
        view.set_leaves_in_secs(rows::int(screen.leaves_in_secs.unwrap_or(0)));
    }

    /// The code of a kiosk that the server does not know; empty where it does.
    pub(crate) fn show_code(&self, code: &str) {
        self.app.global::<ui::Pairing<'_>>().set_code(code.into());
    }

    fn show_look(&self, look: &Look) {
        let theme = self.app.global::<ui::Theme<'_>>();
        theme.set_high_contrast(look.contrast == Contrast::High);
        theme.set_right_to_left(aufruf_ui::is_right_to_left(&look.language));
        let size = self.app.global::<ui::Size<'_>>();
        size.set_fit(look.fit);
        size.set_wide(look.is_wide);
        size.set_text(f32::from(look.text_size.percent()) / 100.0);
        let view = self.app.global::<ui::View<'_>>();
        view.set_text_percent(look.text_size.percent().into());
        view.set_other_languages(rows::joined(&look.other_languages));
        self.speak(&look.language);
    }

    /// Selecting a language looks every text up anew: only when it is another one.
    fn speak(&self, language: &Language) {
        let view = self.app.global::<ui::View<'_>>();
        if !language.is_empty() && view.get_language() != language.as_str() {
            view.set_language(language.as_str().into());
            aufruf_ui::select_language(language);
        }
    }

    fn show_services(&self, body: &ServicesBody) {
        let view = self.app.global::<ui::View<'_>>();
        set_rows(&self.cards, body.cards.iter().map(rows::card).collect());
        view.set_page(rows::int(body.page));
        view.set_pages(rows::int(body.pages));
        view.set_columns(rows::int(body.columns));
        view.set_rows(rows::int(body.rows));
        view.set_has_check_in(body.has_check_in);
    }

    fn show_closed(&self, body: &ClosedBody) {
        let view = self.app.global::<ui::View<'_>>();
        view.set_closed_notice(body.notice.as_str().into());
        view.set_opens(rows::when(body.opens.as_ref()));
        view.set_has_check_in(body.has_check_in);
    }

    fn show_check_in(&self, body: &CheckInBody) {
        let view = self.app.global::<ui::View<'_>>();
        view.set_code(body.code.as_str().into());
        view.set_spelled(rows::spelled(&body.code));
    }
}

/// Changes only what differs: a card that stays keeps the focus.
fn set_rows<T: Clone + PartialEq + 'static>(model: &VecModel<T>, rows: Vec<T>) {
    while model.row_count() > rows.len() {
        model.remove(model.row_count() - 1);
    }
    for (nth, row) in rows.into_iter().enumerate() {
        match model.row_data(nth) {
            None => model.push(row),
            Some(shown) if shown != row => model.set_row_data(nth, row),
            Some(_) => {}
        }
    }
}
