//! Who may do what. The only maker of [`Permis`], the proof of authorisation that every write of `store` asks for
//! (architecture, rule 4), and of [`Portee`], the scope of every load (rule 3). No I/O.

mod acteur;
mod comptes;
mod conventions;
mod demandes;
mod habilitations;
mod partenaires;
mod permis;
mod vie_comptes;

pub use acteur::{Acces, Acteur, ActeurCompte, Raison, Rattachement};
pub use comptes::{Cible, choisir_rythme, habiliter, inactiver, lire_comptes, soi};
pub use conventions::{conduire, lire_conventions, suivre_fin};
pub use demandes::{
    annuler, cloturer, deposer, dirige, garder_brouillon, instruire, lire_demandes, lire_file, lire_historique,
    prendre, repondre, rouvrir, suivre, traite,
};
pub use habilitations::{
    Decider, Demander, Revoir, attester, decider, demander, lire_demarches, lire_preuves, lire_revues,
};
pub use partenaires::{
    CoteEchange, Entre, couper, creer_partenaire, echanger, lire_partages, lire_partenaires, publier, tenir_fiche,
    verser,
};
pub use permis::{
    Acte, Analyser, Annuler, Archiver, Brouillonner, Cloturer, Conduire, Deposer, Effacer, Habiliter, Importer,
    Installer, Instruire, Permis, Prendre, Repondre, Rouvrir, SoiMeme,
};
pub use permis::{Couper, Echanger, Publier, TenirFiche, Verser};
pub use permis::{Portee, Refus};
pub use vie_comptes::{
    Closing, annoncer, declarer_membres, deroger, exclure, lire_structure, reactiver, regler_mots_de_passe, relancer,
    signaler,
};

/// Acts of jobs, imports, installation and of a compte on itself.
pub mod systeme {
    use super::{Acte, Acteur, Permis, Portee, Raison, Refus};

    /// Proof for an act that only the system performs.
    ///
    /// # Errors
    /// [`Refus::ActeInterdit`] for any person.
    pub fn permis<A: Acte>(acteur: &Acteur) -> Result<Permis<A>, Refus> {
        match acteur {
            Acteur::Systeme(Raison::Demonstration | Raison::Import | Raison::Installation | Raison::Tache) => {
                Ok(Permis::make(Portee::Tout, None))
            }
            Acteur::Compte(_) => Err(Refus::ActeInterdit),
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_comptes;
#[cfg(test)]
mod tests_habilitations;
#[cfg(test)]
mod tests_vie_comptes;
