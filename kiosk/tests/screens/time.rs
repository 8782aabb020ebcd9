//! Whatever is done to the machine's clock, spans are spans.

use crate::office::ticket;
use crate::stand::Stand;

#[test]
fn a_clock_that_is_set_back_an_hour_does_not_freeze_the_kiosk() {
    let stand = Stand::tall();
    stand.sets_the_clock(-3600);
    stand.clicks("Personalausweis");
    assert_eq!(stand.sent().len(), 1, "the press counts");
    stand.answers(Ok(ticket()));
    stand.sets_the_clock(-3600);
    stand.after_secs(45);
    assert_eq!(stand.labels(), ["Länger anzeigen", "Fertig"]);
    stand.after_secs(20);
    assert!(
        stand.labels()[0].starts_with("Personalausweis"),
        "a minute is a minute"
    );
}

#[test]
fn a_clock_that_is_set_on_an_hour_ends_no_visit() {
    let stand = Stand::tall();
    stand.clicks("Personalausweis");
    stand.sets_the_clock(3600);
    assert_eq!(
        stand.button("Personalausweis").accessible_enabled(),
        Some(false)
    );
    stand.answers(Ok(ticket()));
    stand.sets_the_clock(3600);
    assert_eq!(stand.labels(), ["Länger anzeigen", "Fertig"]);
}
