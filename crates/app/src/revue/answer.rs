//! Answering a review: each compte is kept or closed, in one transaction, with a dated proof of the table (HA-12, JO-2).

use super::show::closable;
use super::{objet, of_sujet, rattachement, table};
use crate::compte::{ferme, load_renforce, objet_compte};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::habilitation::cadre;
use crate::mails::Mail;
use crate::mails::habilitations::Lettre;
use crate::notification::a_la_caisse;
use crate::preuve::{self, Nature, Preuve};
use domain::calendrier::Zone;
use domain::compte::attestations::Attestation;
use domain::compte::{CoteInactif, RaisonInactif};
use domain::droits::{Acteur, Cible, Permis, Revoir, attester, inactiver};
use domain::habilitation::{Decision, EtatRevue};
use domain::ids::{CompteId, RevueId};
use std::collections::HashMap;
use store::WriteTx;
use store::compte::Compte;
use store::revue::{self, Revue};

/// Labels and values of a proof.
type Contenu = [(&'static str, String)];

/// What was answered.
#[derive(Clone, Debug)]
pub struct Reponse {
    /// Version of the review that the page was made from.
    pub version: i64,
    /// Decision for each compte.
    pub decisions: HashMap<CompteId, Decision>,
    /// What was attested again (HA-5).
    pub attestations: Vec<Attestation>,
}

/// Answers a review: the comptes not kept are closed at once, the table is kept as a proof.
///
/// # Errors
/// [`AppError::Saisie`] at `code`, `attestations`, and `decision_{id}` of each compte without one;
/// [`AppError::Conflit`] when the review was answered or the comptes are others by now; [`AppError::Interdit`] for a compte
/// that the acteur may only keep; [`AppError::Introuvable`].
pub async fn answer(ctx: &Contexte, requete: &Requete, id: RevueId, reponse: &Reponse) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let permis = attester(&acteur)?;
    // The structure first, then its reviews: two gestionnaires who answer two of them wait in the same order.
    let known = revue::load(&tx, permis.portee(), id).await?.ok_or(AppError::Introuvable)?;
    if let Some(partenaire) = of_sujet(&acteur, known)?.partenaire {
        store::convention::lock_of_partenaire(&tx, partenaire).await?;
    }
    let revue = revue::lock(&tx, permis.portee(), id).await?.ok_or(AppError::Introuvable)?;
    if revue.etat != EtatRevue::Ouverte || revue.version != reponse.version {
        return Err(AppError::Conflit);
    }
    // A structure under two conventions answers once: its comptes are the same.
    let ensemble = match revue.partenaire {
        Some(partenaire) => revue::lock_open_of(&tx, partenaire).await?,
        None => vec![revue.clone()],
    };
    let comptes = store::compte::lock_in_use_of(&tx, rattachement(&revue)).await?;
    let table = read(&acteur, revue.partenaire.is_some(), &comptes, reponse)?;
    let zone = store::caisse::some(&tx, &[revue.caisse]).await?.pop().map_or(Zone::Metropole, |c| c.fiche.zone);
    close(ctx, &tx, (requete, &acteur), &revue, &table).await?;
    let contenu = table::content(ctx, (&revue, zone), &acteur_name(ctx, &tx, &acteur).await?, &table);
    let lignes: Vec<(CompteId, Decision)> = table.iter().map(|(c, d)| (c.id, *d)).collect();
    for une in &ensemble {
        record(ctx, &tx, (&permis, &acteur), une, (&contenu, &lignes)).await?;
    }
    ctx.journal(&tx, ctx.entree(requete, &acteur, "revue.answer", objet(&revue))).await?;
    tx.commit().await?;
    Ok(())
}

async fn acteur_name(ctx: &Contexte, tx: &WriteTx, acteur: &Acteur) -> Outcome<String> {
    let Some(id) = acteur.compte() else { return Ok(String::new()) };
    Ok(store::compte::noms(tx, &[id], ctx.now()).await?.remove(&id).unwrap_or_default())
}

/// Every compte in use with its decision, and every attestation.
fn read<'a>(
    acteur: &Acteur,
    attests: bool,
    comptes: &'a [Compte],
    reponse: &Reponse,
) -> Outcome<Vec<(&'a Compte, Decision)>> {
    if reponse.decisions.keys().any(|id| !comptes.iter().any(|c| c.id == *id)) {
        return Err(AppError::Conflit);
    }
    let (mut erreurs, mut table) = (Vec::new(), Vec::new());
    for c in comptes {
        match reponse.decisions.get(&c.id) {
            Some(Decision::Inactiver) if !closable(acteur, c) => {
                return Err(AppError::Interdit(domain::droits::Refus::ActeInterdit));
            }
            Some(decision) => table.push((c, *decision)),
            None => {
                let message = format!("Dites si le compte de {} est conservé ou inactivé.", c.identite.nom_affiche());
                erreurs.push(ErreurChamp::new(format!("decision_{}", c.id), message));
            }
        }
    }
    if attests && Attestation::TOUTES.iter().any(|a| !reponse.attestations.contains(a)) {
        erreurs.push(ErreurChamp::new("attestations", "Confirmez chacune de ces trois attestations."));
    }
    if erreurs.is_empty() { Ok(table) } else { Err(AppError::Saisie(erreurs)) }
}

/// Closes the comptes that are not kept.
async fn close(
    ctx: &Contexte,
    tx: &WriteTx,
    (requete, acteur): (&Requete, &Acteur),
    revue: &Revue,
    table: &[(&Compte, Decision)],
) -> Outcome<()> {
    let cote = if revue.partenaire.is_some() { CoteInactif::Partenaire } else { CoteInactif::Caisse };
    for (compte, _) in table.iter().filter(|(_, d)| *d == Decision::Inactiver) {
        let cible = Cible { profil: compte.profil, rattachement: compte.rattachement, caisses: &[] };
        let permis = inactiver(acteur, &cible)?;
        ferme(ctx, tx, &permis, compte, (RaisonInactif::Revue, cote)).await?;
        ctx.journal(tx, ctx.entree(requete, acteur, "compte.deactivate", objet_compte(compte))).await?;
    }
    Ok(())
}

/// The proof, the row and the mail of one of the reviews answered together.
async fn record(
    ctx: &Contexte,
    tx: &WriteTx,
    (permis, acteur): (&Permis<Revoir>, &Acteur),
    revue: &Revue,
    (contenu, lignes): (&Contenu, &[(CompteId, Decision)]),
) -> Outcome<()> {
    let preuve = Preuve {
        nature: Nature::Revue,
        caisse: Some(revue.caisse),
        partenaire: revue.partenaire,
        convention: revue.convention,
        compte: None,
        auteur: acteur.compte(),
        contenu: contenu.to_vec(),
    };
    let preuve = preuve::add(ctx, tx, preuve).await?;
    revue::attest(tx, permis, revue, (preuve, lignes), ctx.now()).await?;
    let Some(convention) = revue.convention else { return Ok(()) };
    let cadre = cadre(ctx, tx, convention).await?;
    let lettre = Lettre::Attestee { revue: revue.id };
    a_la_caisse(ctx, tx, &cadre.convention, |pour| Mail::Habilitations { pour, lettre: lettre.clone() }).await
}
