//! The forms of acts: activate, switch a function, complete, amend, end.

use super::blocs::{Contenu, ConventionsPage, TomlInput, en_tete, mot};
use super::lettres::max;
use super::{act_path, convention_path};
use crate::frame::Frame;
use crate::pages::composants::{
    Button, ButtonGroup, Checkboxes, Choice, DateInput, Fieldset, Hidden, InsetText, Link, Markup, Radios, SummaryList,
    SummaryRow, TextArea, TextInput, WarningText, Width,
};
use crate::pages::renfort::code_de_renfort;
use crate::pages::{FormState, jour_en_lettres};
use app::convention::{Champ, FicheConvention, FinPrevue, SorteChamp, offered};
use domain::convention::{DepartDuree, Fonctionnalite, PapierVise, Qualite, Role};

fn page(frame: &Frame, f: &FicheConvention, (acte, form): (&str, &FormState), contenu: Contenu) -> ConventionsPage {
    let titre = format!("{acte} : {}", f.dossier().stipulations.partenaire.nom_affiche());
    ConventionsPage::new(frame, titre, contenu.0).back("La convention", convention_path(f.cle())).refused(form)
}

/// Activation from a day on.
#[must_use]
pub fn activation_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> ConventionsPage {
    let champs = Contenu::default()
        .add(&DateInput::new("le", "À compter de quel jour ?").hint("Aujourd’hui ou un jour à venir.").form(form))
        .submit("Activer la convention");
    let contenu = Contenu::default()
        .paragraph("L’activation ouvre toutes les fonctions prévues par la convention. Vous pourrez ensuite en fermer. Les deux parties en sont informées par courriel.")
        .form(frame, (&act_path(f.cle(), "activation"), f.row.version), champs);
    page(frame, f, ("Activer la convention", form), contenu)
}

/// Functions to switch.
#[must_use]
pub fn fonctions_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> ConventionsPage {
    let choices: Vec<Choice> = f
        .fonctions
        .iter()
        .filter(|v| v.activable)
        .map(|v| {
            let etat = if v.ouverte { "ouverte : sera fermée" } else { "fermée : sera ouverte" };
            Choice::new(v.fonction.code(), mot(v.fonction.libelle())).hint(etat)
        })
        .collect();
    if choices.is_empty() {
        let contenu = Contenu::default().paragraph("La convention ne laisse aucune fonction au choix de la caisse.");
        return page(frame, f, ("Fonctions", form), contenu);
    }
    let champs = Contenu::default()
        .add(&Radios::new("fonction", "Quelle fonction changer ?", choices).form(form))
        .add(&TextArea::new("motif", "Pourquoi ?", max()).rows(3).form(form))
        .submit("Changer cette fonction");
    let contenu = Contenu::default()
        .paragraph("Une fonction fermée n’est plus proposée ni acceptée. Ce qui est déjà déposé continue. Qui, quand et pourquoi restent dans l’historique.")
        .form(frame, (&act_path(f.cle(), "fonctions"), f.row.version), champs);
    page(frame, f, ("Fonctions", form), contenu)
}

