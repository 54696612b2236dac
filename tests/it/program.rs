//! Starts the built program and stops it again.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::http_client::{self, Answer};

/// The program with `arguments` and an environment of its own.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spotkajmy"));
    command.args(arguments).env_clear().env("LC_ALL", "C.UTF-8");
    command
}

/// Runs the program to its end.
pub fn run(arguments: &[&str]) -> Output {
    command(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// A folder with a schedule that a test edits.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    /// A folder with `schedule.yaml`.
    pub fn with(schedule: &str) -> Folder {
        let folder = Folder {
            folder: TempDir::new().unwrap(),
        };
        folder.write(schedule);
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn schedule(&self) -> String {
        self.path("schedule.yaml").to_str().unwrap().to_owned()
    }

    /// Saves the schedule as careful editors do: aside, then renamed over.
    pub fn write(&self, schedule: &str) {
        let aside = self.path("schedule.yaml.new");
        std::fs::write(&aside, schedule).unwrap();
        std::fs::rename(&aside, self.path("schedule.yaml")).unwrap();
    }
}

/// A running `serve`, killed with the test.
pub struct Server {
    child: Child,
    log: Option<JoinHandle<String>>,
    pub public: SocketAddr,
    pub admin: SocketAddr,
}

impl Server {
    /// Serves with `arguments` on free ports.
    pub fn start(arguments: &[&str]) -> Server {
        Server::start_at(([127, 0, 0, 1], 0).into(), arguments)
    }

    /// Serves with `arguments` on `listen`, for a program that must know its
    /// own address.
    pub fn start_at(listen: SocketAddr, arguments: &[&str]) -> Server {
        let listen = listen.to_string();
        let ports = [
            "serve",
            "--listen",
            &listen,
            "--admin-listen",
            "127.0.0.1:0",
        ];
        let mut child = command(&[&ports, arguments].concat())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next = |prefix: &str| -> Option<SocketAddr> {
            Some(
                lines
                    .next()?
                    .unwrap()
                    .strip_prefix(prefix)?
                    .parse()
                    .unwrap(),
            )
        };
        let addresses = next("listening on http://").zip(next("admin on http://"));
        let Some((public, admin)) = addresses else {
            let mut log = String::new();
            child
                .stderr
                .take()
                .unwrap()
                .read_to_string(&mut log)
                .unwrap();
            panic!("the program did not come up: {log}");
        };
        // Read as it comes: a full pipe must not stop the program.
        let stderr = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || std::io::read_to_string(stderr).unwrap());
        Server {
            child,
            log: Some(log),
            public,
            admin,
        }
    }

    /// Serves the example schedule, and leaves no history beside it.
    pub fn example() -> Server {
        let schedule = repository("data/example.yaml");
        let schedule = schedule.to_str().unwrap();
        Server::start(&["--schedule", schedule, "--history", "/dev/null/none"])
    }

    /// Serves the schedule of `folder`.
    pub fn of(folder: &Folder) -> Server {
        Server::start(&["--schedule", &folder.schedule()])
    }

    pub fn get(&self, path: &str) -> Answer {
        http_client::get(self.public, path)
    }

    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        http_client::request(self.public, method, path, headers)
    }

    pub fn ready(&self) -> String {
        http_client::get(self.admin, "/readyz").text()
    }

    /// Waits until `path` answers what `wanted` says.
    pub fn wait_for(&self, path: &str, wanted: impl Fn(&Answer) -> bool) -> Answer {
        wait(|| Some(self.get(path)).filter(|answer| wanted(answer)))
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Asks the program to stop and gives its exit code.
    pub fn stop(mut self) -> Option<i32> {
        self.signal("TERM");
        self.child.wait().unwrap().code()
    }

    /// Asks the program to stop and gives all that it logged.
    pub fn log(mut self) -> String {
        self.signal("TERM");
        let log = self.log.take().expect("it is read once");
        log.join().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Tries until `attempt` gives something, ten seconds at most.
pub fn wait<T>(mut attempt: impl FnMut() -> Option<T>) -> T {
    let patience = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(value) = attempt() {
            return value;
        }
        assert!(
            Instant::now() < patience,
            "it did not happen within ten seconds"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The repository's own file.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
