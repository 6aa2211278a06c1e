//! News of a caisse to its partenaires: shown at sign-in until read, sent to the unique address of each structure (PA-5,
//! 002 art. 4.2).

use super::text;
use crate::compte::{load_acteur, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{self, Mail, Pour, partenaires::Lettre};
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::convention::Etat;
use domain::droits::{self, Acteur, Rattachement};
use domain::ids::{ActualiteId, CaisseId};
use store::actualite::{self, Actualite, Avant};
use store::fiche;

/// Lines of a page.
const LIGNES: u64 = 20;
/// Characters of a title.
pub const TITRE_MAX: usize = 120;
/// Characters of a text.
pub const TEXTE_MAX: usize = 4_000;

/// News as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActualiteSaisie {
    /// Title.
    pub titre: String,
    /// Text.
    pub texte: String,
    /// Last day on which it is shown.
    pub jusqu_au: Option<NaiveDate>,
}

/// A page of news.
#[derive(Clone, Debug)]
pub struct Nouvelles {
    /// Each with the name of its caisse, the newest first.
    pub lignes: Vec<(String, Actualite)>,
    /// Where older ones begin.
    pub suite: Option<Avant>,
    /// Whether the reader publishes them.
    pub au_bureau: bool,
    /// Zone in which their instants are read.
    pub zone: Zone,
}

/// The caisses whose news somebody reads: his own at the desk, those that conventions open on the partner side.
fn caisses(acteur: &Acteur) -> Vec<CaisseId> {
    match acteur {
        Acteur::Compte(a) => match a.rattachement {
            Rattachement::Caisse(caisse) => vec![caisse],
            _ => a.acces.iter().map(|x| x.caisse).collect(),
        },
        Acteur::Systeme(_) => Vec::new(),
    }
}

/// All news, read or not; the référent also sees those that were taken back. No personal data: nothing is journalled.
///
/// # Errors
/// The database's error.
pub async fn archive(ctx: &Contexte, requete: &Requete, avant: Option<&Avant>) -> Outcome<Nouvelles> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let (caisses, au_bureau) = (caisses(&acteur), droits::publier(&acteur).is_ok());
    let mut rows = actualite::list(&tx, &caisses, au_bureau, avant, LIGNES + 1).await?;
    let most = usize::try_from(LIGNES).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let suite = rows.last().filter(|_| more).map(|a| (a.le, a.id));
    let noms = store::caisse::some(&tx, &caisses).await?;
    let zone = noms.first().map_or(Zone::Metropole, |c| c.fiche.zone);
    Ok(Nouvelles { lignes: rows.into_iter().map(|a| (nom(&noms, a.caisse), a)).collect(), suite, au_bureau, zone })
}

fn nom(caisses: &[store::caisse::Caisse], id: CaisseId) -> String {
    caisses.iter().find(|c| c.id == id).map(|c| c.fiche.nom.clone()).unwrap_or_default()
}

/// What somebody of the partner side has not read yet: for his home page. Nobody else has any.
///
/// # Errors
/// The database's error.
pub async fn unread(ctx: &Contexte, requete: &Requete) -> Outcome<Nouvelles> {
    let none = Nouvelles { lignes: Vec::new(), suite: None, au_bureau: false, zone: Zone::Metropole };
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let Acteur::Compte(a) = &acteur else { return Ok(none) };
    let caisses = caisses(&acteur);
    if !matches!(a.rattachement, Rattachement::Partenaire(_)) || caisses.is_empty() {
        return Ok(none);
    }
    let noms = store::caisse::some(&tx, &caisses).await?;
    let zone = noms.first().map_or(none.zone, |c| c.fiche.zone);
    let rows = actualite::unread(&tx, a.compte, &caisses, jour_civil(zone, ctx.now())).await?;
    Ok(Nouvelles { lignes: rows.into_iter().map(|a| (nom(&noms, a.caisse), a)).collect(), zone, ..none })
}

/// Notes that somebody has read a piece of news.
///
/// # Errors
/// [`AppError::Introuvable`] for news of a caisse that is not his.
pub async fn mark_read(ctx: &Contexte, requete: &Requete, id: ActualiteId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let compte = acteur.compte().ok_or(AppError::SessionFermee)?;
    if !actualite::mark_read(&tx, compte, (&caisses(&acteur), id), ctx.now()).await? {
        return Err(AppError::Introuvable);
    }
    tx.commit().await?;
    Ok(())
}

/// Publishes news of the référent's caisse, and sends it to the unique address of each structure whose convention is
/// active.
///
/// # Errors
/// [`AppError::Saisie`] with every field refused; [`AppError::Interdit`] unless référent.
pub async fn publish(ctx: &Contexte, requete: &Requete, saisie: &ActualiteSaisie) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (permis, caisse) = droits::publier(&acteur)?;
    let fiche = store::caisse::some(&tx, &[caisse]).await?.pop().ok_or(AppError::Introuvable)?.fiche;
    let jour = jour_civil(fiche.zone, ctx.now());
    let (titre, texte) = saisie.lis(jour).map_err(AppError::Saisie)?;
    let row = Actualite {
        id: ActualiteId::new(ctx.new_id()),
        caisse,
        auteur: acteur.compte().ok_or(AppError::SessionFermee)?,
        titre,
        texte,
        le: ctx.now(),
        jusqu_au: saisie.jusqu_au,
        retiree_le: None,
    };
    actualite::insert(&tx, &permis, &row).await?;
    let mut told = 0;
    for c in fiche::of_caisse(&tx, caisse).await? {
        let active = c.dossier.etat(&c.actes, jour) == Etat::Active;
        if !active || c.dossier.stipulations.partenaire.courriel.is_none() {
            continue;
        }
        let lettre =
            Lettre::Actualite { caisse: fiche.nom.clone(), titre: row.titre.clone(), texte: row.texte.clone() };
        // The address of contact comes first.
        let pour = Pour::Structure { convention: c.id, rang: 0 };
        mails::push(ctx, &tx, &Mail::Partenaires { pour, lettre }).await?;
        told += 1;
    }
    let objet = Objet { nature: "actualite", id: Some(row.id.to_string()), caisse: Some(caisse), partenaire: None };
    let mut entree = ctx.entree(requete, &acteur, "actualite.publish", objet);
    entree.details = format!("{{\"structures\":{told}}}");
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a piece of news back: nobody is shown it any more.
///
/// # Errors
/// [`AppError::Introuvable`] for news of another caisse, or taken back already.
pub async fn withdraw(ctx: &Contexte, requete: &Requete, id: ActualiteId) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let (permis, caisse) = droits::publier(&acteur)?;
    if !actualite::withdraw(&tx, &permis, id, ctx.now()).await? {
        return Err(AppError::Introuvable);
    }
    let objet = Objet { nature: "actualite", id: Some(id.to_string()), caisse: Some(caisse), partenaire: None };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "actualite.withdraw", objet)).await?;
    tx.commit().await?;
    Ok(())
}

impl ActualiteSaisie {
    fn lis(&self, aujourdhui: NaiveDate) -> Result<(String, String), Vec<ErreurChamp>> {
        let mut e = Vec::new();
        let titre = text("titre", &self.titre, (TITRE_MAX, "Donnez un titre."), &mut e);
        let texte = text("texte", &self.texte, (TEXTE_MAX, "Écrivez l’actualité."), &mut e);
        if self.jusqu_au.is_some_and(|le| le < aujourdhui) {
            e.push(ErreurChamp::new("jusqu_au", "Cette date est passée."));
        }
        if e.is_empty() { Ok((titre, texte)) } else { Err(e) }
    }
}
