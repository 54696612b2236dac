//! robots.txt -> whether crawlers may fetch the feed (RFC 9309). Google's
//! calendar obeys it.

use super::answer::Answer;
use super::finding::Finding;
use super::headers;

/// Who is asked about: what everybody may, and what Google's fetchers may.
const AGENTS: [&str; 3] = ["*", "Googlebot", "Google-Calendar-Importer"];

/// As much of a robots.txt as crawlers must read (RFC 9309, 2.5).
const LARGEST: usize = 500 * 1024;

/// What robots.txt says of the feed at `path`.
pub fn robots(answer: &Answer, path: &str) -> Finding {
    match answer.status {
        200 => {}
        status @ (429 | 500..) => return Finding::RobotsFailing { status },
        status => return Finding::NoRobots { status },
    }
    if headers::is_web_page(answer) {
        return Finding::RobotsPage;
    }
    let head = &answer.body[..answer.body.len().min(LARGEST)];
    let text = String::from_utf8_lossy(head);
    AGENTS
        .into_iter()
        .find(|agent| !allows(&text, agent, path))
        .map_or(Finding::Robots, |agent| Finding::RobotsForbid { agent })
}

/// Whether `agent` may fetch `path`: the longest rule of its groups wins, and
/// of two alike the one that allows (RFC 9309, 2.2.2).
fn allows(text: &str, agent: &str, path: &str) -> bool {
    let named = rules(text, agent);
    let rules = named.or_else(|| rules(text, "*")).unwrap_or_default();
    rules
        .into_iter()
        .filter(|(_, pattern)| matches(pattern, path))
        .max_by_key(|(allowed, pattern)| (pattern.len(), *allowed))
        .is_none_or(|(allowed, _)| allowed)
}

/// The rules of all groups that name `agent`; `None` where none does.
fn rules<'a>(text: &'a str, agent: &str) -> Option<Vec<(bool, &'a str)>> {
    let mut found: Option<Vec<(bool, &str)>> = None;
    let mut concerned = false;
    let mut in_rules = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
        match key.as_str() {
            "user-agent" => {
                // A group begins with one or more of these.
                concerned = value.eq_ignore_ascii_case(agent) || concerned && !in_rules;
                in_rules = false;
                if concerned {
                    found.get_or_insert_default();
                }
            }
            "allow" | "disallow" => {
                in_rules = true;
                // An empty rule is none.
                if concerned && !value.is_empty() {
                    found.get_or_insert_default().push((key == "allow", value));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a rule's pattern covers the beginning of `path`: `*` stands for
/// anything, `$` at the end for the path's own end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern
        .strip_suffix('$')
        .map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        // What may stand at the very end need not stand earlier.
        last = Some((rest, part));
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    match last {
        Some((before, part)) if to_end => before.ends_with(part),
        _ => !to_end || rest.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_of_the_named_group_wins() {
        let feed = "/calendars/all.ics";
        for (text, agent, expected) in [
            ("", "*", true),
            ("User-agent: *\nAllow: /\n", "*", true),
            ("User-agent: *\nDisallow:\n", "*", true),
            ("User-agent: *\nDisallow: /\n", "*", false),
            ("\u{feff}User-Agent:*\r\nDISALLOW:/ # all\r\n", "*", false),
            (
                "User-agent: *\nDisallow: /\nAllow: /calendars/\n",
                "*",
                true,
            ),
            (
                "User-agent: *\nAllow: /\nDisallow: /calendars/\n",
                "*",
                false,
            ),
            (
                "User-agent: *\nAllow: /calendars/\nDisallow: /calendars/\n",
                "*",
                true,
            ),
            ("User-agent: *\nDisallow: /*.ics$\n", "*", false),
            ("User-agent: *\nDisallow: /*.ic$\n", "*", false ^ true),
            ("User-agent: *\nDisallow: *all*ics\n", "*", false),
            ("User-agent: *\nDisallow: /a*l$\n", "*", true),
            ("User-agent: Other\nDisallow: /\n", "*", true),
            (
                "User-agent: Other\nUser-agent: *\nDisallow: /\n",
                "*",
                false,
            ),
            (
                "User-agent: *\nUser-agent: Other\nDisallow: /\n",
                "*",
                false,
            ),
            (
                "User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /\n",
                "googlebot",
                true,
            ),
            (
                "User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nAllow: /\n",
                "*",
                false,
            ),
            ("User-agent: googlebot\nDisallow: /\n", "Googlebot", false),
            ("User-agent: *\nDisallow: /\n", "Googlebot", false),
            (
                "User-agent: *\nDisallow: /x\nUser-agent: *\nDisallow: /c\n",
                "*",
                false,
            ),
            ("Disallow: /\n", "*", true),
        ] {
            assert_eq!(allows(text, agent, feed), expected, "{agent} in {text:?}");
        }
    }

    #[test]
    fn patterns_match_as_crawlers_match_them() {
        for (pattern, path, expected) in [
            ("/", "/x", true),
            ("/x", "/x.ics", true),
            ("/x$", "/x.ics", false),
            ("/x$", "/x", true),
            ("/*x$", "/xyx", true),
            ("/*y$", "/xyx", false),
            ("*", "/x", true),
            ("/*", "/x", true),
            ("/a*b*c", "/a-b-c-d", true),
            ("/a*c*b", "/a-b-c-d", false),
            ("/a*", "/a", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn what_is_no_robots_txt_is_named() {
        let answer = |status, body| Answer::sample(status, &[], body);
        for (answer, expected) in [
            (answer(200, "User-agent: *\nAllow: /\n"), Finding::Robots),
            (
                answer(200, "User-agent: *\nDisallow: /\n"),
                Finding::RobotsForbid { agent: "*" },
            ),
            (
                answer(200, "User-agent: Googlebot\nDisallow: /c\n"),
                Finding::RobotsForbid { agent: "Googlebot" },
            ),
            (answer(200, "<!doctype html>"), Finding::RobotsPage),
            (answer(404, ""), Finding::NoRobots { status: 404 }),
            (answer(503, ""), Finding::RobotsFailing { status: 503 }),
        ] {
            assert_eq!(robots(&answer, "/calendars/all.ics"), expected);
        }
    }
}
