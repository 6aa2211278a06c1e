//! The page of the demonstration.

use super::{Page, instant_en_lettres};
use crate::frame::Frame;
use crate::routes::demo::{CLOCK_PATH, DemoMail, DemoView, Step};
use askama::Template;
use chrono_tz::Europe::Paris;

/// Accounts, mailbox and clock of the demonstration.
#[derive(Template)]
#[template(path = "demonstration.html")]
pub struct DemonstrationPage {
    page: Page,
    view: DemoView,
}

impl DemonstrationPage {
    /// The page of this request.
    #[must_use]
    pub fn new(frame: &Frame, view: DemoView) -> Self {
        Self { page: Page::new(frame, "Page de démonstration"), view }
    }

    fn now(&self) -> String {
        instant_en_lettres(self.view.now, Paris)
    }

    fn steps(&self) -> [Step; 4] {
        Step::ALL
    }

    fn clock(&self) -> &'static str {
        CLOCK_PATH
    }

    fn sent(&self, mail: &DemoMail) -> String {
        instant_en_lettres(mail.date, Paris)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::demo::{DemoAccount, DemoStep};
    use crate::testing::{assert_page, config};

    fn view() -> DemoView {
        let account = DemoAccount {
            profil: "Agent",
            fonction: "Étude des droits".into(),
            nom: "Camille Exemple".into(),
            login: "camille.exemple".into(),
            password: "tilleul-bascule-orage-47".into(),
            code: "012345".into(),
        };
        DemoView {
            now: "2029-01-08T08:00:00Z".parse().unwrap(),
            visite: vec![
                DemoStep {
                    quoi: "Un complément est demandé".into(),
                    compte: Some(account.clone()),
                    adresse: "/demandes/EP-1".into(),
                },
                DemoStep { quoi: "Une invitation".into(), compte: None, adresse: "/invitation/cd".into() },
            ],
            antivirus: false,
            organisations: vec![("CPAM du Var".into(), vec![account])],
            mails: vec![DemoMail {
                date: "2029-01-05T13:05:00Z".parse().unwrap(),
                to: "camille@cpam-var.example".into(),
                subject: "Espace Partenaires : <nouveau>".into(),
                body: "Bonjour,\n\nOuvrez ce lien.".into(),
                link: Some("/invitation/ab".into()),
            }],
            mail_count: 1,
        }
    }

    #[test]
    fn the_page_shows_accounts_codes_mails_and_the_clock() {
        let frame = Frame::new(config(), "req-1".into(), "/demonstration".into());
        let html = DemonstrationPage::new(&frame, view()).render().unwrap();
        assert_page(&html);
        for part in [
            "8 janvier 2029 à 9 h 00",
            "camille.exemple",
            "tilleul-bascule-orage-47",
            "012345",
            "&#60;nouveau&#62;",
            "5 janvier 2029 à 14 h 05",
            "href=\"/invitation/ab\"",
            "name=\"pas\" value=\"six-mois\"",
            "toutes les 30 secondes",
            "href=\"/demandes/EP-1\"",
            "href=\"/invitation/cd\"",
            "Étude des droits",
            "Aucun antivirus",
        ] {
            assert!(html.contains(part), "{part}");
        }
    }
}
