//! A refusal that no picture shows has its words in every language.

use aufruf_kiosk::controller::{Failure, Refusal};

use crate::stand::Stand;

#[track_caller]
fn refused_together(own_name: &str, service: &str, words: &str) {
    let stand = Stand::tall();
    stand.speaks("Sprache", own_name);
    stand.clicks(service);
    stand.answers(Err(Failure::Refused(Refusal::NoCounterForAll)));
    let texts = stand.texts();
    let is_told = texts.iter().any(|text| text.starts_with(words));
    assert!(is_told, "{words:?} is not among {texts:#?}");
}

#[test]
fn services_that_no_counter_does_together_are_refused_in_german() {
    refused_together(
        "Deutsch",
        "Personalausweis",
        "Nicht alles an einem Platz. Kein Platz",
    );
}

#[test]
fn services_that_no_counter_does_together_are_refused_in_english() {
    refused_together(
        "English",
        "Identity card",
        "Not all of this at one counter. No counter",
    );
}

#[test]
fn services_that_no_counter_does_together_are_refused_in_turkish() {
    refused_together(
        "Türkçe",
        "Kimlik",
        "Hepsi tek bir gişede yapılamıyor. Seçtiklerinizin",
    );
}

#[test]
fn services_that_no_counter_does_together_are_refused_in_arabic() {
    refused_together(
        "العربية",
        "بطاقة الهوية",
        "لا يمكن إنجاز كل ذلك في شباك واحد. لا يوجد",
    );
}
