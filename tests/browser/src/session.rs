//! One browser window: opening pages, reading them, filling and clicking.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::commands::Command;
use crate::driver::Driver;

/// How long an element may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a condition is looked at.
const STEP: Duration = Duration::from_millis(10);

const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Whether pages may run scripts. The harness works either way; axe alone needs them (see [`Browser::faults`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JavaScript {
    /// As most people have it.
    On,
    /// Forbidden by the browser's setting, as a partner's policy may do.
    Off,
}

/// A headless Chromium with an empty profile: no cookie, no cache, nothing shared with another test.
/// It dies with this value, also when a test panics.
pub struct Browser {
    pub(crate) client: Client,
    pub(crate) javascript: JavaScript,
    driver: Driver,
    /// What the console told of pages already left.
    pub(crate) told: Mutex<Vec<String>>,
}

impl Browser {
    /// Starts one; panics with the line to type when Chromium is not installed.
    pub async fn start(javascript: JavaScript) -> Self {
        let driver = Driver::start();
        let capabilities = capabilities(&driver, javascript);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap_or_else(|e| panic!("Chromium does not start: {e}"));
        let browser = Self { client, javascript, driver, told: Mutex::default() };
        browser.resize(1280).await;
        browser
    }

    /// Opens an address and waits until the page is loaded.
    pub async fn open(&self, address: &str) {
        self.listen().await;
        self.client.goto(address).await.unwrap_or_else(|e| panic!("{address} does not open: {e}"));
    }

    /// The address shown.
    pub async fn address(&self) -> String {
        self.client.current_url().await.expect("a page is open").into()
    }

    /// Presses the browser's « back ».
    pub async fn back(&self) {
        self.listen().await;
        self.client.back().await.expect("the page before");
    }

    /// The title of the page.
    pub async fn title(&self) -> String {
        self.client.title().await.expect("a page is open")
    }

    /// The HTML as the browser holds it now.
    pub async fn source(&self) -> String {
        self.client.source().await.expect("a page is open")
    }

    /// The first element that matches `css`, waited for.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {css} on {}: {error}\n{}", self.address().await, self.source().await),
        }
    }

    /// How many elements match `css` now.
    pub async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.unwrap_or_else(|e| panic!("{css}: {e}")).len()
    }

    /// The text a reader sees in the first element that matches `css`.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap_or_else(|e| panic!("the text of {css}: {e}"))
    }

    /// Replaces what a field holds.
    pub async fn fill(&self, css: &str, value: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap_or_else(|e| panic!("{css} cannot be emptied: {e}"));
        field.send_keys(value).await.unwrap_or_else(|e| panic!("{css} cannot be filled: {e}"));
    }

    /// Clicks on what leads to another page and waits until that one is there.
    pub async fn follow(&self, css: &str) {
        self.listen().await;
        let left = self.find("html").await;
        self.click(css).await;
        self.arrive(&left).await;
    }

    /// Waits until the page of this element is gone and the next one is loaded.
    pub(crate) async fn arrive(&self, left: &Element) {
        let end = Instant::now() + PATIENCE;
        while left.tag_name().await.is_ok() || self.ready_state().await != "complete" {
            assert!(Instant::now() < end, "no other page comes after {}", self.address().await);
            tokio::time::sleep(STEP).await;
        }
    }

    async fn ready_state(&self) -> Value {
        self.client.execute("return document.readyState", vec![]).await.unwrap_or_default()
    }

    /// Clicks and waits for nothing: a field, a box, a place on the same page.
    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap_or_else(|e| panic!("{css} cannot be clicked: {e}"));
    }

    /// Clicks the link with exactly this text and waits for its page.
    pub async fn click_link(&self, text: &str) {
        let link = self.client.wait().at_most(PATIENCE).for_element(Locator::LinkText(text)).await;
        let link = link.unwrap_or_else(|e| panic!("no link « {text} »: {e}"));
        self.listen().await;
        let left = self.find("html").await;
        link.click().await.unwrap_or_else(|e| panic!("« {text} » cannot be clicked: {e}"));
        self.arrive(&left).await;
    }

    /// Makes the page `width` CSS pixels wide (Chromium's own window stops at 500).
    pub async fn resize(&self, width: u32) {
        let metrics = json!({ "width": width, "height": 1024, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// A screenshot as PNG.
    pub async fn screenshot(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("a screenshot")
    }

    /// A command of the DevTools protocol, for what nothing here offers.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        let answer = self.client.issue_cmd(Command::devtools(command, parameters)).await;
        answer.unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    /// Runs a script as the test, outside the page's content security policy; `return` gives its value.
    pub async fn evaluate(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap_or_else(|e| panic!("{script}: {e}"))
    }

    /// Where files of this browser are kept, gone with it.
    pub(crate) fn downloads(&self) -> std::path::PathBuf {
        self.driver.profile().join("telechargements")
    }

    /// Gives a file to a file field, as its dialogue would.
    pub async fn choose_file(&self, css: &str, path: &std::path::Path) {
        let path = path.to_string_lossy();
        let field = self.find(css).await;
        field.send_keys(&path).await.unwrap_or_else(|e| panic!("{css} does not take {path}: {e}"));
    }

    /// The processes of this browser, for the test that they end.
    pub fn processes(&self) -> Vec<u32> {
        crate::driver::using(self.driver.profile())
    }
}

fn capabilities(driver: &Driver, javascript: JavaScript) -> fantoccini::wd::Capabilities {
    let mut args: Vec<String> = FLAGS.map(String::from).into();
    args.push(format!("--user-data-dir={}", driver.profile().display()));
    let scripts = if javascript == JavaScript::Off { 2 } else { 1 };
    let options = json!({
        "binary": driver.chromium,
        "args": args,
        "prefs": { "profile.managed_default_content_settings.javascript": scripts },
    });
    [
        ("browserName".into(), json!("chrome")),
        ("goog:chromeOptions".into(), options),
        ("goog:loggingPrefs".into(), json!({ "browser": "ALL" })),
    ]
    .into_iter()
    .collect()
}
