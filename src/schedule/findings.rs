//! The problems of one reading, as they are found.

use super::problem::{Kind, Position, Problem, Severity};

/// Everything that was found so far.
///
/// It holds the first [`Findings::MOST`] of each severity and counts the
/// rest, and it rations the looking for near misses: so a hostile file costs
/// no more than its length.
#[derive(Debug)]
pub(super) struct Findings {
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    more_problems: usize,
    more_warnings: usize,
    session: Option<String>,
    comparisons_left: usize,
}

impl Findings {
    /// How many problems, and how many warnings, are told one by one.
    pub(super) const MOST: usize = 1_000;

    /// How many pairs of words are compared in search of near misses.
    const MOST_COMPARISONS: usize = 200_000;

    pub(super) fn new() -> Findings {
        Findings {
            problems: Vec::new(),
            warnings: Vec::new(),
            more_problems: 0,
            more_warnings: 0,
            session: None,
            comparisons_left: Findings::MOST_COMPARISONS,
        }
    }

    /// From now on, what is found belongs to the session of this id.
    pub(super) fn enter_session(&mut self, id: Option<String>) {
        self.session = id;
    }

    pub(super) fn leave_session(&mut self) {
        self.session = None;
    }

    pub(super) fn error(&mut self, place: Position, kind: Kind) {
        if self.problems.len() < Findings::MOST {
            self.problems.push(Problem {
                severity: Severity::Error,
                place,
                session: self.session.clone(),
                kind,
            });
        } else {
            self.more_problems += 1;
        }
    }

    pub(super) fn warning(&mut self, place: Position, kind: Kind) {
        if self.warnings.len() < Findings::MOST {
            self.warnings.push(Problem {
                severity: Severity::Warning,
                place,
                session: self.session.clone(),
                kind,
            });
        } else {
            self.more_warnings += 1;
        }
    }

    /// Whether further errors are only counted: then reading on is of no use
    /// to anyone.
    pub(super) fn are_full(&self) -> bool {
        self.more_problems > 0
    }

    /// Whether one more pair of words may be compared.
    pub(super) fn may_compare(&mut self) -> bool {
        let may = self.comparisons_left > 0 && !self.are_full();
        self.comparisons_left = self.comparisons_left.saturating_sub(1);
        may
    }

    /// The errors and the warnings, each in the file's order.
    pub(super) fn into_lists(self) -> (Vec<Problem>, Vec<Problem>) {
        (
            in_order(self.problems, self.more_problems, Severity::Error),
            in_order(self.warnings, self.more_warnings, Severity::Warning),
        )
    }
}

fn in_order(mut found: Vec<Problem>, more: usize, severity: Severity) -> Vec<Problem> {
    // A stable sort: what was found first at one place is told first.
    found.sort_by_key(|problem| (problem.place.line, problem.place.column));
    if more > 0 {
        let place = found.last().map_or(Position::TOP, |last| last.place);
        found.push(Problem {
            severity,
            place,
            session: None,
            kind: Kind::AndMore { count: more },
        });
    }
    found
}