/// What is missing, as fields.
#[must_use]
pub fn completer_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> ConventionsPage {
    let champs = offered(&f.row);
    let mut contenu = Contenu::default().paragraph(
        "Ne remplissez que ce que vous savez : le reste se complète plus tard. Ce que les textes disent ne se remplace pas ici, mais par un avenant.",
    );
    if champs.is_empty() {
        contenu = contenu.paragraph("Rien n’est à compléter.");
        return page(frame, f, ("Compléter les informations", form), contenu);
    }
    let (manque, autres): (Vec<&Champ>, Vec<&Champ>) = champs.iter().partition(|c| c.manque);
    let mut formulaire = Contenu::default();
    for (titre, groupe) in [("Ce qui manque pour activer", manque), ("Autres informations", autres)] {
        if !groupe.is_empty() {
            formulaire = groupe.into_iter().fold(formulaire.heading(titre), |acc, c| field(acc, c, form));
        }
    }
    let formulaire = formulaire.submit("Enregistrer");
    contenu = contenu.form(frame, (&act_path(f.cle(), "completer"), f.row.version), formulaire);
    page(frame, f, ("Compléter les informations", form), contenu)
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

fn field(contenu: Contenu, c: &Champ, form: &FormState) -> Contenu {
    let (nom, libelle) = (c.nom.as_str(), mot(&c.libelle));
    let connu = c.actuel.as_ref().map(|a| format!("Enregistré : {}", shown(c, a)));
    let text = |input: TextInput| match &connu {
        Some(connu) => input.hint(connu.as_str()).form(form),
        None => input.form(form),
    };
    match c.sorte {
        SorteChamp::Date => {
            let date = DateInput::new(nom, libelle);
            contenu.add(&connu.iter().fold(date, |date, connu| date.hint(connu.as_str())).form(form))
        }
        SorteChamp::Texte => {
            contenu.add(&text(TextInput::new(nom, libelle).width(Width::TwoThirds).autocomplete("off")))
        }
        SorteChamp::Courriel => contenu.add(&text(TextInput::new(nom, libelle).email().autocomplete("off"))),
        SorteChamp::Nombre => contenu.add(&text(TextInput::new(nom, libelle).digits())),
        SorteChamp::NombreDate => {
            let nombre = text(TextInput::new(format!("{nom}_nombre"), libelle).digits());
            let au = DateInput::new(format!("{nom}_au"), "Compté à quelle date ?").form(form);
            contenu.add(&nombre).add(&au)
        }
        SorteChamp::Personne => {
            let mut groupe = Fieldset::new(libelle);
            if let Some(connu) = &connu {
                groupe = groupe.with(&super::blocs::Paragraph { texte: connu });
            }
            let input =
                |part: &str, label: &str| TextInput::new(format!("{nom}_{part}"), label).autocomplete("off").form(form);
            let groupe = groupe.with(&input("nom", "Nom")).with(&input("courriel", "Adresse électronique"));
            contenu.add(&groupe.with(&input("telephone", "Téléphone (facultatif)")))
        }
        SorteChamp::Depart => {
            let choices = DepartDuree::TOUS.iter().map(|d| Choice::new(d.code(), mot(d.libelle()))).collect();
            contenu.add(&Radios::new(nom, libelle, choices).form(form))
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
        SorteChamp::Depart => DepartDuree::du_code(actuel).map_or_else(|| actuel.to_owned(), |d| mot(d.libelle())),
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
pub fn avenant_page(frame: &Frame, f: &FicheConvention, (form, fautes): (&FormState, &[String])) -> ConventionsPage {
    let papiers = PapierVise::TOUS.iter().map(|p| Choice::new(p.code(), en_tete(p.libelle()))).collect();
    let mut champs = Contenu::default();
    if !fautes.is_empty() {
        let lines = fautes.iter().map(|t| Markup::text(&mot(t))).collect();
        champs =
            champs.add(&InsetText::new(Contenu::default().paragraph("Le fichier est à corriger :").bullets(lines).0));
    }
    champs = champs
        .add(&Radios::new("papier", "Quelle convention modifie-t-il ?", papiers).form(form))
        .add(&TextArea::new("objet", "Ce que l’avenant change", 500).rows(3).form(form));
    for role in signatories(f) {
        let legende = format!("Date de signature par {}", mot(role.libelle()));
        champs = champs.add(&DateInput::new(format!("signature_{}", role.code()), legende).form(form));
    }
    champs = champs
        .add(
            &DateInput::new("effet_le", "Prend effet le")
                .hint("Au plus tôt à la dernière signature. À venir, il prendra effet ce jour-là de lui-même.")
                .form(form),
        )
        .heading("Nouvelles valeurs")
        .paragraph("Laissez vide ce qui ne change pas.");
    let champs = values(champs, f, form).submit("Enregistrer l’avenant");
    let contenu = Contenu::default().form_with_files(frame, (&act_path(f.cle(), "avenants"), f.row.version), champs);
    page(frame, f, ("Enregistrer un avenant", form), contenu)
}

fn values(champs: Contenu, f: &FicheConvention, form: &FormState) -> Contenu {
    let number = |nom: &str, libelle: &str| TextInput::new(nom, libelle).digits().form(form);
    let d = f.dossier();
    let functions = Fonctionnalite::TOUS.iter().map(|x| {
        let now = if d.stipule(*x) { "prévue aujourd’hui" } else { "non prévue aujourd’hui" };
        Choice::new(x.code(), mot(x.libelle())).hint(now)
    });
    let mut qualites: Vec<Choice> = Qualite::TOUS.iter().map(|q| Choice::new(q.code(), mot(q.libelle()))).collect();
    qualites.push(Choice::new("aucune", "Aucune : toujours à l’adresse connue"));
    champs
        .add(&number("gestionnaires", "Nombre de gestionnaires"))
        .add(&number("techniciens", "Nombre de techniciens"))
        .add(&number("membres", "Nombre de membres de la structure"))
        .add(&DateInput::new("membres_au", "Membres comptés au").form(form))
        .add(&number("delai_habilitation", "Jours pour habiliter un gestionnaire après sa demande"))
        .add(&number("delai_depart", "Jours de préavis du départ d’un gestionnaire"))
        .add(
            &Checkboxes::new(
                "fonctions",
                "Fonctions prévues, si elles changent : cochez toutes celles qui le sont",
                functions.collect(),
            )
            .form(form),
        )
        .add(&Checkboxes::new("qualites", "Documents remis par le portail, si cela change", qualites).form(form))
        .add(&TomlInput {
            nom: crate::pages::pieces::CHAMP,
            libelle: "Ou toute la convention, dans un fichier TOML",
            indice: "Le fichier remplace alors tout ce que disent les textes. Ce que la caisse a complété reste.",
            erreur: form.error(crate::pages::pieces::CHAMP),
        })
}

/// How and when the convention ends.
#[must_use]
pub fn fin_page(frame: &Frame, f: &FicheConvention, form: &FormState) -> ConventionsPage {
    let mut contenu = Contenu::default().paragraph(
        "Une fin ne s’enregistre que si les textes la permettent. Avant de confirmer, vous verrez exactement ce qu’elle ferme.",
    );
    let mut choices = Vec::new();
    for v in &f.voies {
        let quoi = format!("{} : {}", en_tete(v.papier.libelle()), mot(v.cause.libelle()));
        let aide = match &v.possible {
            Ok(p) if p.seul_jour => format!("Possible le {}, à l’échéance.", jour_en_lettres(p.le)),
            Ok(p) => format!("Possible à partir du {}.", jour_en_lettres(p.le)),
            Err(refus) => mot(&refus.to_string()),
        };
        choices.push(Choice::new(format!("{}.{}", v.papier.code(), v.cause.code()), quoi).hint(aide));
    }
    if choices.is_empty() {
        contenu = contenu.paragraph("Les textes enregistrés ne prévoient aucune fin avant le terme.");
        return page(frame, f, ("Mettre fin à la convention", form), contenu);
    }
    let champs = Contenu::default()
        .add(&Radios::new("voie", "Comment prend-elle fin ?", choices).form(form))
        .add(&DateInput::new("le", "Premier jour sans accès").form(form))
        .add(&TextArea::new("motif", "Pourquoi ?", max()).rows(3).form(form))
        .submit("Voir ce que cela ferme");
    contenu = contenu.form(frame, (&act_path(f.cle(), "fin"), f.row.version), champs);
    page(frame, f, ("Mettre fin à la convention", form), contenu)
}

/// What an end closes, exactly, before it is confirmed.
#[must_use]
pub fn confirmation_page(frame: &Frame, p: &FinPrevue, form: &FormState) -> ConventionsPage {
    let c = &p.consequences;
    let s = |n: usize| if n > 1 { "s" } else { "" };
    let mut contenu = Contenu::default().add(&SummaryList::new(vec![
        SummaryRow::new("Convention", en_tete(p.papier.libelle())),
        SummaryRow::new("Cause", en_tete(p.cause.libelle())),
        SummaryRow::new("Premier jour sans accès", jour_en_lettres(p.le)),
        SummaryRow::new("Raison", p.motif.clone()),
        SummaryRow::new("Demandes ouvertes à cette caisse", c.demandes.to_string()),
    ]));
    if p.papier == PapierVise::Metier {
        contenu = contenu.paragraph("La convention d’utilisation prend fin avec la convention métier.");
    }
    contenu = contenu.heading("Ce que cela ferme");
    if c.restent.is_empty() {
        let n = c.comptes.len();
        contenu = contenu.paragraph(&format!(
            "{} n’a plus d’autre convention : tous ses comptes seront inactivés. {n} compte{} :",
            p.structure,
            s(n)
        ));
        let line = |x: &app::convention::CompteFerme| {
            let invite = if x.etat == domain::compte::EtatCompte::Invite { ", invité" } else { "" };
            Markup::text(&format!("{} ({}{invite})", x.nom, x.profil.libelle().to_lowercase()))
        };
        contenu = contenu.bullets(c.comptes.iter().map(line).collect());
    } else {
        contenu = contenu.paragraph(&format!(
            "Seul l’accès à {} ferme. Les comptes de {} restent ouverts pour :",
            p.caisse, p.structure
        ));
        contenu = contenu.bullets(c.restent.iter().map(|nom| Markup::text(nom)).collect());
    }
    if p.immediate {
        contenu = contenu.add(&WarningText::new("Ce jour est déjà venu : l’accès ferme tout de suite."));
    }
    let champs = Contenu::default()
        .add(&Hidden::new("voie", format!("{}.{}", p.papier.code(), p.cause.code())))
        .markup(&date(p.le))
        .add(&Hidden::new("motif", p.motif.as_str()))
        .opt(code_de_renfort(frame, form))
        .add(
            &ButtonGroup::new(&Button::submit("Confirmer la fin").warning())
                .with(&Link::new("Ne rien changer", convention_path(&p.cle))),
        );
    let contenu = contenu.form(frame, (&act_path(&p.cle, "fin/confirmer"), p.version), champs);
    ConventionsPage::new(frame, "Confirmer la fin de la convention", contenu.0)
        .back("Modifier", act_path(&p.cle, "fin"))
        .refused(form)
}

fn date(le: chrono::NaiveDate) -> Markup {
    use chrono::Datelike;
    let [jour, mois, annee] = DateInput::names("le");
    Markup::of(&Hidden::new(jour, le.day().to_string()))
        .and(&Hidden::new(mois, le.month().to_string()))
        .and(&Hidden::new(annee, le.year().to_string()))
}
