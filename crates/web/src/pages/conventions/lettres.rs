//! Registered letters: the table, and the forms that record one, its receipt, the repair (CO-5).

use super::actes::signatories;
use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{Button, Cell, Choice, DateInput, Details, Radios, Table, TextArea, TextInput, Width};
use crate::pages::feuille::{FeuillePage, Formulaire};
use crate::pages::mots::{en_tete, label};
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{FicheConvention, LettreVue, MOTIF_MAX};
use domain::convention::{NatureLettre, PapierVise};

/// Greatest length of a text, for the counter of the field.
pub(super) fn max() -> u32 {
    u32::try_from(MOTIF_MAX).unwrap_or(2000)
}

/// The letters of a convention, with the first day on which the other party may act.
pub(super) fn table(f: &FicheConvention) -> Table {
    let heads = ["Lettre", "Convention", "Envoyée", "Reçue", "Ce qui suit"].map(Cell::new).into();
    f.lettres.iter().fold(Table::new("Lettres recommandées", heads).hide_caption(), |table, vue| {
        let l = &vue.lettre.lettre;
        table.row(vec![
            Cell::new(format!("{} n° {}", en_tete(l.nature.libelle()), vue.lettre.texte.numero)),
            Cell::new(format!("{}, par {}", label(l.papier.libelle()), label(l.par.libelle()))),
            Cell::new(jour_en_lettres(l.envoyee_le)),
            Cell::new(l.recue_le.map_or("à compléter".to_owned(), jour_en_lettres)),
            Cell::new(follows(vue)),
        ])
    })
}

fn follows(vue: &LettreVue) -> String {
    let l = &vue.lettre.lettre;
    if let Some(le) = l.reparee_le {
        return format!("manquement réparé le {}", jour_en_lettres(le));
    }
    match vue.delai {
        Some(d) => format!(
            "à réparer jusqu’au {} ; résiliation possible à partir du {}{}",
            jour_en_lettres(d.dernier_jour_pour_reparer),
            jour_en_lettres(d.possible_le),
            if d.seconde_lettre { ", par une seconde lettre recommandée" } else { "" }
        ),
        None if l.est_ouverte() => "le délai court de la réception, à compléter".to_owned(),
        None => String::new(),
    }
}

/// The letters of a convention with their forms; `form` is the refused one, or empty.
#[must_use]
pub fn lettres_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    let titre = format!("Lettres recommandées : {}", f.dossier().stipulations.partenaire.nom_affiche());
    let mut page = FeuillePage::new(frame, titre, form).wide().retour("La convention", convention_path(f.cle())).phrase(
        "Une lettre recommandée fixe à partir de quand l’autre partie peut agir. Rien ne prend fin par le seul passage du temps.",
    );
    if !f.lettres.is_empty() {
        page = page.titre("Lettres enregistrées").with(&table(f));
        for vue in &f.lettres {
            page = follow_up(page, frame, f, (vue, form));
        }
    }
    page.titre("Enregistrer une lettre").with(&new_letter(frame, f, form))
}

fn new_letter(frame: &Frame, f: &FicheConvention, form: &FormState) -> Formulaire {
    let papiers = PapierVise::TOUS.iter().map(|p| Choice::new(p.code(), en_tete(p.libelle()))).collect();
    let natures = NatureLettre::TOUS.iter().map(|n| Choice::new(n.code(), en_tete(n.libelle()))).collect();
    let parties = signatories(f).iter().map(|r| Choice::new(r.code(), en_tete(r.libelle()))).collect();
    Formulaire::post(frame, act_path(f.cle(), "lettres"))
        .version(f.row.version)
        .with(&Radios::new("papier", "Quelle convention ?", papiers).form(form))
        .with(&Radios::new("nature", "Que dit la lettre ?", natures).form(form))
        .with(&Radios::new("par", "Qui l’envoie ?", parties).form(form))
        .with(&DateInput::new("envoyee_le", "Date d’envoi").form(form))
        .with(&DateInput::new("recue_le", "Date de réception, si elle est connue").form(form))
        .with(
            &TextInput::new("numero", "Numéro de la lettre recommandée")
                .width(Width::Medium)
                .autocomplete("off")
                .form(form),
        )
        .with(&TextArea::new("motif", "Ce qu’elle dit", max()).rows(4).form(form))
        .with(&Button::submit("Enregistrer la lettre"))
}

/// Receipt and repair of one letter. A refused form is shown open at its letter.
fn follow_up(
    page: FeuillePage,
    frame: &Frame,
    f: &FicheConvention,
    (vue, form): (&LettreVue, &FormState),
) -> FeuillePage {
    let l = &vue.lettre.lettre;
    let nom = format!("{} n° {}", label(l.nature.libelle()), vue.lettre.texte.numero);
    let mine = |champ: &str| format!("{champ}_{}", l.id);
    let of_letter = |acte: &str| {
        let action = act_path(f.cle(), &format!("lettres/{acte}"));
        Formulaire::post(frame, action).version(f.row.version).hidden("lettre", l.id.to_string())
    };
    let mut page = page;
    if l.recue_le.is_none() {
        let champ = mine("recue_le");
        let formulaire = of_letter("recue")
            .with(&DateInput::new(champ.as_str(), "Date de réception").form(form))
            .with(&Button::submit("Enregistrer la réception"));
        let details = Details::new(format!("Dire quand a été reçue la lettre : {nom}"), formulaire);
        page = page.with(&if form.error(&champ).is_some() { details.open() } else { details });
    }
    if l.est_ouverte() && f.row.actes.fin_de(l.papier).is_none() {
        let (date, texte) = (mine("reparee_le"), mine("reparation"));
        let formulaire = of_letter("reparee")
            .with(&DateInput::new(date.as_str(), "Date de la réparation").form(form))
            .with(&TextArea::new(texte.as_str(), "Comment le manquement est réparé", max()).rows(3).form(form))
            .with(&Button::submit("Clore la mise en demeure"));
        let open = form.error(&date).is_some() || form.error(&texte).is_some();
        let details = Details::new(format!("Le manquement est réparé : {nom}"), formulaire);
        page = page.with(&if open { details.open() } else { details });
    }
    page
}
