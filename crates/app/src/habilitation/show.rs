//! One form, whole, with what its reader may do with it.

use super::cadre::objet_de;
use super::list::{Ligne, lines};
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::compte::Profil;
use domain::droits::{Acteur, lire_demarches};
use domain::habilitation::{EtatDemarche, NatureDemarche};
use domain::ids::DemarcheId;
use store::compte::{Compte, Identite};
use store::demarche;

/// A form with what surrounds it.
#[derive(Clone, Debug)]
pub struct Fiche {
    /// The form, as its list shows it.
    pub ligne: Ligne,
    /// Name of the caisse.
    pub caisse: String,
    /// Who asked, by name; none for the link.
    pub auteur: Option<String>,
    /// Who decided, by name.
    pub decideur: Option<String>,
    /// The identity as it is, for a change of data.
    pub identite: Option<Identite>,
    /// Whether the reader decides on it now.
    pub decide: bool,
    /// Whether the reader may withdraw it now.
    pub retire: bool,
    /// Whether the reader may give the successor now.
    pub succede: bool,
}

/// Whether a compte is past the day on which its person is erased: nobody sees it any more (HA-10).
fn past(ctx: &Contexte, c: &Compte) -> bool {
    c.fermeture.is_some_and(|f| f.supprimer_le <= ctx.now())
}

/// One form.
///
/// # Errors
/// [`AppError::Introuvable`] out of scope; [`AppError::Interdit`] for other profils.
pub async fn show(ctx: &Contexte, requete: &Requete, id: DemarcheId) -> Outcome<Fiche> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let acteur = Acteur::Compte(vu.acteur.clone());
    let portee = lire_demarches(&acteur)?;
    let found = demarche::load(&tx, &portee, id).await?.ok_or(AppError::Introuvable)?;
    let objet = objet_de(&found);
    let caisse = store::caisse::some(&tx, &[found.caisse]).await?.pop().map(|c| c.fiche.nom).unwrap_or_default();
    let (auteur, decideur) = (found.auteur, found.decidee_par);
    let ids: Vec<_> = [auteur, decideur].into_iter().flatten().collect();
    let noms = store::compte::noms(&tx, &ids, ctx.now()).await?;
    let identite = match found.compte.filter(|_| found.nature == NatureDemarche::Changement) {
        Some(compte) => store::compte::load(&tx, &domain::droits::Portee::Soi(compte), compte, ctx.now()).await?,
        None => None,
    };
    let (etat, structure) = (found.etat, vu.acteur.profil == Profil::Gestionnaire);
    let depart = found.nature == NatureDemarche::Depart;
    let Some(ligne) = lines(ctx, &tx, vec![found]).await?.pop() else { return Err(AppError::Introuvable) };
    ctx.record(ctx.entree(requete, &acteur, "habilitation.show", objet)).await?;
    Ok(Fiche {
        succede: structure && depart && etat.est_ouverte() && ligne.demarche.contenu.personne.is_none(),
        ligne,
        caisse,
        auteur: auteur.and_then(|a| noms.get(&a).cloned()),
        decideur: decideur.and_then(|a| noms.get(&a).cloned()),
        identite: identite.filter(|c| !past(ctx, c)).map(|c| c.identite),
        decide: vu.acteur.profil == Profil::Referent && etat == EtatDemarche::Recue,
        retire: structure && etat.est_ouverte(),
    })
}
