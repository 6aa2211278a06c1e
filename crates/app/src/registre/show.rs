//! One proof, to read and to print, with the day until which it is kept (JO-2).

use super::list::named;
use super::sujet;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use crate::imprime::{Bloc, Imprime};
use chrono::NaiveDate;
use domain::calendrier::{Zone, date_en_francais, date_heure_en_francais, jour_civil};
use domain::convention::Etat;
use domain::droits::{Acteur, lire_preuves};
use domain::habilitation::conservee_jusqu_au;
use store::Tx;
use store::preuve::Preuve;
use uuid::Uuid;

/// A proof with what surrounds it.
#[derive(Clone, Debug)]
pub struct Fiche {
    /// The proof.
    pub preuve: Preuve,
    /// Short name of the structure; empty without one.
    pub structure: String,
    /// Name of the caisse; empty without one.
    pub caisse: String,
    /// Who acted; empty for the portal itself.
    pub auteur: String,
    /// Its zone.
    pub zone: Zone,
    /// First day on which it need not be kept any more; none while its convention lives.
    pub conservee_jusqu_au: Option<NaiveDate>,
}

/// One proof.
///
/// # Errors
/// [`AppError::Introuvable`] out of scope; [`AppError::Interdit`] for other profils.
pub async fn show(ctx: &Contexte, requete: &Requete, id: Uuid) -> Outcome<Fiche> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = lire_preuves(&acteur)?;
    let preuve = store::registre::load(&tx, (&portee, sujet(&acteur)), id).await?.ok_or(AppError::Introuvable)?;
    let caisse = match preuve.caisse {
        Some(caisse) => store::caisse::some(&tx, &[caisse]).await?.pop(),
        None => None,
    };
    let zone = caisse.as_ref().map_or(Zone::Metropole, |c| c.fiche.zone);
    let conservee_jusqu_au = kept_until(ctx, &tx, &preuve, zone).await?;
    let Some(resume) = named(ctx, &tx, vec![preuve]).await?.pop() else { return Err(AppError::Introuvable) };
    let p = &resume.preuve;
    let objet = Objet { nature: "preuve", id: Some(id.to_string()), caisse: p.caisse, partenaire: p.partenaire };
    ctx.record(ctx.entree(requete, &acteur, "preuve.show", objet)).await?;
    Ok(Fiche {
        caisse: caisse.map(|c| c.fiche.nom).unwrap_or_default(),
        preuve: resume.preuve,
        structure: resume.structure,
        auteur: resume.auteur,
        zone,
        conservee_jusqu_au,
    })
}

/// The end of its convention and five years; none while the convention lives, or without one.
async fn kept_until(ctx: &Contexte, tx: &Tx, p: &Preuve, zone: Zone) -> Outcome<Option<NaiveDate>> {
    let Some(convention) = p.convention else { return Ok(None) };
    let Some(c) = store::convention::by_id(tx, convention).await? else { return Ok(None) };
    let aujourdhui = jour_civil(zone, ctx.now());
    if c.dossier.etat(&c.actes, aujourdhui) != Etat::Terminee {
        return Ok(None);
    }
    let fin = c.actes.fin.as_ref().map(|f| f.le).or(c.dossier.prochaine_echeance(aujourdhui));
    Ok(conservee_jusqu_au(fin))
}

/// A proof as a document: what it says, when, by whom, about which structure.
#[must_use]
pub fn imprime(fiche: &Fiche) -> Imprime {
    let p = &fiche.preuve;
    let auteur = if fiche.auteur.is_empty() { "Le portail" } else { fiche.auteur.as_str() };
    let mut mentions = vec![
        ("Nature".to_owned(), p.nature.libelle().to_owned()),
        ("Date".to_owned(), date_heure_en_francais(fiche.zone, p.le)),
        ("Par".to_owned(), auteur.to_owned()),
    ];
    for (label, value) in [("Structure", &fiche.structure), ("Caisse", &fiche.caisse)] {
        if !value.is_empty() {
            mentions.push((label.to_owned(), value.clone()));
        }
    }
    let kept = fiche.conservee_jusqu_au.map_or_else(
        || "Pendant toute la convention, puis cinq ans".to_owned(),
        |le| format!("Jusqu’au {}", date_en_francais(le)),
    );
    mentions.push(("Conservation".to_owned(), kept));
    mentions.push(("Numéro".to_owned(), p.id.to_string()));
    Imprime {
        titre: format!("Preuve : {}", p.nature.libelle()),
        emetteur: if fiche.caisse.is_empty() { fiche.structure.clone() } else { fiche.caisse.clone() },
        langue: "fr",
        blocs: vec![
            Bloc::Mentions(mentions),
            Bloc::Intertitre("Contenu".to_owned()),
            Bloc::Mentions(p.contenu.clone()),
        ],
    }
}
