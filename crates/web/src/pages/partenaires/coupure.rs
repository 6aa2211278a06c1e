//! Cutting a structure: what it closes, the decision and its notice, then taking it back (PA-3).

use super::fiche_path;
use crate::frame::Frame;
use crate::pages::composants::{
    Button, Choice, DateInput, InsetText, Markup, SummaryList, SummaryRow, TextArea, TextInput, WarningText, Width,
};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::renfort::{code_de_renfort, code_nomme};
use crate::pages::{FormState, jour_en_lettres};
use app::partenaire::{Apercu, Coupe, Coupure};
use domain::calendrier::jour_civil;

/// Means of a notice that can be proved.
const MOYENS: [&str; 4] = [
    "Lettre recommandée avec avis de réception",
    "Lettre recommandée électronique",
    "Remise en main propre contre décharge",
    "Acte d’huissier",
];

/// The page, in each of its three states.
#[must_use]
pub fn coupure(frame: &Frame, a: &Apercu, fait: Option<&'static str>, form: &FormState) -> FeuillePage {
    let page = FeuillePage::new(frame, format!("Accès de {}", a.structure), form)
        .retour("Fiche", fiche_path(&a.cle))
        .legende(a.caisse.clone())
        .avis(fait);
    let page = match &a.coupe {
        Coupe::Ouverte if !a.en_cours => {
            page.phrase("Cette convention n’est pas activée, ou elle est terminée : il n’y a pas d’accès à couper.")
        }
        Coupe::Ouverte => open(page, frame, a, form),
        Coupe::Coupee(coupure) => cut(page, frame, (a, coupure), form),
        Coupe::Gelee(par) => frozen(page, frame, (a, par), form),
    };
    past(page, a)
}

fn open(page: FeuillePage, frame: &Frame, a: &Apercu, form: &FormState) -> FeuillePage {
    let s = |n: u64| if n > 1 { "s" } else { "" };
    let mut closed = vec![
        SummaryRow::new("Gestionnaires", format!("{} compte{} sans accès", a.gestionnaires, s(a.gestionnaires))),
        SummaryRow::new("Techniciens", format!("{} compte{} sans accès", a.techniciens, s(a.techniciens))),
        SummaryRow::new("Sessions ouvertes", "Toutes fermées à la prochaine page"),
    ];
    let others = if a.autres.is_empty() {
        "Aucune : la structure ne travaille qu’avec votre caisse".to_owned()
    } else {
        format!("{} : accès gelé, chacune décide de le rouvrir ou non", a.autres.join(", "))
    };
    closed.push(SummaryRow::new("Autres caisses", others));
    page.phrase("Pour un usage contraire à la convention ou aux conditions générales (article 4.1), le directeur de la caisse peut couper toute la structure. La coupure prend effet immédiatement.")
        .titre("Ce que la coupure ferme")
        .with(&SummaryList::new(closed))
        .with(&WarningText::new("Les demandes en cours restent à la caisse, qui les termine. La structure ne les voit plus."))
        .titre("La décision et sa notification")
        .with(&decision(frame, a, form))
}

/// The decision and its notice.
fn decision(frame: &Frame, a: &Apercu, form: &FormState) -> Formulaire {
    let moyens = MOYENS.map(|m| Choice::new(m, m)).into();
    Formulaire::post(frame, path(a, ""))
        .with(
            &TextArea::new("motif", "Ce que la caisse reproche à la structure", 2_000)
                .hint("Gardé avec la décision. Ni nom d’assuré, ni donnée de santé.")
                .form(form),
        )
        .with(
            &TextInput::new("par", "Décision prise par")
                .hint("La qualité, par exemple : le directeur de la caisse.")
                .width(Width::TwoThirds)
                .form(form),
        )
        .with(&DateInput::new("le", "Date de la décision").form(form))
        .with(
            &crate::pages::composants::Radios::new("moyen", "Comment la structure est-elle prévenue ?", moyens)
                .form(form),
        )
        .with(
            &TextInput::new("numero", "Numéro de la lettre, ou ce qui prouve la remise")
                .width(Width::TwoThirds)
                .form(form),
        )
        .with(&DateInput::new("envoyee_le", "Date de l’envoi").form(form))
        .with_some(code_de_renfort(frame, form))
        .with(&Button::submit("Couper l’accès de la structure").warning())
}

fn cut(page: FeuillePage, frame: &Frame, (a, c): (&Apercu, &Coupure), form: &FormState) -> FeuillePage {
    let d = &c.decision;
    let recue = c.recue_le.map_or_else(|| "Pas encore notée".to_owned(), jour_en_lettres);
    let rows = vec![
        SummaryRow::new("Motif", d.motif.clone()),
        SummaryRow::new("Décision", format!("{}, le {}", d.par, jour_en_lettres(d.le))),
        SummaryRow::new("Notification", format!("{}, {}", d.moyen, d.numero)),
        SummaryRow::new("Envoyée le", jour_en_lettres(d.envoyee_le)),
        SummaryRow::new("Reçue le", recue),
    ];
    let page = page.with(&WarningText::new("L’accès de cette structure est coupé.")).with(&SummaryList::new(rows));
    let page = if c.recue_le.is_none() {
        let formulaire = Formulaire::post(frame, path(a, "/reception"))
            .with(&DateInput::new("recue_le", "Date de réception de la notification").form(form))
            .with_some(code_nomme(frame, form, "code_reception"))
            .with(&Button::submit("Noter la réception").secondary());
        page.titre("Réception de la notification").with(&formulaire)
    } else {
        page
    };
    let formulaire = Formulaire::post(frame, path(a, "/lever"))
        .with(&TextArea::new("motif", "Pourquoi l’accès est rouvert", 2_000).rows(3).form(form))
        .with_some(code_de_renfort(frame, form))
        .with(&Button::submit("Lever la coupure"));
    page.titre("Lever la coupure")
        .with(&InsetText::new("L’accès à votre caisse rouvre aussitôt, et celui des caisses que cette coupure a gelées. Les deux côtés en sont prévenus."))
        .with(&formulaire)
}

fn frozen(page: FeuillePage, frame: &Frame, (a, par): (&Apercu, &str), form: &FormState) -> FeuillePage {
    let formulaire = Formulaire::post(frame, path(a, "/rouvrir"))
        .with(&TextArea::new("motif", "Pourquoi votre caisse rouvre l’accès", 2_000).rows(3).form(form))
        .with_some(code_de_renfort(frame, form))
        .with(&Button::submit("Rouvrir l’accès à ma caisse"));
    page.with(&WarningText::new(format!("{par} a coupé cette structure : ses comptes sont gelés partout.")))
        .phrase("Votre caisse décide seule de rouvrir, ou non, l’accès qui la concerne. Sans décision, il reste gelé. Pour connaître les motifs, adressez-vous à l’autre caisse.")
        .with(&formulaire)
}

fn past(page: FeuillePage, a: &Apercu) -> FeuillePage {
    if a.passees.is_empty() {
        return page;
    }
    let rows = a.passees.iter().map(|c| {
        let lifted = c.levee_le.map(|le| jour_en_lettres(jour_civil(a.zone, le))).unwrap_or_default();
        SummaryRow::new(
            format!("Décision du {}", jour_en_lettres(c.decision.le)),
            Markup::text(&format!("{} ; levée le {lifted}", c.decision.motif)),
        )
    });
    page.titre("Coupures passées").with(&SummaryList::new(rows.collect()))
}

fn path(a: &Apercu, suite: &str) -> String {
    format!("/conventions/{}/coupure{suite}", a.cle)
}
