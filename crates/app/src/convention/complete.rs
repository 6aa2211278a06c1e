//! Filling what a convention lacks (CO-12): only what no paper says, each value marked « saisi par la caisse ».

use super::conduite::{Conduite, saisie};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::preuve::Nature;
use chrono::NaiveDate;
use domain::convention::{
    Coordonnees, DateSignature, DepartDuree, Dossier, Dpo, Membres, Papier, PapierVise, Partie, Role, Source,
    Stipulations, Theme, Valeur,
};
use store::convention::NatureActe;

/// Greatest length of a text.
const TEXTE_MAX: usize = 300;
/// Where such a value comes from.
const MENTION: &str = "saisi par la caisse";

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
enum Quoi {
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
    quoi: Quoi,
}

/// What was typed in a field.
#[derive(Clone, Debug)]
pub enum Saisi {
    /// A line, an address.
    Texte(String),
    /// A day.
    Date(NaiveDate),
    /// A number.
    Nombre(u32),
    /// A number with its day.
    NombreDate(u32, NaiveDate),
    /// Name, e-mail, telephone.
    Personne(String, String, String),
}

fn party(s: &Stipulations, role: Role) -> &Partie {
    match role {
        Role::Caisse => &s.caisse,
        Role::Carsat => &s.carsat,
        Role::Partenaire => &s.partenaire,
        Role::Union => &s.union,
    }
}

