//! Log lines -> standard error, by a thread of its own: whoever has something
//! to log is not kept waiting by a reader that stalls, and not ended by one
//! that is gone.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

use tracing::level_filters::LevelFilter;

use super::arguments::LogFormat;

/// Lines that wait to be written; further ones are dropped.
const WAITING: usize = 1_024;

/// How long the end of the program waits for the last lines.
const PATIENCE: Duration = Duration::from_secs(1);

enum Message {
    Line(Vec<u8>),
    End,
}

/// Writes the lines that still wait when it is dropped, if they can be.
pub struct Log {
    messages: SyncSender<Message>,
    ended: Receiver<()>,
}

impl Drop for Log {
    fn drop(&mut self) {
        // Where there is no room for this, nobody reads.
        if self.messages.try_send(Message::End).is_ok() {
            let _ = self.ended.recv_timeout(PATIENCE);
        }
    }
}

/// Sends what is logged from now on to standard error, for as long as the
/// result is held.
pub fn to_stderr(format: LogFormat, level: LevelFilter) -> Log {
    let (messages, waiting) = mpsc::sync_channel(WAITING);
    let (end, ended) = mpsc::channel();
    let writer = thread::Builder::new().name("log".to_owned());
    // Where there are no threads, there is no log.
    let _ = writer.spawn(move || write(&waiting, io::stderr(), &end));
    let log = tracing_subscriber::fmt()
        .with_ansi(io::stderr().is_terminal())
        .with_max_level(level)
        .log_internal_errors(false)
        .with_writer({
            let messages = messages.clone();
            move || Sender(messages.clone())
        });
    match format {
        LogFormat::Text => log.with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
    Log { messages, ended }
}

fn write(waiting: &Receiver<Message>, mut to: impl Write, end: &mpsc::Sender<()>) {
    for message in waiting {
        match message {
            // What cannot be written is lost; the next line may fare better.
            Message::Line(line) => drop(to.write_all(&line)),
            Message::End => drop(end.send(())),
        }
    }
}

/// Takes one whole line.
struct Sender(SyncSender<Message>);

impl Write for Sender {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let _ = self.0.try_send(Message::Line(line.to_vec()));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
