//! The lines that an organisation pastes into its own page, and the page
//! that makes them fit.

use askama::Template;

use super::View;
use super::frame::{Frame, Here, selection_name};
use super::register::Register;
use super::widget;
use crate::route::{Drawing, File, Route, Selection};
use crate::texts::{Language, Words};

/// The lines to paste for one selection.
pub(super) struct Lines {
    /// The script and its element.
    pub element: String,
    /// The frame.
    pub frame: String,
    /// The page's address, for programs that ask oEmbed.
    pub page: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<script src=\"{{ script }}\" async></script>\n\
              <spotkajmy-sessions district=\"{{ selection }}\" lang=\"{{ language }}\">\
              <a href=\"{{ page }}\">{{ title }}</a></spotkajmy-sessions>",
    config = "src/page/askama.toml"
)]
struct ElementLine<'a> {
    script: &'a str,
    selection: &'a Selection,
    language: &'a str,
    page: &'a str,
    title: &'a str,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<iframe src=\"{{ address }}\" title=\"{{ title }}\" width=\"100%\" \
              height=\"{{ height }}\" frameborder=\"0\" loading=\"lazy\"></iframe>",
    config = "src/page/askama.toml"
)]
struct FrameLine<'a> {
    address: &'a str,
    title: &'a str,
    height: u32,
}

impl Lines {
    /// The lines for `selection`, in the language of `view`.
    pub fn new(view: &View<'_>, selection: &Selection) -> Lines {
        let links = view.links;
        let language = view.language;
        let page = links.absolute(&Route::page_of(selection, language));
        let title = match selection {
            Selection::All => view.title().to_owned(),
            Selection::Districts(_) => {
                format!("{} – {}", view.title(), selection_name(view, selection))
            }
        };
        Lines {
            element: super::write(&ElementLine {
                script: &links.absolute(&Route::File(File::WidgetScript)),
                selection,
                language: language.code(),
                page: &page,
                title: &title,
            }),
            frame: super::write(&FrameLine {
                address: &links.absolute(&Route::Widget(selection.clone(), language)),
                title: &title,
                height: widget::HEIGHT,
            }),
            page,
        }
    }
}

#[derive(Template)]
#[template(path = "embedding.html", config = "src/page/askama.toml")]
struct Embedding<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    lines: Lines,
    register: Register<'a>,
    languages: Vec<WidgetLanguage>,
    limits: std::ops::RangeInclusive<usize>,
    limit: usize,
    /// The widget of all districts.
    widget: String,
    script: String,
    poster: String,
    qr_code: String,
}

/// A language of the widget.
struct WidgetLanguage {
    code: &'static str,
    name: &'static str,
    is_current: bool,
    /// What stands before the selection in the widget's address.
    before: String,
    /// What stands before the selection in a district page's path.
    page_before: String,
    /// The landing page.
    home: String,
}

/// The page for organisations.
pub fn embedding(view: &View<'_>) -> String {
    let words = view.words();
    let links = view.links;
    let selection = Selection::All;
    let languages = Language::ALL
        .into_iter()
        .map(|language| {
            let home = links.absolute(&Route::Landing(language));
            WidgetLanguage {
                code: language.code(),
                name: language.own_name(),
                is_current: language == view.language,
                before: format!("{home}embed/"),
                page_before: links.choice(language),
                home,
            }
        })
        .collect();
    super::write_page(&Embedding {
        frame: Frame::new(
            view,
            &Route::Organisations(view.language),
            words.embedding,
            words.embedding_means,
            &selection,
        ),
        words,
        lines: Lines::new(view, &selection),
        register: Register::new(view, &selection),
        languages,
        limits: 1..=widget::MOST,
        limit: widget::USUAL,
        widget: links.relative(&Route::Widget(selection.clone(), view.language)),
        script: links.relative(&Route::File(File::WidgetScript)),
        poster: links.relative(&Route::Poster(selection.clone(), view.language)),
        qr_code: links.relative(&Route::QrCode(selection, Drawing::Svg)),
    })
}
