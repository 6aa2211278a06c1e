//! Telling both sides of a convention what happened to it, by mail (CO-5, CO-10, CO-11).

use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::conventions::{Lettre, Sujet};
use crate::mails::{Mail, Pour};
use crate::notification::{a_la_caisse, au_partenaire};
use store::WriteTx;
use store::convention::Enregistree;

/// Tells the contact addresses and gestionnaires of the structure, the contact addresses and référents of the caisse.
/// What closes comptes reaches those it closes.
pub(crate) async fn dire(ctx: &Contexte, tx: &WriteTx, row: &Enregistree, sujet: &Sujet) -> Outcome<()> {
    let s = &row.dossier.stipulations;
    let parties = format!("{} et {}", s.partenaire.nom_affiche(), s.caisse.nom_affiche());
    let letter = |pour: Pour, caisse: bool| {
        let lettre = Lettre { cle: row.dossier.cle.clone(), parties: parties.clone(), caisse, sujet: sujet.clone() };
        Mail::Conventions { pour, lettre }
    };
    let closes = matches!(sujet, Sujet::FinEffective { comptes: true, .. });
    let partner = |pour| match pour {
        Pour::Compte(id) if closes => letter(Pour::Personne(id), false),
        autre => letter(autre, false),
    };
    // What the caisse has to look at first is its own matter.
    if !matches!(sujet, Sujet::AvenantEcarte { .. }) {
        au_partenaire(ctx, tx, row, partner).await?;
    }
    a_la_caisse(ctx, tx, row, |pour| letter(pour, true)).await
}
