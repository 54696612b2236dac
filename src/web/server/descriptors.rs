//! How many connections the system will let the process hold.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises the number of files that the process may have open to the most that
/// it is allowed, and gives that number. Login shells and containers often
/// start programs with 1,024 although they may have many more.
pub fn raise_open_files() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = setrlimit(
        Resource::Nofile,
        Rlimit {
            current: limit.maximum,
            ..limit
        },
    );
    let most = if raised.is_ok() {
        limit.maximum
    } else {
        limit.current
    };
    // No limit at all is told as `None`.
    most.map_or(usize::MAX, |most| {
        usize::try_from(most).unwrap_or(usize::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_process_gets_all_it_may_have() {
        let most = raise_open_files();
        let now = getrlimit(Resource::Nofile);
        assert_eq!(now.current, now.maximum);
        assert_eq!(most as u64, now.current.unwrap_or(u64::MAX));
    }
}
