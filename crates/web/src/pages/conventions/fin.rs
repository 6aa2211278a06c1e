//! The end of a convention: how it may end, and exactly what closes before a person confirms it.

use super::actes::{formulaire, page};
use super::lettres::max;
use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{
    BulletList, Button, ButtonGroup, Choice, DateInput, Hidden, Link, Markup, Radios, SummaryList, SummaryRow,
    TextArea, WarningText,
};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{en_tete, label};
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{CompteFerme, Consequences, FicheConvention, FinPrevue};
use domain::compte::EtatCompte;
use domain::convention::PapierVise;

/// How and when the convention ends.
#[must_use]
pub fn fin_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    let page = page(frame, f, ("Mettre fin à la convention", form)).phrase(
        "Une fin ne s’enregistre que si les textes la permettent. Avant de confirmer, vous verrez exactement ce qu’elle ferme.",
    );
    let mut choices = Vec::new();
    for v in &f.voies {
        let quoi = format!("{} : {}", en_tete(v.papier.libelle()), label(v.cause.libelle()));
        let aide = match &v.possible {
            Ok(p) if p.seul_jour => format!("Possible le {}, à l’échéance.", jour_en_lettres(p.le)),
            Ok(p) => format!("Possible à partir du {}.", jour_en_lettres(p.le)),
            Err(refus) => label(&refus.to_string()),
        };
        choices.push(Choice::new(format!("{}.{}", v.papier.code(), v.cause.code()), quoi).hint(aide));
    }
    if choices.is_empty() {
        return page.phrase("Les textes enregistrés ne prévoient aucune fin avant le terme.");
    }
    let formulaire = formulaire(frame, f, "fin")
        .with(&Radios::new("voie", "Comment prend-elle fin ?", choices).form(form))
        .with(&DateInput::new("le", "Premier jour sans accès").form(form))
        .with(&TextArea::new("motif", "Pourquoi ?", max()).rows(3).form(form))
        .with(&Button::submit("Voir ce que cela ferme"));
    page.with(&formulaire)
}

/// What an end closes, exactly, before it is confirmed.
#[must_use]
pub fn confirmation_page(frame: &Frame, p: &FinPrevue, form: &FormState) -> FeuillePage {
    let page = FeuillePage::new(frame, "Confirmer la fin de la convention", form)
        .retour("Modifier", act_path(&p.cle, "fin"))
        .with(&SummaryList::new(vec![
            SummaryRow::new("Convention", en_tete(p.papier.libelle())),
            SummaryRow::new("Cause", en_tete(p.cause.libelle())),
            SummaryRow::new("Premier jour sans accès", jour_en_lettres(p.le)),
            SummaryRow::new("Raison", p.motif.clone()),
            open_demandes(&p.consequences),
        ]));
    let page = if p.papier == PapierVise::Metier {
        page.phrase("La convention d’utilisation prend fin avec la convention métier.")
    } else {
        page
    };
    let page = closed(page.titre("Ce que cela ferme"), (&p.structure, &p.caisse), &p.consequences);
    let formulaire = Formulaire::post(frame, act_path(&p.cle, "fin/confirmer"))
        .version(p.version)
        .hidden("voie", format!("{}.{}", p.papier.code(), p.cause.code()))
        .with_markup(&date(p.le))
        .hidden("motif", p.motif.as_str())
        .with_some(code_de_renfort(frame, form))
        .with(
            &ButtonGroup::new(&Button::submit("Confirmer la fin").warning())
                .with(&Link::new("Ne rien changer", convention_path(&p.cle))),
        );
    let now = p.immediate.then(|| WarningText::new("Ce jour est déjà venu : l’accès ferme tout de suite."));
    page.with_some(now).with(&formulaire)
}

/// How many demandes an end leaves open at the caisse.
pub(in crate::pages) fn open_demandes(c: &Consequences) -> SummaryRow {
    SummaryRow::new("Demandes ouvertes à cette caisse", c.demandes.to_string())
}

/// The comptes that an end closes, or the caisses that keep them open (CO-6).
pub(in crate::pages) fn closed(page: FeuillePage, (structure, caisse): (&str, &str), c: &Consequences) -> FeuillePage {
    if !c.restent.is_empty() {
        let caisse = label(caisse);
        return page
            .phrase(&format!("Seul l’accès à {caisse} ferme. Les comptes de {structure} restent ouverts pour :"))
            .with(&BulletList::new(c.restent.iter().map(|nom| label(nom))));
    }
    let n = c.comptes.len();
    let s = if n > 1 { "s" } else { "" };
    let line = |x: &CompteFerme| {
        let invite = if x.etat == EtatCompte::Invite { ", invité" } else { "" };
        format!("{} ({}{invite})", x.nom, x.profil.libelle().to_lowercase())
    };
    page.phrase(&format!(
        "{structure} n’a plus d’autre convention : tous ses comptes seront inactivés. {n} compte{s} :"
    ))
    .with(&BulletList::new(c.comptes.iter().map(line)))
}

fn date(le: chrono::NaiveDate) -> Markup {
    use chrono::Datelike;
    let [jour, mois, annee] = DateInput::names("le");
    Markup::of(&Hidden::new(jour, le.day().to_string()))
        .and(&Hidden::new(mois, le.month().to_string()))
        .and(&Hidden::new(annee, le.year().to_string()))
}
