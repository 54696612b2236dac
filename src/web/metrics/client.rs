//! A User-Agent -> the family of calendar programs that it belongs to.
//!
//! A closed list, so that nothing a client sends ever becomes a label.

/// A family of calendar programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Client {
    /// Google Calendar, which fetches once for all of its subscribers.
    Google,
    /// Calendar on iOS, iPadOS and macOS.
    Apple,
    /// Outlook, on the desktop and on the web, and Exchange.
    Outlook,
    /// Thunderbird.
    Thunderbird,
    /// Anything else, browsers among it, and who does not say.
    Other,
}

/// How the User-Agent of a family begins: iOS names itself `iOS/17.4 (21E219)
/// dataaccessd/1.0`, macOS `macOS/14.4 (23E214) CalendarAgent/1076`.
const BEGINNINGS: [(&[u8], Client); 6] = [
    (b"Google", Client::Google),
    (b"iOS/", Client::Apple),
    (b"macOS/", Client::Apple),
    (b"Mac OS X/", Client::Apple),
    (b"Mac+OS+X/", Client::Apple),
    (b"Microsoft", Client::Outlook),
];

/// How the last word of one begins that begins like a browser's.
const LAST_WORDS: [(&[u8], Client); 3] = [
    (b"Thunderbird/", Client::Thunderbird),
    (b"CalendarAgent/", Client::Apple),
    (b"dataaccessd/", Client::Apple),
];

/// What stands somewhere in it; both begin with a letter of [`Client::of`].
const WITHIN: [(&[u8], Client); 2] = [(b"Google", Client::Google), (b"Outlook", Client::Outlook)];

/// Nothing is looked for after so many bytes.
const LONGEST: usize = 256;

impl Client {
    /// Every family, in the order of their counters.
    pub const ALL: [Client; 5] = [
        Client::Google,
        Client::Apple,
        Client::Outlook,
        Client::Thunderbird,
        Client::Other,
    ];

    /// The family of a User-Agent header; [`Client::Other`] for an empty one.
    pub fn of(user_agent: &[u8]) -> Client {
        let agent = &user_agent[..user_agent.len().min(LONGEST)];
        let last_word = agent.rsplit(|byte| *byte == b' ').next().unwrap_or(agent);
        starting(agent, &BEGINNINGS)
            .or_else(|| starting(last_word, &LAST_WORDS))
            .or_else(|| {
                let begins = |at: &usize| matches!(agent[*at], b'G' | b'O');
                let mut begun = (0..agent.len()).filter(begins);
                begun.find_map(|at| starting(&agent[at..], &WITHIN))
            })
            .unwrap_or(Client::Other)
    }

    /// The family's name in the metrics.
    pub const fn label(self) -> &'static str {
        match self {
            Client::Google => "google",
            Client::Apple => "apple",
            Client::Outlook => "outlook",
            Client::Thunderbird => "thunderbird",
            Client::Other => "other",
        }
    }
}

fn starting(text: &[u8], with: &[(&[u8], Client)]) -> Option<Client> {
    with.iter()
        .find(|(beginning, _)| text.starts_with(beginning))
        .map(|(_, client)| *client)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_told_by_their_user_agent() {
        fn check(user_agent: &str, expected: Client) {
            assert_eq!(Client::of(user_agent.as_bytes()), expected, "{user_agent}");
        }
        check("Google-Calendar-Importer", Client::Google);
        check(
            "Mozilla/5.0 (compatible; Google-Calendar-Importer; +https://calendar.google.com)",
            Client::Google,
        );
        check("iOS/17.4 (21E219) dataaccessd/1.0", Client::Apple);
        check("macOS/14.4 (23E214) CalendarAgent/1076", Client::Apple);
        check(
            "Mac OS X/10.15.7 (19H2) CalendarAgent/930.5.1",
            Client::Apple,
        );
        check(
            "Mac+OS+X/10.11.6 (15G31) CalendarAgent/361.2",
            Client::Apple,
        );
        check("Microsoft.Exchange/15.20", Client::Outlook);
        check(
            "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)",
            Client::Outlook,
        );
        check(
            "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Microsoft Outlook 16.0)",
            Client::Outlook,
        );
        check(
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0",
            Client::Thunderbird,
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like \
             Gecko) Version/17.4 Safari/605.1.15",
            Client::Other,
        );
        check("ICSx5/2.2.2 (2024; ktor) Android/14", Client::Other);
        check("curl/8.5.0", Client::Other);
        check("", Client::Other);
        check("GOGOGO", Client::Other);
        check(&format!("{}Google", "x".repeat(LONGEST)), Client::Other);
        assert_eq!(Client::of(b"\xff\x00 Google"), Client::Google);
    }

    #[test]
    fn each_family_has_the_place_of_its_counter() {
        for (place, client) in Client::ALL.into_iter().enumerate() {
            assert_eq!(client as usize, place);
        }
    }
}
