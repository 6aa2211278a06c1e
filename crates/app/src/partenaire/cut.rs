//! The caisse cuts a structure (PA-3): its own access closes, the comptes of the structure stand still everywhere, their
//! sessions end, every other caisse is told and decides for itself. The cut is taken back by the caisse that made it.

mod gel;
mod saisie;

pub(crate) use gel::{dire_gel, gel_en_cours};
pub use saisie::{CoupureSaisie, Reprise};

use super::{at_the_desk, entre, is_live, today};
use crate::compte::{load_renforce, seen};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{Mail, partenaires::Lettre};
use crate::notification::au_partenaire;
use crate::preuve::{self, Nature, Preuve};
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::compte::Profil;
use domain::convention::{Acces, CompteVu, ProfilPartenaire};
use domain::droits::{self, Acteur, Couper, Permis, Rattachement};
use domain::ids::CoupureId;
use gel::{freeze, tell_open, thaw};
use store::WriteTx;
use store::convention::{self, Enregistree};
use store::coupure::{self, Coupure};

use super::sheet::{Coupe, coupe};

/// What a cut would close, before it is made.
#[derive(Clone, Debug)]
pub struct Apercu {
    /// Key of the convention.
    pub cle: String,
    /// Short name of the structure.
    pub structure: String,
    /// Word of the structure in addresses.
    pub slug: String,
    /// Name of the caisse.
    pub caisse: String,
    /// What stands in between already.
    pub coupe: Coupe,
    /// Active and invited gestionnaires, who lose their access.
    pub gestionnaires: u64,
    /// Active and invited techniciens.
    pub techniciens: u64,
    /// The other caisses that the structure works with today: its access there is frozen, and they decide.
    pub autres: Vec<String>,
    /// The cuts of before, by this caisse, the last first.
    pub passees: Vec<Coupure>,
    /// Today at the caisse.
    pub aujourdhui: NaiveDate,
    /// Zone of the caisse.
    pub zone: Zone,
    /// Whether the convention was activated and has not ended: there is nothing to cut otherwise.
    pub en_cours: bool,
}

