//! Filling what a convention lacks (CO-12): only what no paper says, each value marked « saisi par la caisse ».

use super::champs::{Champ, Quoi, offered, path};
use super::conduite::{Conduite, saisie};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::preuve::Nature;
use chrono::NaiveDate;
use domain::convention::{
    Coordonnees, DateSignature, DepartDuree, Dossier, Dpo, Membres, PapierVise, Partie, Role, Source, Stipulations,
    Theme, Valeur,
};
use store::convention::NatureActe;

/// Greatest length of a text.
const TEXTE_MAX: usize = 300;
/// Where such a value comes from.
const MENTION: &str = "saisi par la caisse";

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

fn party_mut(s: &mut Stipulations, role: Role) -> &mut Partie {
    match role {
        Role::Caisse => &mut s.caisse,
        Role::Carsat => &mut s.carsat,
        Role::Partenaire => &mut s.partenaire,
        Role::Union => &mut s.union,
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
    let champs = offered(&c.row);
    let mut nouveau = Box::new(c.row.dossier.clone());
    let mut erreurs = Vec::new();
    let mut remplis = Vec::new();
    for (nom, saisi) in saisis {
        let Some(champ) = champs.iter().find(|ch| ch.nom == *nom) else { continue };
        check((nom, saisi), c.aujourdhui, &mut erreurs);
        match put(&mut nouveau.stipulations, champ.quoi, saisi) {
            Ok(()) => remplis.push(champ.clone()),
            Err(message) => erreurs.push(ErreurChamp::new(nom.as_str(), message)),
        }
    }
    wrong(&c.row.dossier, &nouveau, &remplis, &mut erreurs);
    if !erreurs.is_empty() {
        return Err(AppError::Saisie(erreurs));
    }
    if *nouveau == c.row.dossier {
        return Err(saisie("completer", "Remplissez au moins un champ."));
    }
    c.row.dossier = *nouveau;
    c.save(ctx, &tx).await?;
    if remplis.iter().any(|ch| ch.quoi == Quoi::Siret) {
        let siret = c.row.dossier.stipulations.partenaire.siret.as_ref().map(|v| v.valeur.as_str());
        crate::partenaire::note_siret(&tx, &c.permis, c.row.partenaire, siret).await?;
    }
    let liste = remplis.iter().map(|ch| ch.libelle.as_str()).collect::<Vec<_>>().join(" ; ");
    c.note(ctx, &tx, NatureActe::Complement, (remplis.len().to_string(), None, &liste)).await?;
    c.prove(ctx, &tx, Nature::Changement, vec![("Informations complétées", liste)]).await?;
    let noms: Vec<&str> = remplis.iter().map(|ch| ch.nom.as_str()).collect();
    c.journal(ctx, &tx, requete, ("convention.complete", serde_json::json!({ "champs": noms }))).await?;
    tx.commit().await?;
    Ok(())
}

/// What cannot be right, and what would be lacking that was not before, at the fields that were filled.
fn wrong(avant: &Dossier, apres: &Dossier, remplis: &[Champ], erreurs: &mut Vec<ErreurChamp>) {
    let at = |chemin: &str| {
        let champ = remplis.iter().find(|ch| path(ch.quoi) == chemin);
        champ.map_or("completer", |ch| ch.nom.as_str()).to_owned()
    };
    let fausses = apres.incoherences();
    erreurs.extend(fausses.iter().map(|f| ErreurChamp::new(at(&f.champ), sentence(&f.raison))));
    let connues = avant.lacunes();
    let nouvelles = apres.lacunes().into_iter().filter(|l| !connues.iter().any(|c| c.champ == l.champ));
    let nouvelles = nouvelles.filter(|l| !fausses.iter().any(|f| f.champ == l.champ));
    erreurs.extend(nouvelles.map(|l| ErreurChamp::new(at(&l.champ), l.raison.replace('\'', "’"))));
}

/// « ce SIRET n'est pas valide » becomes a sentence.
fn sentence(raison: &str) -> String {
    let mut lettres = raison.chars();
    let premiere: String = lettres.next().map(|l| l.to_uppercase().collect()).unwrap_or_default();
    format!("{premiere}{}.", lettres.as_str())
}

fn check((nom, saisi): (&str, &Saisi), aujourdhui: NaiveDate, erreurs: &mut Vec<ErreurChamp>) {
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
        Saisi::Date(le) | Saisi::NombreDate(_, le) if *le > aujourdhui => {
            erreurs.push(ErreurChamp::new(nom, "Cette date ne peut pas être à venir."));
        }
        Saisi::Date(_) | Saisi::Nombre(_) | Saisi::NombreDate(..) => {}
    }
}
