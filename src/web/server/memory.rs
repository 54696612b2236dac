//! Memory that many connections took -> the system.

/// After at least so many connections have closed, looking for what they left
/// is worth the milliseconds that it takes: each had 2 KB, or 13 where hyper
/// read from it.
const WORTH: usize = 500;

/// Sees when a flood of connections is over.
#[derive(Debug, Default)]
pub(super) struct Ebb {
    most: usize,
}

impl Ebb {
    /// So many connections are open now that one more has come.
    pub fn rises_to(&mut self, open: usize) {
        self.most = self.most.max(open);
    }

    /// Whether, with `open` connections now, most of those that were open at
    /// once are gone since this was last true.
    pub fn is_over(&mut self, open: usize) -> bool {
        let over = open + WORTH <= self.most && open <= self.most / 2;
        if over {
            self.most = open;
        }
        over
    }
}

/// Gives the memory that nothing uses back to the system. The C library of
/// most Linux systems keeps all of it otherwise, in pieces that the next flood
/// cannot use either: three floods of 6,000 connections, all of them hyper's,
/// took 70, 100 and 115 MB, and left it taken; with this each takes 70 and
/// leaves 5. An edit among 10,000 sessions takes 30 MB for half a second and
/// leaves none.
pub fn give_memory_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: the function takes no pointer, may be called by any thread at
    // any time (malloc_trim(3): MT-Safe) and touches only what is free.
    #[allow(unsafe_code)]
    unsafe {
        libc::malloc_trim(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_ends_once() {
        let mut ebb = Ebb::default();
        let mut check = |most: usize, then: &[usize], expected: &[bool]| {
            ebb.rises_to(most);
            let over: Vec<bool> = then.iter().map(|open| ebb.is_over(*open)).collect();
            assert_eq!(over, expected, "{most} {then:?}");
        };
        check(499, &[0], &[false]);
        check(500, &[1, 0, 0], &[false, true, false]);
        check(
            6000,
            &[3001, 3000, 2900, 1500, 1400, 0],
            &[false, true, false, true, false, true],
        );
        check(6000, &[0, 0], &[true, false]);
    }
}
