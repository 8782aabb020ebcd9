//! Spells a text with the letters that a printer has: picks the code page that keeps most of it, and
//! puts stand-ins for the rest. Pure.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::alphabet::CodePage;

/// Stands for a letter that cannot be printed at all.
const LOST: &str = "?";

/// A text of which every letter is in `page`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled {
    pub page: CodePage,
    pub text: String,
    /// Letters that became `?`.
    pub lost: u32,
    /// Letters and digits of the text that could be kept or replaced.
    pub readable: u32,
}

/// Spells one line. Of `pages` the first that keeps most is taken; without any, plain ASCII is.
pub fn spell(text: &str, pages: &[CodePage]) -> Spelled {
    let letters: Vec<char> = text.nfc().filter_map(plain).collect();
    let mut spellings = pages.iter().map(|page| spell_in(&letters, *page));
    let first = spellings
        .next()
        .unwrap_or_else(|| spell_in(&letters, CodePage::Pc437));
    let best = spellings.fold(first, |best, next| {
        if next.damage() < best.damage() {
            next
        } else {
            best
        }
    });
    best.spelled
}

struct Attempt {
    spelled: Spelled,
    replaced_letters: u32,
    replaced_signs: u32,
}

impl Attempt {
    /// A straight quote instead of a curved one is less harm than a letter without its dots.
    fn damage(&self) -> (u32, u32, u32) {
        (
            self.spelled.lost,
            self.replaced_letters,
            self.replaced_signs,
        )
    }
}

fn spell_in(letters: &[char], page: CodePage) -> Attempt {
    let mut spelled = Spelled {
        page,
        text: String::with_capacity(letters.len()),
        lost: 0,
        readable: 0,
    };
    let (mut replaced_letters, mut replaced_signs) = (0, 0);
    for letter in letters {
        let readable = u32::from(letter.is_alphanumeric());
        if page.has(*letter) {
            spelled.text.push(*letter);
            spelled.readable += readable;
        } else if let Some(stand_in) = stand_in(*letter, page) {
            spelled.text.push_str(&stand_in);
            spelled.readable += readable;
            replaced_letters += readable;
            replaced_signs += 1 - readable;
        } else {
            spelled.text.push_str(LOST);
            spelled.lost += 1;
        }
    }
    Attempt {
        spelled,
        replaced_letters,
        replaced_signs,
    }
}

/// White space and control characters become blanks (a text must never be a command), and characters
/// without a form of their own go.
fn plain(letter: char) -> Option<char> {
    match letter {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        letter if letter.is_whitespace() || letter.is_control() => Some(' '),
        letter => Some(letter),
    }
}

fn stand_in(letter: char, page: CodePage) -> Option<String> {
    let fits = |text: &str| !text.is_empty() && text.chars().all(|letter| page.has(letter));
    let known = customary(letter).filter(|text| fits(text));
    known.map(str::to_owned).or_else(|| {
        let base: String = letter
            .nfkd()
            .filter(|part| !is_combining_mark(*part))
            .collect();
        fits(&base).then_some(base)
    })
}

/// What people write when a letter is missing, where leaving out the marks is not it.
fn customary(letter: char) -> Option<&'static str> {
    Some(match letter {
        '„' | '“' | '”' | '‟' | '«' | '»' => "\"",
        '‚' | '‘' | '’' | '‛' | '‹' | '›' | 'ʼ' | '′' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' => "-",
        '…' => "...",
        '•' | '·' | '∙' => "*",
        '×' => "x",
        '←' => "<-",
        '→' => "->",
        '↑' => "^",
        '↓' => "v",
        '€' => "EUR",
        'ä' | 'æ' => "ae",
        'ö' | 'œ' => "oe",
        'ü' => "ue",
        'Ä' | 'Æ' => "Ae",
        'Ö' | 'Œ' => "Oe",
        'Ü' => "Ue",
        'ß' => "ss",
        'ẞ' => "SS",
        'ø' => "o",
        'Ø' => "O",
        'ð' | 'đ' => "d",
        'Ð' | 'Đ' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ł' => "l",
        'Ł' => "L",
        // The Ukrainian i, which PC866 lacks, looks like the Latin one.
        'ı' | 'і' => "i",
        'І' => "I",
        'ґ' => "г",
        'Ґ' => "Г",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet::USUAL_PAGES;

    fn spelled(text: &str) -> (CodePage, String) {
        let Spelled { page, text, .. } = spell(text, &USUAL_PAGES);
        (page, text)
    }

    #[test]
    fn each_language_gets_a_page_that_has_its_letters() {
        for (text, page) in [
            ("Führerschein, Straße", CodePage::Pc437),
            ("Gebühr: 37 €", CodePage::Pc858),
            ("Kimlik kartı başvurusu, İğde", CodePage::Pc857),
            ("Zgłoszenie pobytu", CodePage::Pc852),
            ("„Bitte warten“ – danke", CodePage::Wpc1252),
            ("Пожалуйста, подождите", CodePage::Pc866),
            ("Зачекайте, їхній ґанок", CodePage::Wpc1251),
            ("Παρακαλώ περιμένετε", CodePage::Wpc1253),
        ] {
            assert_eq!(spelled(text), (page, text.to_owned()));
        }
    }

    #[test]
    fn letters_matter_more_than_signs() {
        let expected = (CodePage::Pc857, "\"Sıranız geldi\"".to_owned());
        assert_eq!(spelled("„Sıranız geldi“"), expected);
    }

    #[test]
    fn a_letter_in_two_parts_is_put_together_before_it_is_looked_up() {
        assert_eq!(spelled("Fu\u{308}hrerschein").1, "Führerschein");
    }

    #[test]
    fn what_a_printer_lacks_is_written_as_people_write_it_then() {
        let only = [CodePage::Pc866];
        assert_eq!(spell("Müller – Straße", &only).text, "Mueller - Strasse");
        assert_eq!(spell("Łódź, Győr, crème", &only).text, "Lodz, Gyor, creme");
        assert_eq!(spell("Київ", &only).text, "Київ");
        assert_eq!(spell("ﬁt ½", &[]).text, "fit ½");
    }

    #[test]
    fn no_text_can_be_a_command_and_marks_without_a_form_go() {
        assert_eq!(spelled("A\u{1b}@\n\t0\u{a0}1\u{7f}2").1, "A @  0 1 2");
        assert_eq!(spelled("Aus\u{ad}weis\u{200f}\u{feff}").1, "Ausweis");
    }

    #[test]
    fn a_script_that_no_page_has_is_counted_as_lost() {
        let spelled = spell("هوية A012", &USUAL_PAGES);
        assert_eq!(spelled.text, "???? A012");
        assert_eq!((spelled.lost, spelled.readable), (4, 4));
    }
}
