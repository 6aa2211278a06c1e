//! The forms of acts: activate, switch a function, complete, amend.

use super::lettres::max;
use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{
    BulletList, Button, Checkboxes, Choice, DateInput, Fieldset, FileInput, InsetText, Markup, Radios, TextArea,
    TextInput, Width,
};
use crate::pages::feuille::{FeuillePage, Formulaire, Phrase, Titre};
use crate::pages::mots::{en_tete, label};
use crate::pages::pieces::CHAMP;
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{Champ, FicheConvention, SorteChamp, offered};
use domain::convention::{DepartDuree, Fonctionnalite, PapierVise, Qualite, Role};

/// The page of an act, still without its form.
pub(super) fn page(frame: &Frame, f: &FicheConvention, (acte, form): (&str, &FormState)) -> FeuillePage {
    let titre = format!("{acte} : {}", f.dossier().stipulations.partenaire.nom_affiche());
    FeuillePage::new(frame, titre, form).retour("La convention", convention_path(f.cle()))
}

/// The form of an act, made from the convention as it is.
pub(super) fn formulaire(frame: &Frame, f: &FicheConvention, acte: &str) -> Formulaire {
    Formulaire::post(frame, act_path(f.cle(), acte)).version(f.row.version)
}

/// Activation from a day on.
#[must_use]
pub fn activation_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    let formulaire = formulaire(frame, f, "activation")
        .with(&DateInput::new("le", "À compter de quel jour ?").hint("Aujourd’hui ou un jour à venir.").form(form))
        .with(&Button::submit("Activer la convention"));
    page(frame, f, ("Activer la convention", form))
        .phrase("L’activation ouvre toutes les fonctions prévues par la convention. Vous pourrez ensuite en fermer. Les deux parties en sont informées par courriel.")
        .with(&formulaire)
}

/// Functions to switch.
#[must_use]
pub fn fonctions_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    let choices: Vec<Choice> = f
        .fonctions
        .iter()
        .filter(|v| v.activable)
        .map(|v| {
            let etat = if v.ouverte { "ouverte : sera fermée" } else { "fermée : sera ouverte" };
            Choice::new(v.fonction.code(), label(v.fonction.libelle())).hint(etat)
        })
        .collect();
    let page = page(frame, f, ("Fonctions", form));
    if choices.is_empty() {
        return page.phrase("La convention ne laisse aucune fonction au choix de la caisse.");
    }
    let formulaire = formulaire(frame, f, "fonctions")
        .with(&Radios::new("fonction", "Quelle fonction changer ?", choices).form(form))
        .with(&TextArea::new("motif", "Pourquoi ?", max()).rows(3).form(form))
        .with(&Button::submit("Changer cette fonction"));
    page.phrase("Une fonction fermée n’est plus proposée ni acceptée. Ce qui est déjà déposé continue. Qui, quand et pourquoi restent dans l’historique.")
        .with(&formulaire)
}

/// What is missing, as fields.
#[must_use]
pub fn completer_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> FeuillePage {
    let champs = offered(&f.row);
    let page = page(frame, f, ("Compléter les informations", form)).phrase(
        "Ne remplissez que ce que vous savez : le reste se complète plus tard. Ce que les textes disent ne se remplace pas ici, mais par un avenant.",
    );
    if champs.is_empty() {
        return page.phrase("Rien n’est à compléter.");
    }
    let (manque, autres): (Vec<&Champ>, Vec<&Champ>) = champs.iter().partition(|c| c.manque);
    let mut formulaire = formulaire(frame, f, "completer");
    for (titre, groupe) in [("Ce qui manque pour activer", manque), ("Autres informations", autres)] {
        if !groupe.is_empty() {
            formulaire = groupe.into_iter().fold(formulaire.with(&Titre::new(titre)), |acc, c| field(acc, c, form));
        }
    }
    page.with(&formulaire.with(&Button::submit("Enregistrer")))
}

/// The names under which a field is sent.
#[must_use]
pub fn names_of(champ: &Champ) -> Vec<String> {
    let nom = champ.nom.as_str();
    match champ.sorte {
        SorteChamp::Date => DateInput::names(nom).into(),
        SorteChamp::NombreDate => {
            let [j, m, a] = DateInput::names(&format!("{nom}_au"));
            vec![format!("{nom}_nombre"), j, m, a]
        }
        SorteChamp::Personne => ["nom", "courriel", "telephone"].map(|p| format!("{nom}_{p}")).into(),
        SorteChamp::Texte | SorteChamp::Courriel | SorteChamp::Nombre | SorteChamp::Depart => vec![nom.to_owned()],
    }
}