/// What a cut would close, and what stands.
///
/// # Errors
/// [`AppError::Introuvable`], [`AppError::Interdit`] unless référent of the caisse.
pub async fn preview(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<Apercu> {
    let (apercu, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let c = at_the_desk(&tx, &acteur, cle).await?;
        let ici = Rattachement::Partenaire(c.partenaire);
        let caisse = store::caisse::some(&tx, &[c.caisse]).await?.pop().ok_or(AppError::Introuvable)?;
        let zone = caisse.fiche.zone;
        let aujourdhui = jour_civil(zone, ctx.now());
        let mut autres = Vec::new();
        for liee in convention::liees(&tx, c.partenaire).await? {
            if liee.id != c.id && is_open(&liee.accord, aujourdhui) {
                autres.push(liee.caisse.fiche.nom);
            }
        }
        let structure = store::partenaire::load(&tx, c.partenaire).await?.ok_or(AppError::Introuvable)?;
        let passees = coupure::of_partenaire(&tx, c.partenaire).await?;
        let apercu = Apercu {
            cle: c.dossier.cle.clone(),
            structure: structure.nom_court,
            slug: structure.slug,
            caisse: caisse.fiche.nom,
            coupe: coupe(&tx, &c).await?,
            gestionnaires: store::compte::count(&tx, ici, Profil::Gestionnaire, ctx.now()).await?,
            techniciens: store::compte::count(&tx, ici, Profil::Technicien, ctx.now()).await?,
            autres,
            passees: passees.into_iter().filter(|p| p.convention == c.id && p.levee_le.is_some()).collect(),
            aujourdhui,
            zone,
            en_cours: is_live(&c, aujourdhui),
        };
        (apercu, super::entree(ctx, requete, &acteur, ("coupure.preview", &c)))
    };
    ctx.record(entree).await?;
    Ok(apercu)
}

/// Whether the convention opens something today.
fn is_open(accord: &convention::Accord, aujourdhui: NaiveDate) -> bool {
    let vu = CompteVu { profil: ProfilPartenaire::Gestionnaire, actif: true };
    !matches!(accord.dossier.acces(vu, &accord.actes, aujourdhui), Acces::Ferme(_))
}

/// Cuts the structure of a convention.
///
/// # Errors
/// [`AppError::Saisie`] with every field refused, at `code` without a fresh second factor, or at `convention` when it was
/// never activated or has ended: a project with a structure gives no power over it; [`AppError::Conflit`] when it is cut
/// already.
pub async fn cut(ctx: &Contexte, requete: &Requete, cle: &str, saisie: &CoupureSaisie) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let c = at_the_desk(&tx, &acteur, cle).await?;
    let permis = droits::couper(&acteur, entre(&c))?;
    let jour = today(ctx, &tx, &c).await?;
    let decision = saisie.lis(jour).map_err(AppError::Saisie)?;
    let mut ici = locked(&tx, &c).await?;
    if ici.actes.coupee_le.is_some() {
        return Err(AppError::Conflit);
    }
    if !is_live(&ici, jour) {
        let message = "Cette convention n’est pas activée, ou elle est terminée : il n’y a pas d’accès à couper.";
        return Err(AppError::Saisie(vec![ErreurChamp::new("convention", message)]));
    }
    ici.actes.coupee_le = Some(jour);
    // Its own decision takes the place of another caisse's.
    ici.actes.gel = None;
    convention::update(&tx, &permis, &ici, ctx.now()).await?;
    let row = Coupure {
        id: CoupureId::new(ctx.new_id()),
        convention: ici.id,
        partenaire: ici.partenaire,
        caisse: ici.caisse,
        auteur: acteur.compte().ok_or(AppError::SessionFermee)?,
        decision,
        le: ctx.now(),
        recue_le: None,
        levee_le: None,
        version: 1,
    };
    coupure::insert(&tx, &permis, &row).await?;
    prove_cut(ctx, &tx, &permis, &row).await?;
    let sessions = coupure::close_sessions(&tx, &permis, ici.partenaire).await?;
    let gelees = freeze(ctx, &tx, &permis, &ici).await?;
    let caisse = ici.dossier.stipulations.caisse.nom_affiche().to_owned();
    let lettre = Lettre::Coupure { caisse };
    au_partenaire(ctx, &tx, &ici, |pour| Mail::Partenaires { pour, lettre: lettre.clone() }).await?;
    let mut entree = super::entree(ctx, requete, &acteur, ("partenaire.cut", &ici));
    entree.details = format!("{{\"sessions\":{sessions},\"gelees\":{gelees}}}");
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(())
}

/// The convention as it is behind the lock of all those of its structure.
async fn locked(tx: &WriteTx, c: &Enregistree) -> Outcome<Enregistree> {
    let toutes = convention::lock_of_partenaire(tx, c.partenaire).await?;
    toutes.into_iter().find(|d| d.id == c.id).ok_or(AppError::Introuvable)
}

async fn prove_cut(ctx: &Contexte, tx: &WriteTx, permis: &Permis<Couper>, c: &Coupure) -> Outcome<()> {
    let d = &c.decision;
    let jour = |le: NaiveDate| domain::calendrier::date_en_francais(le);
    let decision = vec![
        ("Décision", "Accès de la structure coupé".to_owned()),
        ("Motif", d.motif.clone()),
        ("Décidée par", d.par.clone()),
        ("Décidée le", jour(d.le)),
    ];
    prove(ctx, tx, permis, (c, Nature::Decision), decision).await?;
    let notice = vec![
        ("Objet", "Coupure de l’accès de la structure".to_owned()),
        ("Moyen", d.moyen.clone()),
        ("Numéro", d.numero.clone()),
        ("Envoyée le", jour(d.envoyee_le)),
    ];
    prove(ctx, tx, permis, (c, Nature::Notice), notice).await
}

