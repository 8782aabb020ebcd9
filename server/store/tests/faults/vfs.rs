//! A layer between `SQLite` and its files: passes everything on to the usual one ("unix") and tells
//! `watch` what is read, written, cut, synced and deleted. It decides nothing.
//!
//! A file of this layer is a [`Layer`] with the usual file right behind it, in memory that `SQLite` gives.
//! Nothing is mapped into memory (version 2 of the table): every read is seen.
#![expect(
    unsafe_code,
    reason = "the table of functions that SQLite reaches files by is one of C"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::Once;

use rusqlite::ffi::{
    SQLITE_OK, SQLITE_OPEN_CREATE, SQLITE_OPEN_MAIN_JOURNAL, SQLITE_OPEN_WAL, sqlite3_file,
    sqlite3_filename, sqlite3_int64, sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find,
    sqlite3_vfs_register,
};

use crate::watch::{self, Asked, FileId, Names};

const OURS: &CStr = c"watched";
const USUAL: &CStr = c"unix";

/// What stands before the usual file.
#[repr(C)]
struct Layer {
    base: sqlite3_file,
    /// None where nobody watches.
    file: Option<FileId>,
    /// The first sync of a new log or journal puts the folder's names on disk too.
    next_sync: Names,
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Every database that this process opens from now on goes through the layer.
pub(crate) fn stand_between() {
    static ONCE: Once = Once::new();
    ONCE.call_once(register);
}

fn register() {
    let before = c_int::try_from(size_of::<Layer>()).expect("a small figure");
    // SAFETY: the usual layer is there as long as the process, and its table is plain figures and
    // functions. Those that are kept do not look at the table they are reached by.
    let usual = unsafe { *usual() };
    let ours = Box::leak(Box::new(sqlite3_vfs {
        szOsFile: usual.szOsFile + before,
        zName: OURS.as_ptr(),
        pNext: std::ptr::null_mut(),
        xOpen: Some(open),
        xDelete: Some(delete),
        ..usual
    }));
    // SAFETY: the table is never freed and nobody else writes it.
    let code = unsafe { sqlite3_vfs_register(ours, 1) };
    assert_eq!(code, SQLITE_OK, "SQLite takes the layer");
}

fn usual() -> *mut sqlite3_vfs {
    // SAFETY: the name is a text of C.
    let usual = unsafe { sqlite3_vfs_find(USUAL.as_ptr()) };
    assert!(!usual.is_null(), "SQLite has its usual layer");
    usual
}

/// The usual file behind ours.
///
/// # Safety
/// `file` is memory of a file of this layer.
unsafe fn behind(file: *mut sqlite3_file) -> *mut sqlite3_file {
    // SAFETY: SQLite gives `szOsFile` bytes, so the usual file lies right behind the layer; both are
    // aligned as pointers.
    unsafe { file.cast::<Layer>().add(1).cast() }
}

/// What our part of an open file says.
///
/// # Safety
/// `file` was opened by [`open`].
unsafe fn layer<'a>(file: *mut sqlite3_file) -> &'a mut Layer {
    // SAFETY: `open` wrote it, and SQLite uses a file from one thread at a time.
    unsafe { &mut *file.cast() }
}

/// The usual file's functions.
///
/// # Safety
/// `file` was opened by [`open`].
unsafe fn usual_methods<'a>(file: *mut sqlite3_file) -> &'a sqlite3_io_methods {
    // SAFETY: only files that the usual layer opened reach SQLite, and its tables are static.
    unsafe { &*(*behind(file)).pMethods }
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: sqlite3_filename,
    file: *mut sqlite3_file,
    flags: c_int,
    got: *mut c_int,
) -> c_int {
    let usual = usual();
    let ask = || {
        // SAFETY: the arguments are SQLite's own; the memory behind the layer is as large as the usual
        // layer wants it.
        unsafe { (*usual).xOpen.expect("unix has it")(usual, name, behind(file), flags, got) }
    };
    let (code, watched) = if name.is_null() {
        (ask(), None)
    } else {
        // SAFETY: a name is a text of C that lives as long as the call.
        watch::opens(&unsafe { text(name) }, ask)
    };
    let is_log = flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL) != 0;
    let is_new = is_log && flags & SQLITE_OPEN_CREATE != 0;
    let ours = Layer {
        base: sqlite3_file {
            // Null: SQLite does not close what was not opened.
            pMethods: if code == SQLITE_OK {
                &raw const METHODS
            } else {
                std::ptr::null()
            },
        },
        file: watched,
        next_sync: if is_new { Names::Synced } else { Names::Left },
    };
    // SAFETY: SQLite gives the memory, which holds nothing yet.
    unsafe { file.cast::<Layer>().write(ours) };
    code
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    let usual = usual();
    let names = if sync == 0 {
        Names::Left
    } else {
        Names::Synced
    };
    // SAFETY: a name is a text of C that lives as long as the call.
    watch::deletes(&unsafe { text(name) }, names, || {
        // SAFETY: as above; the folder is not synced in truth.
        unsafe { (*usual).xDelete.expect("unix has it")(usual, name, 0) }
    })
}

