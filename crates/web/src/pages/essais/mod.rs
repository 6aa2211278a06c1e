//! Every page of demandes, queue and home, each kind of page of conventions rendered from samples: well formed, one `h1`, and what it must say.

mod conventions;
mod depot;
mod fiche;
mod formulaires;
mod listes;
mod pieces;

use crate::testing::assert_page;
use askama::Template;
use scraper::{Html, Selector};

/// The texts of the page's main content, after the page was checked as a whole.
fn texts(page: &impl Template) -> Vec<String> {
    let html = page.render().unwrap();
    assert_page(&html);
    let document = Html::parse_document(&html);
    let main = document.select(&Selector::parse("main").unwrap()).next().unwrap();
    let texts = main.text().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    texts.filter(|text| !text.is_empty()).collect()
}

/// The main content as one text.
fn shown(page: &impl Template) -> String {
    texts(page).join(" ")
}

/// The main content, its texts parted by bars, in lines one can read.
fn read_out(page: &impl Template) -> String {
    let mut lines = vec![String::new()];
    for text in texts(page) {
        let line = lines.last_mut().unwrap();
        if !line.is_empty() && line.len() + text.len() > 100 {
            lines.push(text);
        } else {
            line.push_str(if line.is_empty() { "" } else { " | " });
            line.push_str(&text);
        }
    }
    lines.join("\n")
}

fn count(page: &impl Template, css: &str) -> usize {
    let html = page.render().unwrap();
    Html::parse_document(&html).select(&Selector::parse(css).unwrap()).count()
}

fn attributes(page: &impl Template, css: &str, name: &str) -> Vec<String> {
    let html = Html::parse_document(&page.render().unwrap());
    let selector = Selector::parse(css).unwrap();
    html.select(&selector).map(|e| e.attr(name).unwrap_or_default().to_owned()).collect()
}
