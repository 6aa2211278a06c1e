//! Files that a page gives: clicked on, kept in the browser's own folder, read.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::Browser;

/// How long a file may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often the folder is looked at.
const STEP: Duration = Duration::from_millis(10);

impl Browser {
    /// Clicks on what gives a file; its name and what is in it, once it is there whole. The folder is emptied first.
    pub async fn download(&self, css: &str) -> (String, Vec<u8>) {
        let folder = self.downloads();
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).expect("a folder for what is downloaded");
        let allowed = json!({ "behavior": "allow", "downloadPath": folder });
        self.devtools("Browser.setDownloadBehavior", allowed).await;
        self.click(css).await;
        let end = Instant::now() + PATIENCE;
        loop {
            // Chromium gives a file its name when it is whole.
            let mut names = std::fs::read_dir(&folder).expect("the folder").flatten().map(|e| e.path());
            if let Some(file) = names.find(|path| is_whole(path)) {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                return (name, std::fs::read(&file).expect("the file"));
            }
            assert!(Instant::now() < end, "{css} on {} gives no file", self.address().await);
            tokio::time::sleep(STEP).await;
        }
    }
}

fn is_whole(path: &std::path::Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    !name.starts_with('.') && !name.ends_with(".crdownload")
}
