//! Nights in which the clock is changed.

use jiff::tz::TimeZone;

use super::tests::{dates, day, every_day, hours, instant, never, opening};

/// What a span of one date is in UTC, as `MM-DDTHH:MM/MM-DDTHH:MM`.
#[track_caller]
fn open_on(zone: &str, date: &str, text: &str) -> String {
    let zone = TimeZone::get(zone).expect("a zone of the database");
    let open = hours([opening(every_day(), text)]).open_spans(day(date), &zone, never);
    let spans: Vec<_> = open
        .iter()
        .map(|span| {
            let short = |at: jiff::Timestamp| at.to_string()[5..16].to_owned();
            format!("{}/{}", short(span.from), short(span.to))
        })
        .collect();
    spans.join(" ")
}

#[test]
fn in_the_night_to_summer_time_a_time_that_does_not_exist_moves_forward() {
    // At 01:00 UTC the clock in Berlin goes from 02:00 to 03:00.
    for (span, open) in [
        ("01:30-04:00", "03-29T00:30/03-29T02:00"),
        ("02:00-04:00", "03-29T01:00/03-29T02:00"),
        ("02:30-04:00", "03-29T01:00/03-29T02:00"),
        ("02:59-04:00", "03-29T01:00/03-29T02:00"),
        ("03:00-04:00", "03-29T01:00/03-29T02:00"),
        ("01:30-02:30", "03-29T00:30/03-29T01:00"),
        ("02:30-03:15", "03-29T01:00/03-29T01:15"),
        ("00:00-24:00", "03-28T23:00/03-29T22:00"),
        ("08:00-16:00", "03-29T06:00/03-29T14:00"),
    ] {
        assert_eq!(open_on("Europe/Berlin", "2026-03-29", span), open, "{span}");
    }
}

#[test]
fn hours_wholly_within_the_missing_hour_fall_away_and_so_does_a_break() {
    let night = |text| open_on("Europe/Berlin", "2026-03-29", text);
    assert_eq!(night("02:00-03:00"), "");
    assert_eq!(night("02:10-02:50"), "");
    let through = "03-29T00:00/03-29T02:00";
    assert_eq!(night("01:00-02:10 02:50-04:00"), through);
}

#[test]
fn in_the_night_to_winter_time_it_opens_the_first_time_and_closes_the_second() {
    // At 01:00 UTC the clock in Berlin goes from 03:00 back to 02:00.
    for (span, open) in [
        ("01:30-02:30", "10-24T23:30/10-25T01:30"),
        ("01:30-02:00", "10-24T23:30/10-25T01:00"),
        ("02:30-04:00", "10-25T00:30/10-25T03:00"),
        ("02:15-02:45", "10-25T00:15/10-25T01:45"),
        ("03:00-04:00", "10-25T02:00/10-25T03:00"),
        ("00:00-24:00", "10-24T22:00/10-25T23:00"),
        ("08:00-16:00", "10-25T07:00/10-25T15:00"),
    ] {
        assert_eq!(open_on("Europe/Berlin", "2026-10-25", span), open, "{span}");
    }
}

#[test]
fn a_break_within_the_hour_that_comes_twice_falls_away() {
    let night = |text| open_on("Europe/Berlin", "2026-10-25", text);
    let through = "10-24T23:00/10-25T03:00";
    assert_eq!(night("01:00-02:15 02:45-04:00"), through);
    let with_break = "10-24T22:00/10-24T23:00 10-25T02:15/10-25T03:00";
    assert_eq!(night("00:00-01:00 03:15-04:00"), with_break);
}

