//! The bytes of whole tickets, read back command by command.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aufruf_protocol::latest::{Block, PrintDocument, TextSize};
use proptest::prelude::*;

use super::*;
use crate::alphabet::USUAL_PAGES;
use crate::layout::{Paper, lay_out};

fn paper(columns: usize) -> Paper {
    Paper {
        columns,
        pages: USUAL_PAGES.to_vec(),
    }
}

fn text(text: &str, size: TextSize, weight: Weight, align: Align) -> Block {
    Block::Text {
        text: text.to_owned(),
        size,
        weight,
        align,
    }
}

fn ticket() -> PrintDocument {
    let centred = |words, size, weight| text(words, size, weight, Align::Centre);
    PrintDocument {
        language: "de".to_owned(),
        blocks: vec![
            centred("Bürgeramt Mitte", TextSize::Large, Weight::Bold),
            Block::Rule,
            centred("A012", TextSize::Number, Weight::Bold),
            centred("Reisepass, 37,50 €", TextSize::Normal, Weight::Regular),
            text(
                "„Bitte warten“ – Lütfen bekleyiniz, sıranız gelecek",
                TextSize::Normal,
                Weight::Regular,
                Align::Start,
            ),
            Block::Feed { lines: 2 },
            Block::Qr {
                content: "https://o.test/t/abc".to_owned(),
            },
            Block::Cut,
        ],
    }
}

fn bytes(document: &PrintDocument, columns: usize, high_bytes: HighBytes) -> Vec<u8> {
    encode(&lay_out(document, &paper(columns)), high_bytes).expect("bytes")
}

/// Cuts the bytes into commands, a line each; text is shown in the letters of its page.
fn read_back(mut bytes: &[u8]) -> Vec<String> {
    let mut page = 0;
    let mut commands = Vec::new();
    while let Some(&first) = bytes.first() {
        let length = match (first, bytes.get(1)) {
            (0x1b, Some(b'@')) | (0x1c, Some(b'.')) => 2,
            (0x1b, Some(b't' | b'a' | b'E' | b'd' | b'R')) | (0x1d, Some(b'!')) => 3,
            (0x1d, Some(b'V')) => 4,
            (0x1d, Some(b'(')) => 5 + usize::from(u16::from_le_bytes([bytes[3], bytes[4]])),
            (0x20.., _) => bytes.iter().take_while(|byte| **byte >= 0x20).count(),
            _ => panic!("no command begins with {bytes:02x?}"),
        };
        let (command, rest) = bytes.split_at(length);
        if command.starts_with(&[0x1b, b't']) {
            page = command[2];
        }
        commands.push(if first >= 0x20 {
            format!("text   {}", letters(page, command))
        } else {
            shown(command)
        });
        bytes = rest;
    }
    commands
}

/// What a printer prints for each byte of each page, found by asking the pages letter by letter.
static PRINTED: LazyLock<Vec<BTreeMap<u8, char>>> = LazyLock::new(|| {
    let printed = |page: CodePage| {
        let letters = ('\u{20}'..'\u{600}').chain('\u{2000}'..'\u{2600}');
        letters
            .filter_map(|letter| Some((page.byte_of(letter)?, letter)))
            .collect()
    };
    USUAL_PAGES.into_iter().map(printed).collect()
});

fn letters(page: u8, bytes: &[u8]) -> String {
    let page = USUAL_PAGES
        .into_iter()
        .position(|held| u8::from(page_code(held)) == page)
        .expect("a page of the paper");
    bytes.iter().map(|byte| PRINTED[page][byte]).collect()
}

fn shown(command: &[u8]) -> String {
    let name = match command[0] {
        0x1b => "ESC",
        0x1c => "FS",
        _ => "GS",
    };
    let arguments: Vec<String> = command[2..].iter().map(ToString::to_string).collect();
    format!(
        "{name:<4} {} {}",
        char::from(command[1]),
        arguments.join(" ")
    )
}

#[test]
fn a_ticket_on_80_mm() {
    let commands = read_back(&bytes(&ticket(), 48, HighBytes::Letters));
    insta::assert_snapshot!(commands.join("\n"));
}

#[test]
fn a_ticket_on_58_mm() {
    let commands = read_back(&bytes(&ticket(), 32, HighBytes::Letters));
    insta::assert_snapshot!(commands.join("\n"));
}

#[test]
fn the_very_bytes_of_a_number() {
    let document = PrintDocument {
        language: "de".to_owned(),
        blocks: vec![
            text("A012", TextSize::Number, Weight::Bold, Align::Centre),
            Block::Cut,
        ],
    };
    let expected: &[&[u8]] = &[
        b"\x1b@\x1bR\x00",
        b"\x1ba\x01\x1bE\x01\x1bt\x00\x1d!\x77A012\x1bd\x01",
        b"\x1dVB\x00",
    ];
    let bytes = bytes(&document, 48, HighBytes::Letters);
    assert_eq!(bytes, expected.concat());
}

#[test]
fn a_printer_that_reads_high_bytes_in_pairs_is_told_not_to() {
    let bytes = bytes(&ticket(), 48, HighBytes::ReadInPairs);
    assert!(bytes.starts_with(b"\x1b@\x1bR\x00\x1c."));
}

fn any_block() -> impl Strategy<Value = Block> {
    let size = prop_oneof![
        Just(TextSize::Normal),
        Just(TextSize::Large),
        Just(TextSize::Number)
    ];
    let words = prop_oneof![
        any::<String>(),
        "[ -~äöüßĞğİışŞ€„“А-яЁёα-ω\u{1b}\u{1d}\n]{0,80}"
    ];
    prop_oneof![
        8 => (words, size).prop_map(|(words, size)| {
            text(&words, size, Weight::Bold, Align::Centre)
        }),
        1 => Just(Block::Rule),
        1 => any::<u8>().prop_map(|lines| Block::Feed { lines }),
        1 => any::<String>().prop_map(|content| Block::Qr { content }),
        1 => Just(Block::Cut),
    ]
}

proptest! {
    #[test]
    fn whatever_an_office_writes_becomes_whole_commands_and_one_byte_a_letter(
        blocks in prop::collection::vec(any_block(), 0..8),
        columns in 16_usize..=96,
    ) {
        let document = PrintDocument { language: "de".to_owned(), blocks };
        let sheet = lay_out(&document, &paper(columns));
        let read = read_back(&encode(&sheet, HighBytes::Letters).expect("bytes"));
        let printed = read.iter().filter_map(|command| command.strip_prefix("text   "));
        let lines: Vec<&str> = sheet.pieces.iter().filter_map(|piece| match piece {
            Piece::Line(line) => Some(&*line.text),
            _ => None,
        }).collect();
        prop_assert_eq!(printed.collect::<Vec<_>>(), lines.clone());
        for piece in &sheet.pieces {
            if let Piece::Line(line) = piece {
                let width = line.text.chars().count() * usize::from(line.size.width);
                prop_assert!(width <= columns, "{} is too wide", line.text);
                prop_assert!(!line.text.is_empty());
            }
        }
    }
}