/// # Safety
/// `name` is a text of C.
unsafe fn text(name: *const c_char) -> String {
    // SAFETY: the caller says so.
    let name = unsafe { CStr::from_ptr(name) };
    name.to_str().expect("a path in UTF-8").to_owned()
}

unsafe extern "C" fn read(
    file: *mut sqlite3_file,
    into: *mut c_void,
    count: c_int,
    at: sqlite3_int64,
) -> c_int {
    let ask = |_| {
        // SAFETY: SQLite's own arguments, for the file that it opened.
        unsafe { usual_methods(file).xRead.expect("unix has it")(behind(file), into, count, at) }
    };
    // SAFETY: SQLite reads from open files alone.
    asks(unsafe { layer(file) }, Asked::Read, ask)
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    count: c_int,
    at: sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite gives so many bytes, and leaves them alone during the call.
    let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), figure(count.into())) };
    let asked = Asked::Write {
        at: figure(at),
        bytes,
    };
    let ask = |count: usize| {
        let count = c_int::try_from(count).expect("no more than SQLite said");
        // SAFETY: SQLite's own arguments, or the first of its bytes.
        unsafe { usual_methods(file).xWrite.expect("unix has it")(behind(file), from, count, at) }
    };
    // SAFETY: SQLite writes to open files alone.
    asks(unsafe { layer(file) }, asked, ask)
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, size: sqlite3_int64) -> c_int {
    let ask = |_| {
        // SAFETY: SQLite's own arguments, for the file that it opened.
        unsafe { usual_methods(file).xTruncate.expect("unix has it")(behind(file), size) }
    };
    let size = figure(size);
    // SAFETY: SQLite cuts open files alone.
    asks(unsafe { layer(file) }, Asked::Cut { size }, ask)
}

/// The real disk is not asked: the power is cut on paper alone.
unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: SQLite syncs open files alone.
    let layer = unsafe { layer(file) };
    let names = layer.next_sync;
    let code = asks(layer, Asked::Sync { names }, |_| SQLITE_OK);
    if code == SQLITE_OK {
        layer.next_sync = Names::Left;
    }
    code
}

fn asks(layer: &Layer, asked: Asked<'_>, ask: impl FnOnce(usize) -> c_int) -> c_int {
    match (layer.file, asked) {
        (Some(file), _) => watch::asks(file, asked, ask),
        (None, Asked::Write { bytes, .. }) => ask(bytes.len()),
        (None, _) => ask(0),
    }
}

fn figure(figure: sqlite3_int64) -> usize {
    usize::try_from(figure).expect("SQLite counts from 0")
}

/// Functions that only ask the usual file.
macro_rules! pass_on {
    ($($name:ident is $method:ident($($word:ident: $kind:ty),*) $(-> $out:ty)?;)*) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file, $($word: $kind),*) $(-> $out)? {
            // SAFETY: SQLite's own arguments, for a file that `open` opened.
            unsafe { usual_methods(file).$method.expect("unix has it")(behind(file), $($word),*) }
        }
    )*};
}

pass_on! {
    close is xClose() -> c_int;
    file_size is xFileSize(size: *mut sqlite3_int64) -> c_int;
    lock is xLock(level: c_int) -> c_int;
    unlock is xUnlock(level: c_int) -> c_int;
    check_reserved_lock is xCheckReservedLock(is_taken: *mut c_int) -> c_int;
    file_control is xFileControl(what: c_int, about: *mut c_void) -> c_int;
    sector_size is xSectorSize() -> c_int;
    device_characteristics is xDeviceCharacteristics() -> c_int;
    shm_map is xShmMap(page: c_int, size: c_int, extend: c_int, at: *mut *mut c_void) -> c_int;
    shm_lock is xShmLock(first: c_int, count: c_int, flags: c_int) -> c_int;
    shm_barrier is xShmBarrier();
    shm_unmap is xShmUnmap(delete: c_int) -> c_int;
}
