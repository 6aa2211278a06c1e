//! The fields of a convention that its caisse may fill: those that no paper states (CO-12).

use domain::convention::{Dossier, Dpo, Papier, PapierVise, Partie, Role, Stipulations, Theme, Valeur};

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorte {
    /// A day.
    Date,
    /// One line.
    Texte,
    /// An e-mail address.
    Courriel,
    /// A number with its day.
    NombreDate,
    /// A number.
    Nombre,
    /// Name, e-mail, telephone.
    Personne,
    /// One of the starts of a duration.
    Depart,
}

/// What a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quoi {
    Signature(PapierVise, Role),
    Reference,
    Fichier,
    Mois,
    Depart,
    Siret,
    Membres,
    Domaines,
    Courriel(Role),
    Adresse(Role),
    DpoCourriel(Role),
    DpoAdresse(Role),
    Joindre(Role, Theme),
}

/// A field that may be filled.
#[derive(Clone, Debug)]
pub struct Champ {
    /// Name in the form.
    pub nom: String,
    /// Its question.
    pub libelle: String,
    /// What it holds.
    pub sorte: Sorte,
    /// What the caisse gave before.
    pub actuel: Option<String>,
    /// Whether activation needs it.
    pub manque: bool,
    pub(super) quoi: Quoi,
}

fn party(s: &Stipulations, role: Role) -> &Partie {
    match role {
        Role::Caisse => &s.caisse,
        Role::Carsat => &s.carsat,
        Role::Partenaire => &s.partenaire,
        Role::Union => &s.union,
    }
}

/// Whether the caisse may give this value: nothing states it, or it gave it itself.
fn free<T>(valeur: Option<&Valeur<T>>) -> bool {
    valeur.is_none_or(|v| v.source.est_complement())
}

/// The fields of a convention that its caisse may fill, those that activation needs first.
#[must_use]
pub fn fields(dossier: &Dossier) -> Vec<Champ> {
    let s = &dossier.stipulations;
    let lacunes = dossier.lacunes();
    let manque = |champ: &str| lacunes.iter().any(|l| l.champ == champ);
    let mut champs = Vec::new();
    let mut add = |quoi: Quoi, sorte: Sorte, libelle: String, (chemin, actuel): (&str, Option<String>)| {
        champs.push(Champ { nom: name(quoi), libelle, sorte, actuel, manque: manque(chemin), quoi });
    };
    for (papier, p, chemin) in [
        (PapierVise::Metier, &s.metier, "metier.dates"),
        (PapierVise::Utilisation, &s.utilisation, "utilisation.dates"),
    ] {
        for role in signers(p) {
            let libelle = format!("Signature de {} par {}", papier.libelle(), role.libelle());
            add(Quoi::Signature(papier, role), Sorte::Date, libelle, (chemin, p.signe_le(role).map(|d| d.to_string())));
        }
    }
    let texte = |v: &Option<Valeur<String>>| v.as_ref().map(|v| v.valeur.clone());
    if s.metier.est_cite() && free(s.metier.reference.as_ref()) {
        let actuel = texte(&s.metier.reference);
        add(
            Quoi::Reference,
            Sorte::Texte,
            "Référence de la convention métier".to_owned(),
            ("metier.reference", actuel),
        );
    }
    if s.metier.est_cite() && free(s.metier.fichier.as_ref()) {
        let actuel = texte(&s.metier.fichier);
        add(
            Quoi::Fichier,
            Sorte::Texte,
            "Nom du fichier signé de la convention métier".to_owned(),
            ("metier.fichier", actuel),
        );
    }
    if free(s.duree.mois.as_ref()) {
        let actuel = s.duree.mois.as_ref().map(|v| v.valeur.to_string());
        add(Quoi::Mois, Sorte::Nombre, "Durée de la convention métier, en mois".to_owned(), ("duree.mois", actuel));
    }
    if free(s.duree.depart.as_ref()) {
        let actuel = s.duree.depart.as_ref().map(|v| v.valeur.code().to_owned());
        add(Quoi::Depart, Sorte::Depart, "La durée court depuis".to_owned(), ("duree.depart", actuel));
    }
    of_partner(s, &mut add);
    of_contacts(s, &mut add);
    champs.sort_by_key(|c| !c.manque);
    champs
}

/// The fields that are offered on a convention: once activated only what it lacks, the rest changes by avenants (CO-4) and
/// on the sheets of the parties (PA-4).
#[must_use]
pub fn offered(row: &store::convention::Enregistree) -> Vec<Champ> {
    let mut champs = fields(&row.dossier);
    if row.actes.activee_le.is_some() {
        champs.retain(|c| c.manque);
    }
    champs
}

type Add<'a> = dyn FnMut(Quoi, Sorte, String, (&str, Option<String>)) + 'a;

