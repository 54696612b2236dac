//! Which headers keep a page from running or asking for anything foreign.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest as _, Sha256};

use super::widget;

/// Content-Security-Policy of every page but the two below: own style and
/// script only, in nobody's frame. Audits of a page read robots.txt from it.
pub const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

/// Content-Security-Policy of the page for organisations, which also shows the
/// widget in a frame, as others will have it.
pub const ORGANISATIONS_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'; frame-src 'self'";

/// Content-Security-Policy of XML that is no page, drawings too: it asks for
/// nothing.
pub const FILE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Referrer-Policy of what has links: other sites learn nothing.
pub const REFERRER_POLICY: &str = "no-referrer";

/// Content-Security-Policy of the widget: anybody's frame, and only the one
/// style and the one script that stand in it, by their digests.
pub fn widget_policy() -> &'static str {
    static POLICY: LazyLock<String> = LazyLock::new(|| {
        format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; \
             form-action 'none'; frame-ancestors *",
            digest(widget::STYLE),
            digest(widget::SCRIPT),
        )
    });
    &POLICY
}

/// A CSP hash source of `text`.
fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    format!("sha256-{}", BASE64_STANDARD.encode(digest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_policy_allows_inline_script() {
        for policy in [
            PAGE_POLICY,
            ORGANISATIONS_POLICY,
            FILE_POLICY,
            widget_policy(),
        ] {
            assert!(!policy.contains("unsafe"), "{policy}");
        }
    }
}
