//! Registered letters: the table, and the forms that record one, its receipt, the repair (CO-5).

use super::blocs::{Contenu, ConventionsPage, en_tete, mot};
use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{Cell, Choice, DateInput, Details, Hidden, Radios, Table, TextArea, TextInput, Width};
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{FicheConvention, LettreVue, MOTIF_MAX};
use domain::convention::{NatureLettre, PapierVise, Role};

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
            Cell::new(format!("{}, par {}", mot(l.papier.libelle()), mot(l.par.libelle()))),
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
pub fn lettres_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> ConventionsPage {
    let mut contenu = Contenu::default().paragraph(
        "Une lettre recommandée fixe à partir de quand l’autre partie peut agir. Rien ne prend fin par le seul passage du temps.",
    );
    if !f.lettres.is_empty() {
        contenu = contenu.heading("Lettres enregistrées").add(&table(f));
        for vue in &f.lettres {
            contenu = follow_up(contenu, frame, f, (vue, form));
        }
    }
    contenu = contenu.heading("Enregistrer une lettre");
    let action = act_path(f.cle(), "lettres");
    contenu = contenu.form(frame, (&action, f.row.version), new_letter(f, form));
    let titre = format!("Lettres recommandées : {}", f.dossier().stipulations.partenaire.nom_affiche());
    ConventionsPage::new(frame, titre, contenu.0).back("La convention", convention_path(f.cle())).refused(form)
}

fn new_letter(f: &FicheConvention, form: &FormState) -> Contenu {
    let papiers = PapierVise::TOUS.iter().map(|p| Choice::new(p.code(), en_tete(p.libelle()))).collect();
    let natures = NatureLettre::TOUS.iter().map(|n| Choice::new(n.code(), en_tete(n.libelle()))).collect();
    let d = f.dossier();
    let party = |r: &Role| PapierVise::TOUS.iter().any(|p| d.papier(*p).parties().contains(r));
    let parties = Role::TOUS.iter().filter(|r| party(r)).map(|r| Choice::new(r.code(), en_tete(r.libelle()))).collect();
    Contenu::default()
        .add(&Radios::new("papier", "Quelle convention ?", papiers).form(form))
        .add(&Radios::new("nature", "Que dit la lettre ?", natures).form(form))
        .add(&Radios::new("par", "Qui l’envoie ?", parties).form(form))
        .add(&DateInput::new("envoyee_le", "Date d’envoi").form(form))
        .add(&DateInput::new("recue_le", "Date de réception, si elle est connue").form(form))
        .add(
            &TextInput::new("numero", "Numéro de la lettre recommandée")
                .width(Width::Medium)
                .autocomplete("off")
                .form(form),
        )
        .add(&TextArea::new("motif", "Ce qu’elle dit", max()).rows(4).form(form))
        .submit("Enregistrer la lettre")
}

/// Receipt and repair of one letter. A refused form is shown open at its letter.
fn follow_up(contenu: Contenu, frame: &Frame, f: &FicheConvention, (vue, form): (&LettreVue, &FormState)) -> Contenu {
    let l = &vue.lettre.lettre;
    let id = l.id.to_string();
    let nom = format!("{} n° {}", mot(l.nature.libelle()), vue.lettre.texte.numero);
    let mine = |champ: &str| format!("{champ}_{id}");
    let mut contenu = contenu;
    if l.recue_le.is_none() {
        let champ = mine("recue_le");
        let champs = Contenu::default()
            .add(&DateInput::new(champ.as_str(), "Date de réception").form(form))
            .add(&Hidden::new("lettre", id.as_str()))
            .submit("Enregistrer la réception");
        let formulaire = Contenu::default().form(frame, (&act_path(f.cle(), "lettres/recue"), f.row.version), champs);
        contenu = contenu.add(&details(
            &format!("Dire quand a été reçue la lettre : {nom}"),
            formulaire,
            form.error(&champ).is_some(),
        ));
    }
    if l.est_ouverte() && f.row.actes.fin_de(l.papier).is_none() {
        let (date, texte) = (mine("reparee_le"), mine("reparation"));
        let champs = Contenu::default()
            .add(&DateInput::new(date.as_str(), "Date de la réparation").form(form))
            .add(&TextArea::new(texte.as_str(), "Comment le manquement est réparé", max()).rows(3).form(form))
            .add(&Hidden::new("lettre", id.as_str()))
            .submit("Clore la mise en demeure");
        let formulaire = Contenu::default().form(frame, (&act_path(f.cle(), "lettres/reparee"), f.row.version), champs);
        let open = form.error(&date).is_some() || form.error(&texte).is_some();
        contenu = contenu.add(&details(&format!("Le manquement est réparé : {nom}"), formulaire, open));
    }
    contenu
}

fn details(titre: &str, contenu: Contenu, open: bool) -> Details {
    let details = Details::new(titre, contenu.0);
    if open { details.open() } else { details }
}
