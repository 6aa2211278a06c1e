//! The end of a convention (CO-2, CO-5, CO-6): what allows it, what it would close, and its recording by a person. Access
//! then closes on its day by itself.

use super::conduite::{Conduite, motif, saisie, zone_of};
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::conventions::Sujet;
use crate::preuve::Nature;
use chrono::NaiveDate;
use domain::calendrier::{date_en_francais, jour_civil};
use domain::compte::{EtatCompte, Profil};
use domain::convention::{self as regles, CauseFin, Fin, FinPossible, PapierVise, RefusFin};
use domain::droits::{self, Acteur, Rattachement};
use store::Tx;
use store::convention::{self, Enregistree, NatureActe};

/// A way to end a convention: possible from a day on, or what is missing.
#[derive(Clone, Debug)]
pub struct VoieFin {
    /// Which paper ends.
    pub papier: PapierVise,
    /// By what.
    pub cause: CauseFin,
    /// From when, or why not.
    pub possible: Result<FinPossible, RefusFin>,
}

/// The ways that the papers provide.
const VOIES: [(PapierVise, CauseFin); 4] = [
    (PapierVise::Metier, CauseFin::Manquement),
    (PapierVise::Utilisation, CauseFin::Manquement),
    (PapierVise::Metier, CauseFin::Denonciation),
    (PapierVise::Metier, CauseFin::MetierCite),
];

/// The ways to end a convention that its papers provide, with these letters.
pub(crate) fn voies(row: &Enregistree, lettres: &[regles::Lettre]) -> Vec<VoieFin> {
    VOIES
        .into_iter()
        .map(|(papier, cause)| VoieFin { papier, cause, possible: row.dossier.fin_possible(papier, cause, lettres) })
        .filter(|v| v.possible != Err(RefusFin::ClauseAbsente))
        .collect()
}

/// An end as asked for.
#[derive(Clone, Debug)]
pub struct FinDemandee<'a> {
    /// Code of the paper.
    pub papier: &'a str,
    /// Code of the cause.
    pub cause: &'a str,
    /// First day without access.
    pub le: NaiveDate,
    /// A word on it.
    pub motif: &'a str,
}

/// A compte that an end closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompteFerme {
    /// « Prénom Nom ».
    pub nom: String,
    /// Its profil.
    pub profil: Profil,
    /// Invited or active today.
    pub etat: EtatCompte,
}

/// What an end closes, exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequences {
    /// The comptes of the structure that are open today.
    pub comptes: Vec<CompteFerme>,
    /// Caisses whose convention keeps them open; none: all are inactivated.
    pub restent: Vec<String>,
    /// Demandes that are open at this caisse.
    pub demandes: u64,
}

/// An end before it is confirmed.
#[derive(Clone, Debug)]
pub struct FinPrevue {
    /// Key of the convention.
    pub cle: String,
    /// Short name of the structure.
    pub structure: String,
    /// Name of the caisse.
    pub caisse: String,
    /// Which paper.
    pub papier: PapierVise,
    /// By what.
    pub cause: CauseFin,
    /// First day without access.
    pub le: NaiveDate,
    /// The word on it.
    pub motif: String,
    /// Whether that day has come already: access closes at once.
    pub immediate: bool,
    /// What it closes.
    pub consequences: Consequences,
    /// For the form.
    pub version: i64,
}

/// Shows what an end would close, without recording anything (CO-6).
///
/// # Errors
/// As for [`end`].
pub async fn preview_end(
    ctx: &Contexte,
    requete: &Requete,
    cle: &str,
    demandee: &FinDemandee<'_>,
) -> Outcome<FinPrevue> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = droits::lire_conventions(&acteur)?;
    let row = convention::in_scope(&tx, &portee, cle).await?.ok_or(AppError::Introuvable)?;
    let aujourdhui = jour_civil(zone_of(&tx, row.caisse).await?, ctx.now());
    let lettres: Vec<regles::Lettre> = convention::lettres(&tx, &row).await?.into_iter().map(|l| l.lettre).collect();
    let (fin, mot) = decide(&row, &lettres, demandee)?;
    let consequences = consequences(&tx, &row, fin.le.max(aujourdhui)).await?;
    let caisse = store::caisse::some(&tx, &[row.caisse]).await?.pop().map(|c| c.fiche.nom).unwrap_or_default();
    let prevue = FinPrevue {
        cle: cle.to_owned(),
        structure: row.dossier.stipulations.partenaire.nom_affiche().to_owned(),
        caisse,
        papier: fin.papier,
        cause: fin.cause.unwrap_or(CauseFin::Manquement),
        le: fin.le,
        motif: mot,
        immediate: fin.le <= aujourdhui,
        consequences,
        version: row.version,
    };
    drop(tx);
    let entree = ctx.entree(requete, &acteur, "convention.preview_end", super::conduite::objet(&row));
    ctx.record(entree).await?;
    Ok(prevue)
}