#[test]
fn where_midnight_itself_does_not_exist_the_day_begins_with_its_first_instant() {
    // São Paulo goes from 00:00 to 01:00 at 03:00 UTC.
    let date = "2018-11-04";
    for (span, open) in [
        ("00:00-08:00", "11-04T03:00/11-04T10:00"),
        ("00:30-08:00", "11-04T03:00/11-04T10:00"),
        ("00:00-24:00", "11-04T03:00/11-05T02:00"),
        ("00:00-01:00", ""),
    ] {
        assert_eq!(open_on("America/Sao_Paulo", date, span), open, "{span}");
    }
    let eve = open_on("America/Sao_Paulo", "2018-11-03", "20:00-24:00");
    assert_eq!(eve, "11-03T23:00/11-04T03:00");
    // Cairo goes from 00:00 to 01:00 at 22:00 UTC.
    let cairo = open_on("Africa/Cairo", "2026-04-24", "00:00-08:00");
    assert_eq!(cairo, "04-23T22:00/04-24T05:00");
}

#[test]
fn an_hour_before_midnight_that_comes_twice_belongs_to_its_day() {
    // São Paulo goes from 24:00 back to 23:00 at 02:00 UTC.
    let evening = open_on("America/Sao_Paulo", "2018-02-17", "22:00-24:00");
    assert_eq!(evening, "02-18T00:00/02-18T03:00");
    let morning = open_on("America/Sao_Paulo", "2018-02-18", "00:00-02:00");
    assert_eq!(morning, "02-18T03:00/02-18T05:00");
}

#[test]
fn a_change_of_half_an_hour_moves_forward_by_that() {
    // Lord Howe Island goes from 02:00 to 02:30 at 15:30 UTC.
    let morning = open_on("Australia/Lord_Howe", "2026-10-04", "02:10-03:00");
    assert_eq!(morning, "10-03T15:30/10-03T16:00");
}

#[test]
fn a_date_that_the_country_leaves_out_has_no_hours() {
    // Samoa went from the end of 29 December 2011 to 31 December.
    let leap = open_on("Pacific/Apia", "2011-12-30", "00:00-24:00");
    assert_eq!(leap, "");
    let before = open_on("Pacific/Apia", "2011-12-29", "22:00-24:00");
    assert_eq!(before, "12-30T08:00/12-30T10:00");
}

#[test]
fn a_queue_that_is_open_day_and_night_does_not_close_for_the_change() {
    let always = hours([opening(every_day(), "00:00-24:00")]);
    for (zone, now) in [
        ("Europe/Berlin", "2026-03-28T12:00:00Z"),
        ("Europe/Berlin", "2026-10-24T12:00:00Z"),
        ("America/Sao_Paulo", "2018-11-03T12:00:00Z"),
        ("Pacific/Apia", "2011-12-29T12:00:00Z"),
        // The clock goes back from 00:01: the day begins, ends and begins again.
        ("America/St_Johns", "2010-11-06T12:00:00Z"),
    ] {
        let zone = TimeZone::get(zone).expect("a zone of the database");
        let change = always.next_change(instant(now), &zone, never);
        assert_eq!(change, None, "{now}");
    }
}

#[test]
fn where_the_clock_goes_back_over_midnight_the_evening_ends_the_second_time() {
    // In St. John's it was Sunday for a minute, then Saturday for an hour, then Sunday again.
    let zone = TimeZone::get("America/St_Johns").expect("a zone of the database");
    let evening = hours([opening(dates("2010-11-06"), "20:00-24:00")]);
    let closes = instant("2010-11-07T03:30:00Z");
    for now in ["2010-11-07T02:30:30Z", "2010-11-07T03:29:59Z"] {
        let open = evening.open_at(instant(now), &zone, never);
        assert_eq!(open.map(|span| span.to), Some(closes), "{now}");
        let change = evening.next_change(instant(now), &zone, never);
        assert_eq!(change, Some(closes), "{now}");
    }
    assert_eq!(evening.open_at(closes, &zone, never), None);
}

#[test]
fn a_span_that_runs_downwards_opens_nothing_in_the_hour_that_comes_twice_either() {
    let night = open_on("Europe/Berlin", "2026-10-25", "02:45-02:15");
    assert_eq!(night, "");
}
