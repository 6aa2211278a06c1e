//! Lists of forms: what a structure sent, what a caisse has to decide, what is late first; and what the forms offer.

use super::cadre::Choix;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::compte::Profil;
use domain::droits::{Acteur, Portee, decider, demander, lire_demarches};
use domain::habilitation::EtatDemarche;
use domain::ids::{CaisseId, CompteId, DemarcheId, PartenaireId};
use store::Tx;
use store::demarche::{self, Demarche, Vue};

/// Rows of a page.
pub const PAGE: u64 = 25;

/// A form of a list.
#[derive(Clone, Debug)]
pub struct Ligne {
    /// The form.
    pub demarche: Demarche,
    /// Whom it is about: the person to accredit, or the gestionnaire concerned.
    pub qui: String,
    /// Short name of the structure.
    pub structure: String,
    /// Zone of the caisse.
    pub zone: Zone,
    /// Whether it is undecided past its first due day.
    pub en_retard: bool,
}

/// A page of forms.
#[derive(Clone, Debug)]
pub struct Registre {
    /// The forms.
    pub lignes: Vec<Ligne>,
    /// Where the next page begins.
    pub suite: Option<DemarcheId>,
}

/// A page of the forms that the acteur sees; journalled, as it names people.
///
/// # Errors
/// [`AppError::Interdit`] for other profils.
pub async fn list(ctx: &Contexte, requete: &Requete, vue: Vue, apres: Option<DemarcheId>) -> Outcome<Registre> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = lire_demarches(&acteur)?;
    let mut found = demarche::list(&tx, &portee, vue, apres, PAGE + 1).await?;
    let more = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let suite = found.last().filter(|_| more).map(|d| d.id);
    let lignes = lines(ctx, &tx, found).await?;
    let (caisse, partenaire) = tenants(&portee);
    let objet = Objet { nature: "demarche", id: None, caisse, partenaire };
    ctx.record(ctx.entree(requete, &acteur, "habilitation.list", objet)).await?;
    Ok(Registre { lignes, suite })
}

/// The tenants of a scope, for the journal.
pub(crate) const fn tenants(portee: &Portee) -> (Option<CaisseId>, Option<PartenaireId>) {
    match portee {
        Portee::Caisse(caisse) => (Some(*caisse), None),
        Portee::Partenaire { partenaire, .. } => (None, Some(*partenaire)),
        _ => (None, None),
    }
}

pub(super) async fn lines(ctx: &Contexte, tx: &Tx, found: Vec<Demarche>) -> Outcome<Vec<Ligne>> {
    let ids: Vec<CaisseId> = found.iter().map(|d| d.caisse).collect();
    let caisses = store::caisse::some(tx, &ids).await?;
    let concerned: Vec<CompteId> = found.iter().filter_map(|d| d.compte).collect();
    let noms = store::compte::noms(tx, &concerned, ctx.now()).await?;
    let ids: Vec<PartenaireId> = found.iter().map(|d| d.partenaire).collect();
    let structures = store::registre::structure_names(tx, &ids).await?;
    let mut lignes = Vec::with_capacity(found.len());
    for demarche in found {
        let zone = caisses.iter().find(|c| c.id == demarche.caisse).map_or(Zone::Metropole, |c| c.fiche.zone);
        let concerned = demarche.compte.and_then(|c| noms.get(&c).cloned());
        let asked = || demarche.contenu.personne.as_ref().map(|p| format!("{} {}", p.prenom, p.nom));
        lignes.push(Ligne {
            qui: concerned.or_else(asked).unwrap_or_else(|| store::compte::SUPPRIME.to_owned()),
            structure: structures.get(&demarche.partenaire).cloned().unwrap_or_default(),
            zone,
            en_retard: late(&demarche, jour_civil(zone, ctx.now())),
            demarche,
        });
    }
    Ok(lignes)
}

/// Whether a form is undecided past its first due day, or a departure past its wished day.
pub(super) fn late(d: &Demarche, aujourdhui: NaiveDate) -> bool {
    let due = d.contenu.echeances.first().map(|(jour, _)| *jour).or(d.souhaite_le);
    d.etat == EtatDemarche::Recue && due.is_some_and(|jour| jour < aujourdhui)
}

/// A gestionnaire whose departure or change may be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partante {
    /// The compte.
    pub compte: CompteId,
    /// Who it is.
    pub identite: store::compte::Identite,
}

/// What the forms of a gestionnaire offer.
#[derive(Clone, Debug)]
pub struct Accueil {
    /// Conventions, by caisse.
    pub conventions: Vec<Choix>,
    /// Gestionnaires of the structure in use.
    pub gestionnaires: Vec<Partante>,
    /// Whether a successor is asked for today under each convention.
    pub successeur: bool,
    /// Days of notice of the first convention that has one.
    pub preavis: Option<u32>,
}

/// What the forms of a gestionnaire offer.
///
/// # Errors
/// [`AppError::Interdit`] for other profils, and without a live convention.
pub async fn home(ctx: &Contexte, requete: &Requete) -> Outcome<Accueil> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let acteur = Acteur::Compte(vu.acteur.clone());
    let permis = demander(&acteur)?;
    let Portee::Partenaire { partenaire, .. } = permis.portee() else { return Err(AppError::Introuvable) };
    let (mut conventions, mut successeur, mut preavis) = (Vec::new(), false, None);
    for (acces, caisse) in vu.acteur.acces.iter().zip(&vu.caisses) {
        let cadre = super::cadre::cadre(ctx, &tx, acces.convention).await?;
        successeur |= super::leave::asked(ctx, &tx, &cadre).await?;
        preavis = preavis.or(cadre.convention.dossier.preavis_depart().map(|d| d.jours));
        conventions.push(Choix { convention: acces.convention, nom: caisse.fiche.nom.clone() });
    }
    let ici = domain::droits::Rattachement::Partenaire(*partenaire);
    let comptes = store::compte::in_use_of(&tx, ici).await?;
    let gestionnaires = comptes.into_iter().filter(|c| c.profil == Profil::Gestionnaire);
    let of = |c: store::compte::Compte| Partante { compte: c.id, identite: c.identite };
    let objet = Objet { nature: "compte", id: None, caisse: None, partenaire: Some(*partenaire) };
    let gestionnaires = gestionnaires.map(of).collect();
    ctx.record(ctx.entree(requete, &acteur, "habilitation.home", objet)).await?;
    Ok(Accueil { conventions, gestionnaires, successeur, preavis })
}

/// A structure that a référent may write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    /// Its convention with the caisse.
    pub choix: Choix,
    /// Whether it has a gestionnaire in use.
    pub gestionnaire: bool,
}

/// The structures of a caisse, for its référent's forms. No personal data: nothing is journalled.
///
/// # Errors
/// [`AppError::Interdit`] for other profils.
pub async fn structures(ctx: &Contexte, requete: &Requete) -> Outcome<Vec<Structure>> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let Portee::Caisse(caisse) = *decider(&acteur)?.portee() else { return Err(AppError::Introuvable) };
    let rows = store::registre::structures(&tx, caisse).await?;
    let ids: Vec<PartenaireId> = rows.iter().map(|(_, partenaire, _)| *partenaire).collect();
    let with = store::compte::with_gestionnaire(&tx, &ids).await?;
    let of = |(convention, partenaire, nom)| Structure {
        choix: Choix { convention, nom },
        gestionnaire: with.contains(&partenaire),
    };
    Ok(rows.into_iter().map(of).collect())
}
