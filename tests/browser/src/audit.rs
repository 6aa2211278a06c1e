//! What every page must satisfy: axe, 320 pixels, one heading, a title, its own security policy.

use serde_json::Value;

use crate::commands::Command;
use crate::{Browser, JavaScript};

/// The accessibility rules, vendored: see `vendor/axe-core/README.md`.
const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// WCAG 2.x levels A and AA, and what axe knows of the RGAA. One finding is known and left out: govuk-frontend tells by
/// `aria-expanded` that a radio reveals a field, which ARIA does not foresee and screen readers say all the same
/// (<https://github.com/alphagov/govuk-frontend/issues/979>).
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'RGAAv4'];
    const known = (v, css) => v.id === 'aria-allowed-attr' && document.querySelector(css)?.matches('.govuk-radios__input[aria-controls]');
    const places = v => v.nodes.map(n => n.target.join(' ')).filter(css => !known(v, css));
    window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }).then(
        r => done(r.violations.filter(v => places(v).length).map(v => `axe ${v.id}: ${v.help}: ${places(v).join(', ')}`)),
        e => done([`axe failed: ${e}`]));";

const STRUCTURE: &str = "
    const found = [];
    const headings = document.querySelectorAll('h1').length;
    if (headings !== 1) found.push(`${headings} h1 instead of one`);
    if (!document.title.trim()) found.push('no title');
    return found;";

const OVERFLOW: &str = "
    const wide = document.documentElement.scrollWidth;
    if (wide <= window.innerWidth) return [];
    const scrolled = e => e.parentElement && (getComputedStyle(e.parentElement).overflowX !== 'visible' || scrolled(e.parentElement));
    const out = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth && !scrolled(e));
    const name = e => e.localName + (e.id ? '#' + e.id : '') + [...e.classList].map(c => '.' + c).join('');
    return [`${wide} pixels wide at ${window.innerWidth}: ` + out.slice(0, 5).map(name).join(', ')];";

impl Browser {
    /// Panics with everything that is wrong with the page shown.
    pub async fn assert_sound(&self) {
        let found = self.faults().await;
        assert!(found.is_empty(), "{} « {} »:\n{}", self.address().await, self.title().await, found.join("\n"));
    }

    /// What is wrong with the page shown, a line each: violations found by axe, width at 320 pixels, `h1` and title,
    /// and the errors the console has told since the last call, violations of the security policy included. axe answers by promises, which a page without scripts never keeps: there it is left out.
    pub async fn faults(&self) -> Vec<String> {
        let mut found = self.console_errors().await;
        found.extend(self.list(STRUCTURE).await);
        if self.javascript == JavaScript::On {
            found.extend(self.axe().await);
        }
        self.resize(320).await;
        found.extend(self.list(OVERFLOW).await);
        self.resize(1280).await;
        found.extend(self.console_errors().await);
        found
    }

    /// The console's errors since the last call, of pages left in between too: scripts that failed, addresses that did
    /// not load, refused by policy. A page that answers 4xx on purpose is an error there too; it is left out.
    pub async fn console_errors(&self) -> Vec<String> {
        self.listen().await;
        std::mem::take(&mut *self.told.lock().expect("no panic while listening"))
    }

    /// Keeps what the console told of the page shown, before it is left.
    pub(crate) async fn listen(&self) {
        let entries = self.client.issue_cmd(Command::console()).await.expect("the console");
        let page = self.address().await;
        let errors = entries.as_array().into_iter().flatten().filter(|entry| entry["level"] == "SEVERE");
        let messages = errors.filter_map(|entry| entry["message"].as_str());
        let wrong = messages.filter(|m| !is_the_answer_of(m, &page)).map(|m| format!("console: {m}"));
        self.told.lock().expect("no panic while listening").extend(wrong);
    }

    async fn axe(&self) -> Vec<String> {
        self.client.execute(AXE, vec![]).await.expect("axe loads");
        let answer = self.client.execute_async(RUN, vec![]).await;
        lines(answer.unwrap_or_else(|e| panic!("axe: {e}")))
    }

    async fn list(&self, script: &str) -> Vec<String> {
        lines(self.evaluate(script).await)
    }
}

fn is_the_answer_of(message: &str, page: &str) -> bool {
    let page = page.split('#').next().unwrap_or_default();
    message.starts_with(&format!("{page} - Failed to load resource: the server responded with a status of 4"))
}

fn lines(value: Value) -> Vec<String> {
    serde_json::from_value(value).expect("a list of strings")
}