fn of_partner(s: &Stipulations, add: &mut Add<'_>) {
    let p = &s.partenaire;
    if free(p.siret.as_ref()) {
        add(
            Quoi::Siret,
            Sorte::Texte,
            "SIRET du partenaire".to_owned(),
            ("partenaire.siret", p.siret.as_ref().map(|v| v.valeur.clone())),
        );
    }
    if free(p.membres.as_ref()) {
        let actuel = p.membres.as_ref().map(|v| format!("{} {}", v.valeur.nombre, v.valeur.au));
        add(
            Quoi::Membres,
            Sorte::NombreDate,
            "Nombre de membres de la structure".to_owned(),
            ("partenaire.membres", actuel),
        );
    }
    if free(p.domaines.as_ref()) {
        let actuel = p.domaines.as_ref().map(|v| v.valeur.join(" "));
        let libelle = "Domaines de messagerie professionnelle, séparés par une espace".to_owned();
        add(Quoi::Domaines, Sorte::Texte, libelle, ("partenaire.domaines", actuel));
    }
}

fn of_contacts(s: &Stipulations, add: &mut Add<'_>) {
    let lacking = |role: Role| match role {
        Role::Caisse => "caisse",
        Role::Carsat => "carsat",
        Role::Partenaire => "partenaire",
        Role::Union => "union",
    };
    for role in Role::TOUS.iter().copied() {
        let (p, table) = (party(s, role), lacking(role));
        if !p.est_connue() {
            continue;
        }
        let of = |mot: &str| format!("{mot} : {}", p.nom_affiche());
        let dpo = |lis: fn(&Dpo) -> Option<String>| p.dpo().and_then(lis);
        if free(p.courriel.as_ref()) && matches!(role, Role::Caisse | Role::Partenaire) {
            let actuel = p.courriel.as_ref().map(|v| v.valeur.clone());
            add(
                Quoi::Courriel(role),
                Sorte::Courriel,
                of("Adresse électronique de contact"),
                (&format!("{table}.courriel"), actuel),
            );
        }
        if free(p.adresse.as_ref()) {
            let actuel = p.adresse.as_ref().map(|v| v.valeur.clone());
            add(Quoi::Adresse(role), Sorte::Texte, of("Adresse postale"), (&format!("{table}.adresse"), actuel));
        }
        if free(p.dpo.as_ref()) && role != Role::Carsat {
            let chemin = format!("{table}.dpo");
            let mot = "Courriel du délégué à la protection des données";
            add(Quoi::DpoCourriel(role), Sorte::Courriel, of(mot), (&chemin, dpo(|d| d.courriel.clone())));
            let mot = "Adresse postale du délégué à la protection des données";
            add(Quoi::DpoAdresse(role), Sorte::Texte, of(mot), (&chemin, dpo(|d| d.adresse.clone())));
        }
        for theme in Theme::TOUS.iter().copied() {
            let named = !p.roles(theme).is_empty() || (role == Role::Caisse && theme == Theme::Support);
            if named && free(p.coordonnees.as_ref()) {
                let actuel = p.joindre(theme).first().map(|c| c.nom.clone());
                let mot = format!("À joindre pour « {} »", theme.libelle());
                add(Quoi::Joindre(role, theme), Sorte::Personne, of(&mot), (&format!("{table}.coordonnees"), actuel));
            }
        }
    }
}

/// The parties whose date may be given: the missing ones, or all where the caisse gave the dates itself.
fn signers(p: &Papier) -> Vec<Role> {
    if free(p.dates.as_ref()) { p.parties().to_vec() } else { p.sans_date() }
}

fn name(quoi: Quoi) -> String {
    match quoi {
        Quoi::Signature(papier, role) => format!("signature_{}_{}", papier.code(), role.code()),
        Quoi::Reference => "reference".to_owned(),
        Quoi::Fichier => "fichier".to_owned(),
        Quoi::Mois => "mois".to_owned(),
        Quoi::Depart => "depart".to_owned(),
        Quoi::Siret => "siret".to_owned(),
        Quoi::Membres => "membres".to_owned(),
        Quoi::Domaines => "domaines".to_owned(),
        Quoi::Courriel(role) => format!("courriel_{}", role.code()),
        Quoi::Adresse(role) => format!("adresse_{}", role.code()),
        Quoi::DpoCourriel(role) => format!("dpo_courriel_{}", role.code()),
        Quoi::DpoAdresse(role) => format!("dpo_adresse_{}", role.code()),
        Quoi::Joindre(role, theme) => format!("joindre_{}_{}", role.code(), theme.code()),
    }
}

/// The path of the parameter that a field fills.
pub(super) fn path(quoi: Quoi) -> String {
    match quoi {
        Quoi::Signature(papier, _) => format!("{}.dates", papier.code()),
        Quoi::Reference => "metier.reference".to_owned(),
        Quoi::Fichier => "metier.fichier".to_owned(),
        Quoi::Mois => "duree.mois".to_owned(),
        Quoi::Depart => "duree.depart".to_owned(),
        Quoi::Siret => "partenaire.siret".to_owned(),
        Quoi::Membres => "partenaire.membres".to_owned(),
        Quoi::Domaines => "partenaire.domaines".to_owned(),
        Quoi::Courriel(role) => format!("{}.courriel", role.code()),
        Quoi::Adresse(role) => format!("{}.adresse", role.code()),
        Quoi::DpoCourriel(role) | Quoi::DpoAdresse(role) => format!("{}.dpo", role.code()),
        Quoi::Joindre(role, _) => format!("{}.coordonnees", role.code()),
    }
}
