//! Notes that one run makes for itself and that would not fit in memory.

use super::failed;
use crate::diagnostic::Error;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// How many bytes stay in memory; a small run never makes a file.
const IN_MEMORY: usize = 16 << 20;

/// A list of notes, appended by one and read by many. Gone when it is dropped.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
    file: Option<Mutex<File>>,
    /// Bytes that are in the file.
    written: u64,
    /// What comes after those.
    memory: Vec<u8>,
}

impl Scratch {
    /// An empty list, which will make a hidden file in `folder` if it grows. Runs on several machines may share the folder
    /// if each calls itself by another name.
    pub fn new(folder: &Path, name: &str, writer: &str) -> Self {
        let name = format!(".{name}.{writer}.{}.part", std::process::id());
        Self { path: folder.join(name), file: None, written: 0, memory: Vec::new() }
    }

    /// Appends a note; returns where it stands, for [`Scratch::read`].
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn append(&mut self, note: &[u8]) -> Result<u64, Error> {
        if self.memory.len() > IN_MEMORY {
            self.flush().map_err(failed("write", &self.path))?;
        }
        let at = self.written + self.memory.len() as u64;
        self.memory.extend_from_slice(&(note.len() as u64).to_le_bytes());
        self.memory.extend_from_slice(note);
        Ok(at)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let file = if let Some(file) = self.file.take() {
            file
        } else {
            let file = File::options().read(true).write(true).create(true).truncate(true).open(&self.path)?;
            // Open files can be used without a name, and a run that is killed leaves nothing then. Where the system
            // does not allow it, the file is removed at the end.
            let _ = std::fs::remove_file(&self.path);
            Mutex::new(file)
        };
        let file = self.file.insert(file).get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.written))?;
        file.write_all(&self.memory)?;
        self.written += self.memory.len() as u64;
        self.memory.clear();
        Ok(())
    }

    /// The note that stands at `at`.
    ///
    /// # Errors
    /// [`Error::Disk`].
    pub fn read(&self, at: u64) -> Result<Vec<u8>, Error> {
        let note = match (at.checked_sub(self.written), &self.file) {
            (None, Some(file)) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(at)).and_then(|_| read_note(&mut *file))
            }
            (inside, _) => {
                let from = inside.map_or(self.memory.len(), |inside| inside as usize).min(self.memory.len());
                read_note(&mut &self.memory[from..])
            }
        };
        note.map_err(failed("read", &self.path))
    }

    /// The error for a note that is not what was written.
    pub fn damaged(&self) -> Error {
        failed("read back", &self.path)(std::io::ErrorKind::InvalidData.into())
    }

    /// All notes, in the order in which they were appended.
    pub fn notes(&self) -> impl Iterator<Item = Result<Vec<u8>, Error>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            (at < self.written + self.memory.len() as u64).then(|| {
                let note = self.read(at);
                at += note.as_ref().map_or(u64::MAX / 2, |note| 8 + note.len() as u64);
                note
            })
        })
    }
}

fn read_note(from: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let mut note = vec![0; u64::from_le_bytes(length) as usize];
    from.read_exact(&mut note)?;
    Ok(note)
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // It has no name any more where the system is a usual one.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
