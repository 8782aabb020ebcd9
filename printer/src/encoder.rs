//! Makes ESC/POS bytes of a laid-out sheet.

use std::cell::RefCell;
use std::rc::Rc;

use aufruf_protocol::latest::{Align, Weight};
use escpos::driver::Driver;
use escpos::errors::{PrinterError, Result as EscposResult};
use escpos::printer::Printer;
use escpos::utils::{
    CharacterSet, JustifyMode, PageCode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption,
};

use crate::alphabet::CodePage;
use crate::layout::{Line, Piece, Sheet, Size};

/// `FS .`: bytes from 0x80 on are single letters, not halves of Chinese ones.
const SINGLE_BYTES: [u8; 2] = [0x1c, b'.'];
/// `GS V 66 0`: feed to the knife and leave a bridge. The library's own partial cut is a full one.
const PARTIAL_CUT: [u8; 4] = [0x1d, b'V', 66, 0];
/// Up to this length a code fits on 58 mm with the larger modules.
const QR_BYTES_LARGE: usize = 250;

/// Whether the printer reads pairs of high bytes as Chinese until it is told not to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HighBytes {
    #[default]
    Letters,
    ReadInPairs,
}

/// The library would not make bytes of a sheet.
#[derive(Debug, thiserror::Error)]
#[error("cannot make the printer's bytes")]
pub struct EncodeError(#[from] PrinterError);

/// The bytes of one sheet, from initialising the printer to the cut.
pub fn encode(sheet: &Sheet, high_bytes: HighBytes) -> Result<Vec<u8>, EncodeError> {
    let buffer = Buffer::default();
    let mut printer = Printer::new(buffer.clone(), Protocol::default(), None);
    printer.init()?.character_set(CharacterSet::USA)?;
    if high_bytes == HighBytes::ReadInPairs {
        printer.custom(&SINGLE_BYTES)?;
    }
    for piece in &sheet.pieces {
        match piece {
            Piece::Line(line) => write_line(&mut printer, line)?,
            Piece::Feed(lines) => {
                set_size(&mut printer, Size::NORMAL)?;
                printer.feeds(*lines)?;
            }
            Piece::Qr(content) => write_code(&mut printer, content)?,
            Piece::Cut => {
                printer.custom(&PARTIAL_CUT)?;
            }
        }
    }
    printer.print()?;
    Ok(buffer.0.take())
}

fn write_line(printer: &mut Printer<Buffer>, line: &Line) -> EscposResult<()> {
    let bytes: Vec<u8> = line
        .text
        .chars()
        .filter_map(|letter| line.page.byte_of(letter))
        .collect();
    printer
        .justify(match line.align {
            Align::Start | Align::Unknown => JustifyMode::LEFT,
            Align::Centre => JustifyMode::CENTER,
        })?
        .bold(line.weight == Weight::Bold)?
        .page_code(page_code(line.page))?;
    set_size(printer, line.size)?;
    printer.custom(&bytes)?.feed()?;
    Ok(())
}

fn set_size(printer: &mut Printer<Buffer>, size: Size) -> EscposResult<()> {
    printer.size(size.width, size.height)?;
    Ok(())
}

fn write_code(printer: &mut Printer<Buffer>, content: &str) -> EscposResult<()> {
    let dots = if content.len() <= QR_BYTES_LARGE {
        6
    } else {
        4
    };
    let option = QRCodeOption::new(QRCodeModel::Model2, dots, QRCodeCorrectionLevel::M);
    printer
        .justify(JustifyMode::CENTER)?
        .qrcode_option(content, option)?;
    Ok(())
}

fn page_code(page: CodePage) -> PageCode {
    match page {
        CodePage::Pc437 => PageCode::PC437,
        CodePage::Pc850 => PageCode::PC850,
        CodePage::Pc852 => PageCode::PC852,
        CodePage::Pc857 => PageCode::PC857,
        CodePage::Pc858 => PageCode::PC858,
        CodePage::Pc866 => PageCode::PC866,
        CodePage::Wpc1250 => PageCode::WPC1250,
        CodePage::Wpc1251 => PageCode::WPC1251,
        CodePage::Wpc1252 => PageCode::WPC1252,
        CodePage::Wpc1253 => PageCode::WPC1253,
        CodePage::Wpc1254 => PageCode::WPC1254,
        CodePage::Wpc1257 => PageCode::WPC1257,
    }
}

/// Where the library writes to: nothing leaves the house before all of it is there.
#[derive(Clone, Default)]
struct Buffer(Rc<RefCell<Vec<u8>>>);

impl Driver for Buffer {
    fn name(&self) -> String {
        "buffer".to_owned()
    }

    fn write(&self, bytes: &[u8]) -> EscposResult<()> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> EscposResult<usize> {
        Ok(0)
    }

    fn flush(&self) -> EscposResult<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
