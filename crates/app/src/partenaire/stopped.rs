//! A structure that a caisse has stopped (PA-3): none of its comptes acts any more, from the next request on. Who signs in
//! is told whom to call, never why.

use crate::context::Contexte;
use crate::error::Outcome;
use domain::calendrier::jour_civil;
use domain::convention::{Acces, CompteVu, ProfilPartenaire, Theme};
use domain::ids::PartenaireId;
use store::Tx;
use store::convention::Liee;

/// A person of a caisse whom a stopped structure may call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Name of the caisse.
    pub caisse: String,
    /// Telephone of the caisse.
    pub telephone: Option<String>,
    /// Address of the caisse.
    pub courriel: Option<String>,
}

/// The access of a structure is stopped: whom its comptes may call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arret {
    /// The caisses that stopped it, or have not reopened it.
    pub contacts: Vec<Contact>,
}

/// Whether a structure is stopped: a caisse has cut or frozen it, and none is open to it.
pub(crate) async fn stopped(ctx: &Contexte, tx: &Tx, partenaire: PartenaireId) -> Outcome<Option<Arret>> {
    let liees = store::convention::liees(tx, partenaire).await?;
    Ok(of(ctx, &liees))
}

fn of(ctx: &Contexte, liees: &[Liee]) -> Option<Arret> {
    let vu = CompteVu { profil: ProfilPartenaire::Gestionnaire, actif: true };
    let mut contacts = Vec::new();
    for liee in liees {
        let today = jour_civil(liee.caisse.fiche.zone, ctx.now());
        match liee.accord.dossier.acces(vu, &liee.accord.actes, today) {
            Acces::Ferme(raison) if raison.arrete_la_structure() => contacts.push(contact(liee)),
            Acces::Ferme(_) => {}
            Acces::Comptes | Acces::Demandes(_) => return None,
        }
    }
    (!contacts.is_empty()).then_some(Arret { contacts })
}

fn contact(liee: &Liee) -> Contact {
    let partie = &liee.accord.dossier.stipulations.caisse;
    let person = partie.joindre(Theme::Referent).into_iter().chain(partie.joindre(Theme::Support)).next();
    Contact {
        caisse: liee.caisse.fiche.nom.clone(),
        telephone: person.and_then(|p| p.telephone.clone()).or_else(|| liee.caisse.telephone.clone()),
        courriel: person.map(|p| p.courriel.clone()).or_else(|| liee.caisse.courriel.clone()),
    }
}
