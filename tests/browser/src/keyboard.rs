//! The portal without a mouse.

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

use crate::Browser;

/// More stops than any page has.
const STOPS: usize = 300;

impl Browser {
    /// Presses and releases one key, wherever the focus is.
    pub async fn press(&self, key: Key) {
        self.strike(&[key.into()]).await;
    }

    /// Presses a key while Shift is held.
    pub async fn press_with_shift(&self, key: Key) {
        let (shift, key) = (Key::Shift.into(), key.into());
        let actions = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: shift })
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key })
            .then(KeyAction::Up { value: shift });
        self.client.perform_actions(actions).await.expect("Shift and a key");
    }

    /// Follows the link, presses the button or sends the form that has the focus.
    pub async fn press_enter(&self) {
        self.press(Key::Enter).await;
    }

    /// As [`Self::press_enter`] on what leads to another page; waits until that one is there.
    pub async fn enter(&self) {
        self.listen().await;
        let left = self.find("html").await;
        self.press_enter().await;
        self.arrive(&left).await;
    }

    /// Types into what has the focus.
    pub async fn type_text(&self, text: &str) {
        self.strike(&text.chars().collect::<Vec<_>>()).await;
    }

    /// Presses Tab until the focus is on an element that matches `css`; panics with the stops when it never is.
    pub async fn tab_to(&self, css: &str) {
        let mut stops = Vec::new();
        for _ in 0..STOPS {
            self.press(Key::Tab).await;
            let [matches, stop] = self.focus(css).await;
            if matches == "yes" {
                return;
            }
            let around = stop == "body" && !stops.is_empty();
            stops.push(stop);
            if around {
                break;
            }
        }
        panic!("the keyboard never reaches {css} on {}; it stops at: {}", self.address().await, stops.join(", "));
    }

    /// What has the focus, as `tag#id`, for a message or an assertion.
    pub async fn focused(&self) -> String {
        let [_, stop] = self.focus("body").await;
        stop
    }

    async fn focus(&self, css: &str) -> [String; 2] {
        const SCRIPT: &str = "const e = document.activeElement ?? document.body; \
            return [e.matches(arguments[0]) ? 'yes' : 'no', e.localName + (e.id ? '#' + e.id : '')];";
        let found = self.client.execute(SCRIPT, vec![css.into()]).await;
        let found = found.unwrap_or_else(|e| panic!("the focus, looking for {css}: {e}"));
        serde_json::from_value(found).expect("two strings")
    }

    async fn strike(&self, keys: &[char]) {
        let mut actions = KeyActions::new("keyboard".into());
        for &value in keys {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.expect("keys");
    }
}