fn party_mut(s: &mut Stipulations, role: Role) -> &mut Partie {
    match role {
        Role::Caisse => &mut s.caisse,
        Role::Carsat => &mut s.carsat,
        Role::Partenaire => &mut s.partenaire,
        Role::Union => &mut s.union,
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

fn given<T>(valeur: T) -> Option<Valeur<T>> {
    Some(Valeur { valeur, source: Source::Complement(MENTION.to_owned()) })
}

/// Puts what was typed into the values.
fn put(s: &mut Stipulations, quoi: Quoi, saisi: &Saisi) -> Result<(), &'static str> {
    match (quoi, saisi) {
        (Quoi::Signature(papier, partie), Saisi::Date(le)) => {
            let p = match papier {
                PapierVise::Metier => &mut s.metier,
                PapierVise::Utilisation => &mut s.utilisation,
            };
            let mut dates = p.dates.as_ref().map(|v| v.valeur.clone()).unwrap_or_default();
            dates.retain(|d| d.partie != partie);
            dates.push(DateSignature { partie, le: *le });
            p.dates = given(dates);
        }
        (Quoi::Reference, Saisi::Texte(t)) => s.metier.reference = given(t.clone()),
        (Quoi::Fichier, Saisi::Texte(t)) => s.metier.fichier = given(t.clone()),
        (Quoi::Mois, Saisi::Nombre(n)) => s.duree.mois = given(*n),
        (Quoi::Depart, Saisi::Texte(t)) => {
            s.duree.depart = given(DepartDuree::du_code(t).ok_or("Choisissez d’où court la durée.")?);
        }
        (Quoi::Siret, Saisi::Texte(t)) => s.partenaire.siret = given(t.split_whitespace().collect()),
        (Quoi::Membres, Saisi::NombreDate(nombre, au)) => {
            s.partenaire.membres = given(Membres { nombre: *nombre, au: *au })
        }
        (Quoi::Domaines, Saisi::Texte(t)) => {
            let domaines = t.split([' ', ',', ';', '\n']).map(str::trim).filter(|d| !d.is_empty());
            s.partenaire.domaines = given(domaines.map(str::to_lowercase).collect());
        }
        (Quoi::Courriel(role), Saisi::Texte(t)) => party_mut(s, role).courriel = given(t.clone()),
        (Quoi::Adresse(role), Saisi::Texte(t)) => party_mut(s, role).adresse = given(t.clone()),
        (Quoi::DpoCourriel(role), Saisi::Texte(t)) => dpo(party_mut(s, role), |d| d.courriel = Some(t.clone())),
        (Quoi::DpoAdresse(role), Saisi::Texte(t)) => dpo(party_mut(s, role), |d| d.adresse = Some(t.clone())),
        (Quoi::Joindre(role, theme), Saisi::Personne(nom, courriel, telephone)) => {
            reach(party_mut(s, role), theme, (nom, courriel, telephone));
        }
        _ => return Err("Cette valeur ne convient pas à ce champ."),
    }
    Ok(())
}

fn dpo(p: &mut Partie, change: impl FnOnce(&mut Dpo)) {
    let mut connu = p.dpo().cloned().unwrap_or(Dpo { courriel: None, adresse: None });
    change(&mut connu);
    p.dpo = given(connu);
}

fn reach(p: &mut Partie, theme: Theme, (nom, courriel, telephone): (&str, &str, &str)) {
    let mut liste: Vec<Coordonnees> = p.coordonnees.as_ref().map(|v| v.valeur.clone()).unwrap_or_default();
    for c in &mut liste {
        c.themes.retain(|t| *t != theme);
    }
    liste.retain(|c| !c.themes.is_empty());
    let telephone = Some(telephone.to_owned()).filter(|t| !t.is_empty());
    liste.push(Coordonnees {
        themes: vec![theme],
        nom: nom.to_owned(),
        role: None,
        courriel: courriel.to_owned(),
        telephone,
    });
    p.coordonnees = given(liste);
}

/// Fills fields of a convention. What a paper says is never replaced; what cannot be right is refused at its field.
///
/// # Errors
/// [`AppError::Saisie`] with the fields to mend, [`AppError::Conflit`] when the convention changed meanwhile.
pub async fn complete(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    saisis: &[(String, Saisi)],
) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let mut c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    let champs = fields(&c.row.dossier);
    let mut nouveau = Box::new(c.row.dossier.clone());
    let mut erreurs = Vec::new();
    let mut remplis = Vec::new();
    for (nom, saisi) in saisis {
        let Some(champ) = champs.iter().find(|ch| ch.nom == *nom) else { continue };
        check(nom, saisi, &mut erreurs);
        match put(&mut nouveau.stipulations, champ.quoi, saisi) {
            Ok(()) => remplis.push(champ.clone()),
            Err(message) => erreurs.push(ErreurChamp::new(nom.as_str(), message)),
        }
    }
    for faux in nouveau.incoherences() {
        let champ = remplis.iter().find(|ch| path(ch.quoi) == faux.champ);
        let nom = champ.map_or("completer", |ch| ch.nom.as_str());
        erreurs.push(ErreurChamp::new(nom, sentence(&faux.raison)));
    }
    if !erreurs.is_empty() {
        return Err(AppError::Saisie(erreurs));
    }
    if *nouveau == c.row.dossier {
        return Err(saisie("completer", "Remplissez au moins un champ."));
    }
    c.row.dossier = *nouveau;
    c.save(ctx, &tx).await?;
    let liste = remplis.iter().map(|ch| ch.libelle.as_str()).collect::<Vec<_>>().join(" ; ");
    c.note(ctx, &tx, NatureActe::Complement, (remplis.len().to_string(), None, &liste)).await?;
    c.prove(ctx, &tx, Nature::Changement, vec![("Informations complétées", liste)]).await?;
    let noms: Vec<&str> = remplis.iter().map(|ch| ch.nom.as_str()).collect();
    c.journal(ctx, &tx, requete, ("convention.complete", serde_json::json!({ "champs": noms }))).await?;
    tx.commit().await?;
    Ok(())
}

/// « ce SIRET n'est pas valide » becomes a sentence.
fn sentence(raison: &str) -> String {
    let mut lettres = raison.chars();
    let premiere: String = lettres.next().map(|l| l.to_uppercase().collect()).unwrap_or_default();
    format!("{premiere}{}.", lettres.as_str())
}

fn check(nom: &str, saisi: &Saisi, erreurs: &mut Vec<ErreurChamp>) {
    let mut text = |texte: &str| {
        crate::demande::guard::text(nom, texte, TEXTE_MAX, erreurs);
    };
    match saisi {
        Saisi::Texte(t) => text(t),
        Saisi::Personne(a, b, c) => {
            for t in [a, b, c] {
                text(t);
            }
            if a.is_empty() || b.is_empty() {
                erreurs.push(ErreurChamp::new(nom, "Saisissez un nom et une adresse électronique."));
            }
        }
        Saisi::Date(_) | Saisi::Nombre(_) | Saisi::NombreDate(..) => {}
    }
}

/// The path of the parameter that a field fills.
fn path(quoi: Quoi) -> String {
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