async fn prove(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Couper>,
    (c, nature): (&Coupure, Nature),
    contenu: Vec<(&'static str, String)>,
) -> Outcome<()> {
    let preuve = Preuve {
        nature,
        caisse: Some(c.caisse),
        partenaire: Some(c.partenaire),
        convention: Some(c.convention),
        compte: None,
        auteur: permis.auteur(),
        contenu,
    };
    preuve::add(ctx, tx, preuve).await?;
    Ok(())
}

/// Notes the day on which the structure received the notice: a proof of its own.
///
/// # Errors
/// [`AppError::Saisie`] at `recue_le` for a day before the sending or after today; [`AppError::Conflit`] when nothing is
/// cut, or it is noted already.
pub async fn note_receipt(ctx: &Contexte, requete: &Requete, cle: &str, recue_le: NaiveDate) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let c = at_the_desk(&tx, &acteur, cle).await?;
    let permis = droits::couper(&acteur, entre(&c))?;
    let row = coupure::current(&tx, c.id).await?.filter(|r| r.recue_le.is_none()).ok_or(AppError::Conflit)?;
    let jour = today(ctx, &tx, &c).await?;
    saisie::between("recue_le", recue_le, (row.decision.envoyee_le, jour))?;
    let row = Coupure { recue_le: Some(recue_le), ..row };
    coupure::update(&tx, &permis, &row).await?;
    let contenu = vec![
        ("Objet", "Réception de la notification de coupure".to_owned()),
        ("Numéro", row.decision.numero.clone()),
        ("Reçue le", domain::calendrier::date_en_francais(recue_le)),
    ];
    prove(ctx, &tx, &permis, (&row, Nature::Notice), contenu).await?;
    ctx.journal(&tx, super::entree(ctx, requete, &acteur, ("coupure.receipt", &c))).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a cut back: by the caisse that made it. Freezes that came from it end too, unless
/// another caisse's cut still holds.
///
/// # Errors
/// [`AppError::Saisie`] at `motif` or `code`; [`AppError::Conflit`] when nothing is cut.
pub async fn lift(ctx: &Contexte, requete: &Requete, cle: &str, reprise: &Reprise) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let c = at_the_desk(&tx, &acteur, cle).await?;
    let permis = droits::couper(&acteur, entre(&c))?;
    let motif = reprise.lis()?;
    let mut ici = locked(&tx, &c).await?;
    let row = coupure::current(&tx, c.id).await?.ok_or(AppError::Conflit)?;
    ici.actes.coupee_le = None;
    convention::update(&tx, &permis, &ici, ctx.now()).await?;
    let row = Coupure { levee_le: Some(ctx.now()), ..row };
    coupure::update(&tx, &permis, &row).await?;
    let contenu = vec![("Décision", "Coupure levée".to_owned()), ("Motif", motif)];
    prove(ctx, &tx, &permis, (&row, Nature::Decision), contenu).await?;
    tell_open(ctx, &tx, &ici).await?;
    thaw(ctx, &tx, &permis, &ici).await?;
    ctx.journal(&tx, super::entree(ctx, requete, &acteur, ("partenaire.lift", &ici))).await?;
    tx.commit().await?;
    Ok(())
}

/// Reopens the access at one's own caisse, although another caisse has cut the structure: the caisse's decision.
///
/// # Errors
/// [`AppError::Saisie`] at `motif` or `code`; [`AppError::Conflit`] when nothing is frozen here.
pub async fn reopen(ctx: &Contexte, requete: &Requete, cle: &str, reprise: &Reprise) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let c = at_the_desk(&tx, &acteur, cle).await?;
    let permis = droits::couper(&acteur, entre(&c))?;
    let motif = reprise.lis()?;
    let mut ici = locked(&tx, &c).await?;
    let gel = ici.actes.gel.take().ok_or(AppError::Conflit)?;
    convention::update(&tx, &permis, &ici, ctx.now()).await?;
    let preuve = Preuve {
        nature: Nature::Decision,
        caisse: Some(ici.caisse),
        partenaire: Some(ici.partenaire),
        convention: Some(ici.id),
        compte: None,
        auteur: permis.auteur(),
        contenu: vec![
            ("Décision", "Accès rouvert à cette caisse, malgré la coupure d’une autre".to_owned()),
            ("Gelé depuis le", domain::calendrier::date_en_francais(gel.le)),
            ("Motif", motif),
        ],
    };
    preuve::add(ctx, &tx, preuve).await?;
    tell_open(ctx, &tx, &ici).await?;
    ctx.journal(&tx, super::entree(ctx, requete, &acteur, ("partenaire.reopen", &ici))).await?;
    tx.commit().await?;
    Ok(())
}