/// What closes if this convention ends on a day: the comptes of the structure unless another convention keeps them.
pub(crate) async fn consequences(tx: &Tx, row: &Enregistree, le: NaiveDate) -> Outcome<Consequences> {
    let autres: Vec<Enregistree> = convention::of_partenaire(tx, row.partenaire)
        .await?
        .into_iter()
        .filter(|d| d.id != row.id && d.dossier.demeure(&d.actes, le))
        .collect();
    let ids: Vec<_> = autres.iter().map(|d| d.caisse).collect();
    let restent = store::caisse::some(tx, &ids).await?.into_iter().map(|c| c.fiche.nom).collect();
    let comptes = store::compte::in_use_of(tx, Rattachement::Partenaire(row.partenaire)).await?;
    let comptes = comptes
        .into_iter()
        .map(|c| CompteFerme { nom: c.identite.nom_affiche(), profil: c.profil, etat: c.etat })
        .collect();
    let demandes = store::demande::compter_ouvertes(tx, (row.caisse, row.partenaire)).await?;
    Ok(Consequences { comptes, restent, demandes })
}

/// Whether an end may be recorded so, by the letters that are there.
fn decide(row: &Enregistree, lettres: &[regles::Lettre], d: &FinDemandee<'_>) -> Outcome<(Fin, String)> {
    let choix = |v: &VoieFin| v.papier.code() == d.papier && v.cause.code() == d.cause;
    let voie = voies(row, lettres).into_iter().find(choix);
    let voie = voie.ok_or_else(|| saisie("voie", "Choisissez comment la convention prend fin."))?;
    let possible = voie.possible.map_err(|refus| saisie("voie", refus.to_string()))?;
    let deja = match voie.papier {
        PapierVise::Metier => row.actes.fin_metier.as_ref(),
        PapierVise::Utilisation => row.actes.fin_acces(),
    };
    if let Some(deja) = deja {
        return Err(saisie("voie", format!("Une fin est déjà enregistrée pour le {}.", date_en_francais(deja.le))));
    }
    if possible.seul_jour && d.le != possible.le {
        let le = date_en_francais(possible.le);
        return Err(saisie("le", format!("La convention prend fin à son échéance, le {le}, et aucun autre jour.")));
    }
    if d.le < possible.le {
        let le = date_en_francais(possible.le);
        return Err(saisie("le", format!("La fin est possible au plus tôt le {le} : le délai court jusque-là.")));
    }
    let mot = motif("motif", d.motif, "Dites en une phrase pourquoi la convention prend fin.")?;
    let (le, papier) = (d.le, voie.papier);
    let cause = voie.cause.libelle().to_owned();
    Ok((Fin { le, motif: cause, papier, cause: Some(voie.cause), lettre: possible.lettre }, mot))
}

/// Records the end of a paper, by the référent: only when the letters allow it, not before the first day possible. The
/// usage convention ends with the métier (CO-2). Both sides are told; access closes on that day by itself.
///
/// # Errors
/// [`AppError::Saisie`] saying what is missing or from when it is possible, at `code` without a second factor shown lately;
/// [`AppError::Conflit`].
pub async fn end(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    demandee: &FinDemandee<'_>,
) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let mut c = Box::pin(Conduite::begin_end(ctx, &tx, requete, (cle, version))).await?;
    let lettres: Vec<regles::Lettre> = convention::lettres(&tx, &c.row).await?.into_iter().map(|l| l.lettre).collect();
    let (fin, mot) = decide(&c.row, &lettres, demandee)?;
    let (papier, cause, le) = (fin.papier, fin.cause.unwrap_or(CauseFin::Manquement), fin.le);
    match papier {
        PapierVise::Metier => c.row.actes.fin_metier = Some(fin),
        PapierVise::Utilisation => c.row.actes.fin = Some(fin),
    }
    c.save(ctx, &tx).await?;
    c.note(ctx, &tx, NatureActe::Fin, (papier.code().to_owned(), Some(le), &mot)).await?;
    let contenu = vec![
        ("Convention", papier.libelle().to_owned()),
        ("Cause", cause.libelle().to_owned()),
        ("Premier jour sans accès", date_en_francais(le)),
        ("Motif", mot),
    ];
    c.prove(ctx, &tx, Nature::Resiliation, contenu).await?;
    let ouvertes = super::bonne_fin::lines(ctx, &tx, &c.row).await?;
    c.tell(ctx, &tx, &Sujet::Fin { papier, cause, le, ouvertes }).await?;
    let details = serde_json::json!({ "papier": papier.code(), "cause": cause.code(), "le": le });
    c.journal(ctx, &tx, requete, ("convention.end", details)).await?;
    tx.commit().await?;
    Ok(())
}
