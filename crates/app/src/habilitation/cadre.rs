//! The convention under which something is asked, with its caisse and the day there.

use crate::compte::acces;
use crate::context::{Contexte, Objet};
use crate::error::{AppError, ErreurChamp, Outcome};
use chrono::NaiveDate;
use domain::calendrier::jour_civil;
use domain::compte::Profil;
use domain::convention::{Acces, Etat, RaisonFermeture};
use domain::droits::{Acteur, Cible, Portee, Rattachement};
use domain::ids::{CaisseId, CompteId, ConventionId, DemarcheId, PartenaireId};
use store::Tx;
use store::caisse::Caisse;
use store::convention::Enregistree;
use store::demarche::Demarche;

/// A convention with what surrounds it.
#[derive(Clone, Debug)]
pub(crate) struct Cadre {
    /// The convention.
    pub(crate) convention: Enregistree,
    /// Its caisse.
    pub(crate) caisse: Caisse,
    /// The civil day at that caisse.
    pub(crate) aujourdhui: NaiveDate,
}

/// A convention that a form may choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choix {
    /// Its id, as the form sends it.
    pub convention: ConventionId,
    /// Name of the caisse or, at the desk, of the structure.
    pub nom: String,
}

/// The convention of an id. The caller checks the scope.
///
/// # Errors
/// [`AppError::Introuvable`] when it is unknown.
pub(crate) async fn cadre(ctx: &Contexte, tx: &Tx, id: ConventionId) -> Outcome<Cadre> {
    let convention = store::convention::by_id(tx, id).await?.ok_or(AppError::Introuvable)?;
    let caisse = store::caisse::some(tx, &[convention.caisse]).await?.pop();
    let caisse = caisse.ok_or_else(|| AppError::Interne("a convention without its caisse".to_owned()))?;
    let aujourdhui = jour_civil(caisse.fiche.zone, ctx.now());
    Ok(Cadre { convention, caisse, aujourdhui })
}

/// As [`cadre`], of the caisse of somebody at the desk.
///
/// # Errors
/// [`AppError::Introuvable`] when it is another caisse's, or unknown.
pub(crate) async fn of_caisse(ctx: &Contexte, tx: &Tx, portee: &Portee, id: ConventionId) -> Outcome<Cadre> {
    let cadre = cadre(ctx, tx, id).await?;
    match portee {
        Portee::Caisse(caisse) if *caisse == cadre.convention.caisse => Ok(cadre),
        Portee::Tout => Ok(cadre),
        _ => Err(AppError::Introuvable),
    }
}

/// The convention that a gestionnaire chose; the only one where there is one only.
///
/// # Errors
/// [`AppError::Saisie`] at `convention` when it is none of those open to him.
pub(super) async fn chosen(ctx: &Contexte, tx: &Tx, acteur: &Acteur, saisi: &str) -> Outcome<Cadre> {
    let Acteur::Compte(a) = acteur else { return Err(AppError::Introuvable) };
    let convention = match a.acces.as_slice() {
        [seul] if saisi.is_empty() => Some(seul.convention),
        acces => saisi.parse().ok().filter(|id| acces.iter().any(|x| x.convention == *id)),
    };
    let manque = || erreur("convention", "Choisissez la caisse concernée.");
    cadre(ctx, tx, convention.ok_or_else(manque)?).await
}

impl Cadre {
    /// Whether the structure works today under this convention: it is active, neither cut nor frozen.
    pub(crate) fn ouverte(&self) -> bool {
        acces(&self.convention, self.aujourdhui).gere_les_comptes()
    }

    /// Refuses while the structure is cut or frozen (PA-3).
    fn libre(&self, champ: &str) -> Outcome<()> {
        match acces(&self.convention, self.aujourdhui) {
            Acces::Ferme(RaisonFermeture::StructureCoupee | RaisonFermeture::StructureGelee) => {
                let message = "Les accès de cette structure sont arrêtés : rouvrez-les d’abord.";
                Err(erreur(champ, message))
            }
            _ => Ok(()),
        }
    }

    /// Whether habilitations may be asked for: the usage convention is signed and not ended, and the
    /// structure is neither cut nor frozen (HA-3, PA-3).
    pub(super) fn signee(&self, champ: &str) -> Outcome<()> {
        self.libre(champ)?;
        let c = &self.convention;
        let signee = c.dossier.utilisation_en_vigueur_le().is_some_and(|le| le <= self.aujourdhui);
        if c.dossier.etat(&c.actes, self.aujourdhui) == Etat::Terminee {
            return Err(erreur(
                champ,
                "Cette convention est terminée : aucun gestionnaire ne peut plus être habilité.",
            ));
        }
        if signee {
            return Ok(());
        }
        Err(erreur(champ, "La convention d’utilisation n’est pas encore signée : l’habilitation se demande ensuite."))
    }

    /// The structure.
    pub(crate) const fn partenaire(&self) -> PartenaireId {
        self.convention.partenaire
    }
}

/// A gestionnaire of a structure as a target of acts, with the caisses it has a convention with.
pub(crate) const fn cible(partenaire: PartenaireId, caisses: &[CaisseId]) -> Cible<'_> {
    Cible { profil: Profil::Gestionnaire, rattachement: Rattachement::Partenaire(partenaire), caisses }
}

/// One error at a field.
pub(super) fn erreur(champ: &str, message: &str) -> AppError {
    AppError::Saisie(vec![ErreurChamp::new(champ, message)])
}

/// The journal's object for a form.
pub(super) fn objet(id: DemarcheId, caisse: CaisseId, partenaire: PartenaireId) -> Objet {
    Objet { nature: "demarche", id: Some(id.to_string()), caisse: Some(caisse), partenaire: Some(partenaire) }
}

/// The same, of a form that was read.
pub(super) fn objet_de(d: &Demarche) -> Objet {
    objet(d.id, d.caisse, d.partenaire)
}

/// Who is in scope of a gestionnaire: a compte of his own profil in his structure.
///
/// # Errors
/// [`AppError::Introuvable`] for anybody else.
pub(super) async fn collegue(ctx: &Contexte, tx: &Tx, portee: &Portee, id: CompteId) -> Outcome<store::compte::Compte> {
    let compte = store::compte::load(tx, portee, id, ctx.now()).await?.ok_or(AppError::Introuvable)?;
    if compte.profil == Profil::Gestionnaire { Ok(compte) } else { Err(AppError::Introuvable) }
}
