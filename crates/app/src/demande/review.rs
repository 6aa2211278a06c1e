//! « Vérifiez votre demande »: the draft read, attached to a caisse, with its route of delivery and its delay, before
//! anything is sent.

use super::attach::attach;
use super::depot::{Besoin, Depot, Stipule, in_page_order, one};
use super::form::{OuvertA, open_at};
use crate::compte::{Vu, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use chrono::{DateTime, NaiveDate, Utc};
use domain::caisse::Departement;
use domain::calendrier::{echeance, jour_civil};
use domain::convention::Voie;
use domain::demande::{self, Orientation, Sorte};
use domain::droits::{self, Acteur, ActeurCompte, Permis};
use domain::ids::BrouillonId;
use store::Tx;
use store::brouillon::{self, Saisie};
use store::caisse::Service;
use store::demande::Personne;
use store::piece_jointe::{self, Piece};

/// What the check page shows, and what the filing will write.
#[derive(Clone, Debug)]
pub struct Recapitulatif {
    /// The draft.
    pub brouillon: BrouillonId,
    /// The fields, read.
    pub depot: Depot,
    /// Caisse in charge and its convention.
    pub ouverte: OuvertA,
    /// Service in charge.
    pub service: Service,
    /// Where documents will go (PA-2); none when no document is asked for.
    pub voie: Option<Voie>,
    /// Day by which an answer is foreseeable.
    pub echeance: NaiveDate,
    /// What a reported difficulty proposes beside its treatment (DE-13); nothing for the other kinds.
    pub orientations: Vec<Orientation>,
    /// An open demande of the structure for the same person and of the same kind (DE-9): its reference.
    pub doublon: Option<String>,
    /// Files that will go with it, oldest first.
    pub pieces: Vec<Piece>,
    /// Whether files that wait will be analysed: no in a process without a scanner.
    pub antivirus: bool,
}

/// Reads a draft for the check page.
///
/// # Errors
/// [`AppError::Saisie`] with every field to mend; [`AppError::Introuvable`] when the draft is gone.
pub async fn review(ctx: &Contexte, requete: &Requete, id: BrouillonId) -> Outcome<Recapitulatif> {
    let (vue, entree) = {
        let tx = ctx.store.begin_read().await?;
        let vu = seen(ctx, &tx, requete).await?;
        let acteur = vu.acteur.clone();
        let draft = brouillon::load(&tx, acteur.compte, id).await?.ok_or(AppError::Introuvable)?;
        let (mut vue, _) = read(&tx, &vu, (id, draft.sorte, &draft.saisie), ctx.now()).await?;
        vue.pieces = piece_jointe::of_draft(&tx, acteur.compte, id).await?;
        vue.antivirus = ctx.antivirus_branche();
        let objet = Objet { nature: "brouillon", id: Some(id.to_string()), ..Objet::default() };
        (vue, ctx.entree(requete, &Acteur::Compte(acteur), "brouillon.read", objet))
    };
    ctx.record(entree).await?;
    Ok(vue)
}

/// The steps that check page and filing share: read, attach, decide. Files are the check page's alone.
pub(super) async fn read(
    tx: &Tx,
    vu: &Vu,
    (id, sorte, saisie): (BrouillonId, Sorte, &Saisie),
    now: DateTime<Utc>,
) -> Outcome<(Recapitulatif, Permis<droits::Deposer>)> {
    let (acteur, ouvertes) = (&vu.acteur, open_at(vu, sorte));
    // The caisse is not known yet: the latest civil day of those open, so that no true date is in the future.
    let jours = ouvertes.iter().map(|o| jour_civil(o.caisse.fiche.zone, now));
    let aujourdhui = jours.max().unwrap_or_else(|| now.date_naive());
    let depot = match Depot::read(sorte, saisie, aujourdhui) {
        Ok(depot) => depot,
        Err(erreurs) => return Err(AppError::Saisie(complete(tx, &ouvertes, (sorte, saisie), erreurs).await?)),
    };
    let ouverte = match attach(tx, &ouvertes, depot.departement, depot.caisse.as_deref()).await? {
        Ok(ouverte) => ouverte,
        Err((champ, message)) => return Err(AppError::Saisie(vec![ErreurChamp::new(champ, message)])),
    };
    let depot = depot.fits(ouverte.dossier()).map_err(AppError::Saisie)?;
    let permis = droits::deposer(&Acteur::Compte(acteur.clone()), ouverte.caisse.id, sorte)?;
    let code = demande::service(sorte, &depot.sous_types());
    let service = store::caisse::service(tx, ouverte.caisse.id, code)
        .await?
        .ok_or_else(|| AppError::Interne(format!("caisse {} has no service {code}", ouverte.caisse.id)))?;
    let zone = ouverte.caisse.fiche.zone;
    let vue = Recapitulatif {
        brouillon: id,
        voie: match depot.besoin {
            Besoin::Document { qualite, .. } => Some(ouverte.dossier().voie_de_remise(qualite)),
            _ => None,
        },
        orientations: match &depot.besoin {
            Besoin::Difficulte { natures, criteres, .. } => {
                demande::orientations(ouverte.dossier(), natures, criteres, depot.urgence.is_some())
            }
            _ => Vec::new(),
        },
        doublon: doublon(tx, acteur, &ouverte, &depot).await?,
        echeance: echeance(zone, jour_civil(zone, now), service.delai_jours),
        pieces: Vec::new(),
        antivirus: true,
        depot,
        ouverte,
        service,
    };
    Ok((vue, permis))
}

/// The faults of a form, with those that the convention of its caisse would tell next: everything is said at once.
async fn complete(
    tx: &Tx,
    ouvertes: &[OuvertA],
    (sorte, saisie): (Sorte, &Saisie),
    mut erreurs: Vec<ErreurChamp>,
) -> Outcome<Vec<ErreurChamp>> {
    let Ok(departement) = Departement::parse(one(saisie, "departement").trim()) else { return Ok(erreurs) };
    let choisie = Some(one(saisie, "caisse").trim()).filter(|c| !c.is_empty());
    let more = match attach(tx, ouvertes, departement, choisie).await? {
        Ok(ouverte) => Stipule::of(sorte, saisie).faults(ouverte.dossier()),
        Err((champ, message)) => vec![ErreurChamp::new(champ, message)],
    };
    let told: Vec<String> = erreurs.iter().map(|e| e.champ.clone()).collect();
    erreurs.extend(more.into_iter().filter(|e| !told.contains(&e.champ)));
    Ok(in_page_order(erreurs))
}

/// The open demande of the structure for the same person and of the same kind (DE-9).
async fn doublon(tx: &Tx, acteur: &ActeurCompte, ouverte: &OuvertA, depot: &Depot) -> Outcome<Option<String>> {
    let portee = droits::lire_demandes(&Acteur::Compte(acteur.clone()))?;
    let (nom, prenom) = (depot.nom.cle(), depot.prenom.as_ref().map(|p| p.cle()).unwrap_or_default());
    let personne = Personne {
        cles_nom: (&nom, &prenom),
        naissance: &depot.naissance.canonique(),
        departement: depot.departement.code(),
    };
    Ok(store::demande::doublon(tx, &portee, ouverte.caisse.id, depot.sorte(), personne).await?)
}
