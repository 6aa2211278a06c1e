//! Whom a form is told to, and the address that a change replaced.

use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::habilitations::Lettre;
use crate::mails::{self, Mail, Pour};
use crate::notification::a_la_caisse;
use chrono::{DateTime, Utc};
use domain::droits::Portee;
use domain::ids::{CompteId, DemarcheId};
use store::compte::Destinataire;
use store::convention::Enregistree;
use store::demarche::Demarche;
use store::{Tx, WriteTx};

/// A letter to one address.
pub(crate) async fn send(ctx: &Contexte, tx: &WriteTx, pour: Pour, lettre: Lettre) -> Outcome<()> {
    mails::push(ctx, tx, &Mail::Habilitations { pour, lettre }).await.map(drop)
}

/// A letter to the contact addresses and active référents of a caisse.
pub(crate) async fn to_caisse(ctx: &Contexte, tx: &WriteTx, c: &Enregistree, lettre: Lettre) -> Outcome<()> {
    a_la_caisse(ctx, tx, c, |pour| Mail::Habilitations { pour, lettre: lettre.clone() }).await
}

/// A letter to who asked and to the other persons concerned; where nobody of them has a compte, to the contact addresses
/// of the structure.
pub(super) async fn to_askers(
    ctx: &Contexte,
    tx: &WriteTx,
    (d, c): (&Demarche, &Enregistree),
    lettre: &Lettre,
) -> Outcome<()> {
    let mut comptes: Vec<CompteId> = Vec::new();
    for id in [d.auteur, d.compte].into_iter().flatten() {
        let known = store::compte::destinataire(tx, id, ctx.now()).await?;
        let of_structure = known.and_then(|x| x.profil).is_some_and(|p| p.cote() == domain::compte::Cote::Partenaire);
        if of_structure && !comptes.contains(&id) {
            comptes.push(id);
        }
    }
    for id in &comptes {
        send(ctx, tx, Pour::Compte(*id), lettre.clone()).await?;
    }
    if comptes.is_empty() {
        for rang in 0..c.dossier.stipulations.partenaire.adresses().len() {
            send(ctx, tx, Pour::Structure { convention: c.id, rang }, lettre.clone()).await?;
        }
    }
    Ok(())
}

/// The address that a gestionnaire had before a change of his data (HA-7); nobody when the address stayed.
pub(crate) async fn ancienne_adresse(tx: &Tx, id: DemarcheId, now: DateTime<Utc>) -> Outcome<Option<Destinataire>> {
    let Some(d) = store::demarche::load(tx, &Portee::Tout, id).await? else { return Ok(None) };
    let (Some(courriel), Some(compte)) = (d.contenu.ancienne_adresse, d.compte) else { return Ok(None) };
    let personne = store::compte::personne(tx, compte, now).await?;
    Ok(personne.map(|p| Destinataire { courriel, ..p }))
}
