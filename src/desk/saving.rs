//! A change that was looked at -> the file, and back.

use super::file::{self, Copy, NotSaved};
use super::words::Words;
use super::{Desk, Undo, see_other};
use crate::terminal::with_causes;
use crate::web::respond::Response;

impl Desk {
    /// Writes `bytes` in the place of the file `old`. `spread` is to be told at
    /// once.
    pub(super) fn save(
        &self,
        words: &'static Words,
        old: &Copy,
        bytes: &[u8],
        spread: Vec<String>,
    ) -> Response {
        // One save at a time.
        let mut state = self.state();
        match file::save(&self.file, &old.stamp, bytes) {
            Ok(()) => {
                state.undo = Some(Undo {
                    before: old.bytes.clone(),
                    after: Copy::of(bytes.to_vec()).stamp,
                    spread,
                });
                self.saved()
            }
            Err(NotSaved::Changed) => self.failed(words, words.stale, &[words.stale_means]),
            Err(error) => self.failed(
                words,
                words.not_saved,
                &[&with_causes(&error), words.not_saved_means],
            ),
        }
    }

    /// Leads to the first page, which says that it is saved.
    pub(super) fn saved(&self) -> Response {
        see_other(&format!("{}?saved=yes", self.url.path()))
    }

    pub(super) fn undo(&self, words: &'static Words) -> Response {
        let mut state = self.state();
        let Some(undo) = &state.undo else {
            return self.failed(words, words.no_undo, &[]);
        };
        match file::save(&self.file, &undo.after, &undo.before) {
            Ok(()) => {
                state.undo = None;
                see_other(&format!("{}?undone=yes", self.url.path()))
            }
            Err(NotSaved::Changed) => self.failed(words, words.no_undo, &[]),
            Err(error) => self.failed(
                words,
                words.not_saved,
                &[&with_causes(&error), words.not_saved_means],
            ),
        }
    }
}
