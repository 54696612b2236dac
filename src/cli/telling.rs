//! `--notify` and `--hub`: whom `serve` and `publish` tell of changes.

use std::io;
use std::process::ExitCode;
use std::time::Duration;

use super::UNUSABLE;
use super::arguments::Common;
use super::speech::complain;
use crate::notify::{self, Current, Plan};
use crate::store::Store;

/// The key that signs notices: only from the environment, where no list of
/// processes shows it.
const SECRET: &str = "SPOTKAJMY_NOTIFY_SECRET";

/// How long `publish` tries to deliver once the changes have stood; what is
/// left waits in the file for the next time.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whom to tell, `None` where nobody asked.
///
/// # Errors
/// The exit code of what was refused, once it is said: a secret that signs
/// nothing, or a history that is not kept in a file.
pub fn plan(common: &Common, store: &Store) -> Result<Option<Plan>, ExitCode> {
    let telling = &common.telling;
    if telling.notify.is_empty() && telling.hub.is_none() {
        return Ok(None);
    }
    let Store::File(history) = store else {
        complain("--notify and --hub need a schedule of your own: add --schedule FILE");
        return Err(ExitCode::from(UNUSABLE));
    };
    let secret = std::env::var(SECRET)
        .ok()
        .filter(|secret| !secret.is_empty());
    if secret
        .as_deref()
        .is_some_and(|secret| !notify::is_secret(secret))
    {
        complain(format_args!(
            "{SECRET} is no key: write base64, such as `openssl rand -base64 32` gives"
        ));
        return Err(ExitCode::from(UNUSABLE));
    }
    // What is wrong with the history is told by whoever publishes over it.
    let known = store.read().ok().and_then(|known| known.newest());
    Ok(Some(Plan {
        file: Plan::file_beside(history.path()),
        sinks: telling.notify.clone(),
        secret,
        after: telling.notify_after,
        since: known,
        hub: telling.hub.clone(),
    }))
}

/// Waits until what changed has stood, and delivers it.
///
/// # Errors
/// There is no event loop to be had.
pub fn now(plan: &Plan, current: &Current) -> io::Result<()> {
    let status = notify::once(plan, current, PATIENCE)?;
    let problems = status.problems();
    if !problems.is_empty() {
        complain(problems.trim_end());
    }
    Ok(())
}