fn field(formulaire: Formulaire, c: &Champ, form: &FormState) -> Formulaire {
    let (nom, libelle) = (c.nom.as_str(), label(&c.libelle));
    let connu = c.actuel.as_ref().map(|a| format!("Enregistré : {}", shown(c, a)));
    let text = |input: TextInput| match &connu {
        Some(connu) => input.hint(connu.as_str()).form(form),
        None => input.form(form),
    };
    match c.sorte {
        SorteChamp::Date => {
            let date = DateInput::new(nom, libelle);
            formulaire.with(&connu.iter().fold(date, |date, connu| date.hint(connu.as_str())).form(form))
        }
        SorteChamp::Texte => {
            formulaire.with(&text(TextInput::new(nom, libelle).width(Width::TwoThirds).autocomplete("off")))
        }
        SorteChamp::Courriel => formulaire.with(&text(TextInput::new(nom, libelle).email().autocomplete("off"))),
        SorteChamp::Nombre => formulaire.with(&text(TextInput::new(nom, libelle).digits())),
        SorteChamp::NombreDate => {
            let nombre = text(TextInput::new(format!("{nom}_nombre"), libelle).digits());
            let au = DateInput::new(format!("{nom}_au"), "Compté à quelle date ?").form(form);
            formulaire.with(&nombre).with(&au)
        }
        SorteChamp::Personne => {
            let mut groupe = Fieldset::new(libelle);
            if let Some(connu) = &connu {
                groupe = groupe.with(&Phrase::new(connu.as_str()));
            }
            let input =
                |part: &str, texte: &str| TextInput::new(format!("{nom}_{part}"), texte).autocomplete("off").form(form);
            let groupe = groupe.with(&input("nom", "Nom")).with(&input("courriel", "Adresse électronique"));
            formulaire.with(&groupe.with(&input("telephone", "Téléphone (facultatif)")))
        }
        SorteChamp::Depart => {
            let choices = DepartDuree::TOUS.iter().map(|d| Choice::new(d.code(), label(d.libelle()))).collect();
            formulaire.with(&Radios::new(nom, libelle, choices).form(form))
        }
    }
}

fn shown(c: &Champ, actuel: &str) -> String {
    let day = |texte: &str| texte.parse().map_or_else(|_| texte.to_owned(), jour_en_lettres);
    match c.sorte {
        SorteChamp::Date => day(actuel),
        SorteChamp::NombreDate => match actuel.split_once(' ') {
            Some((nombre, au)) => format!("{nombre} au {}", day(au)),
            None => actuel.to_owned(),
        },
        SorteChamp::Depart => DepartDuree::du_code(actuel).map_or_else(|| actuel.to_owned(), |d| label(d.libelle())),
        _ => actuel.to_owned(),
    }
}

/// The parties whose signatures an avenant may need.
#[must_use]
pub fn signatories(f: &FicheConvention) -> Vec<Role> {
    let d = f.dossier();
    let party = |r: &Role| PapierVise::TOUS.iter().any(|p| d.papier(*p).parties().contains(r));
    Role::TOUS.iter().copied().filter(party).collect()
}

/// An avenant: what changes, who signed, from which day.
#[must_use]
pub fn avenant_page(frame: &Frame, f: &FicheConvention, (form, fautes): (&FormState, &[String])) -> FeuillePage {
    let papiers = PapierVise::TOUS.iter().map(|p| Choice::new(p.code(), en_tete(p.libelle()))).collect();
    let mut champs = formulaire(frame, f, "avenants").files();
    if !fautes.is_empty() {
        let lines = BulletList::new(fautes.iter().map(|t| label(t)));
        let told = Markup::of(&Phrase::new("Le fichier est à corriger :")).and(&lines);
        champs = champs.with(&InsetText::new(told));
    }
    champs = champs
        .with(&Radios::new("papier", "Quelle convention modifie-t-il ?", papiers).form(form))
        .with(&TextArea::new("objet", "Ce que l’avenant change", 500).rows(3).form(form));
    for role in signatories(f) {
        let legende = format!("Date de signature par {}", label(role.libelle()));
        champs = champs.with(&DateInput::new(format!("signature_{}", role.code()), legende).form(form));
    }
    champs = champs
        .with(
            &DateInput::new("effet_le", "Prend effet le")
                .hint("Au plus tôt à la dernière signature. À venir, il prendra effet ce jour-là de lui-même.")
                .form(form),
        )
        .with(&Titre::new("Nouvelles valeurs"))
        .with(&Phrase::new("Laissez vide ce qui ne change pas."));
    let champs = values(champs, f, form).with(&Button::submit("Enregistrer l’avenant"));
    page(frame, f, ("Enregistrer un avenant", form)).with(&champs)
}

fn values(champs: Formulaire, f: &FicheConvention, form: &FormState) -> Formulaire {
    let number = |nom: &str, libelle: &str| TextInput::new(nom, libelle).digits().form(form);
    let d = f.dossier();
    let functions = Fonctionnalite::TOUS.iter().map(|x| {
        let now = if d.stipule(*x) { "prévue aujourd’hui" } else { "non prévue aujourd’hui" };
        Choice::new(x.code(), label(x.libelle())).hint(now)
    });
    let mut qualites: Vec<Choice> = Qualite::TOUS.iter().map(|q| Choice::new(q.code(), label(q.libelle()))).collect();
    qualites.push(Choice::new("aucune", "Aucune : toujours à l’adresse connue"));
    champs
        .with(&number("gestionnaires", "Nombre de gestionnaires"))
        .with(&number("techniciens", "Nombre de techniciens"))
        .with(&number("membres", "Nombre de membres de la structure"))
        .with(&DateInput::new("membres_au", "Membres comptés au").form(form))
        .with(&number("delai_habilitation", "Jours pour habiliter un gestionnaire après sa demande"))
        .with(&number("delai_depart", "Jours de préavis du départ d’un gestionnaire"))
        .with(
            &Checkboxes::new(
                "fonctions",
                "Fonctions prévues, si elles changent : cochez toutes celles qui le sont",
                functions.collect(),
            )
            .form(form),
        )
        .with(&Checkboxes::new("qualites", "Documents remis par le portail, si cela change", qualites).form(form))
        .with(
            &FileInput::one(CHAMP, "Ou toute la convention, dans un fichier TOML", "toml")
                .hint("Le fichier remplace alors tout ce que disent les textes. Ce que la caisse a complété reste.")
                .form(form),
        )
}
