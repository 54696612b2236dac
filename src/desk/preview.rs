//! A site as it would be -> its pages, for as long as it is kept.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use hyper::StatusCode;
use hyper::http::request::Parts;

use super::{Desk, State, plain};
use crate::history::Outcome;
use crate::page::last_boundary;
use crate::route::{Links, PublicUrl};
use crate::schedule::Schedule;
use crate::site::Site;
use crate::web::respond::{self, Reply, Response};

/// How many files as they would be are kept to be looked at.
const PREVIEWS: usize = 4;

impl Desk {
    /// Keeps the site as it would be, and gives its links.
    pub(super) fn keep_preview(
        &self,
        stamp: &str,
        outcome: Outcome,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Option<Links> {
        let url: PublicUrl = format!("{}preview/{stamp}", self.url).parse().ok()?;
        let links = Links::new(url, schedule.calendar().language);
        let publication = Arc::new(outcome.publication);
        let boundary = last_boundary(&publication, now);
        let site = Arc::new(Site::new(publication, links.clone(), boundary).as_preview());
        let mut state = self.state();
        state.previews.retain(|(kept, _)| kept != stamp);
        state.previews.truncate(PREVIEWS - 1);
        state.previews.push_front((stamp.to_owned(), site));
        Some(links)
    }

    /// A page of a file as it would be.
    pub(super) fn preview(&self, request: &Parts, rest: &str) -> Response {
        let (stamp, path) = rest.split_once('/').unwrap_or((rest, ""));
        let kept = |state: &State| {
            let mut previews = state.previews.iter();
            let (_, site) = previews.find(|(kept, _)| kept == stamp)?;
            Some(site.clone())
        };
        // Nobody waits while it is rendered.
        let site = kept(&self.state());
        let Some(site) = site else {
            return plain(StatusCode::NOT_FOUND, "404: this preview is over\n");
        };
        let mut below = request.clone();
        let query = request
            .uri
            .query()
            .map_or(String::new(), |query| format!("?{query}"));
        let Ok(uri) = format!("/{path}{query}").parse() else {
            return plain(StatusCode::BAD_REQUEST, "400\n");
        };
        below.uri = uri;
        match respond::respond(&site, &below) {
            Reply::Ready(response, _) => response,
            Reply::Pending(pending) => pending.answer(&request.headers).0,
        }
    }
}
