//! Everybody: the desks and structures of the conventions that are played.

use std::collections::HashMap;

use app::Contexte;
use app::compte::lien;
use app::convention::Parties;
use domain::calendrier::Zone;
use domain::compte::{Profil, UsageLien};
use domain::droits::Rattachement;
use domain::ids::CompteId;
use domain::notification::Rythme;

use crate::comptes::{Employeur, Guichet, Ouvert};
use crate::erreur::DemoError;
use crate::fichier::CompteDemo;
use crate::personnes::{BUREAUX, Bureau, Devenir, LIENS, Lien, NATIONAL, Personne, STRUCTURES, Structure};
use crate::plan::Cadre;

/// A convention that is played.
pub(crate) struct Convention {
    pub(crate) place: usize,
    pub(crate) lien: &'static Lien,
    pub(crate) parties: Parties,
}

impl Convention {
    /// The first so many.
    pub(crate) async fn all(ctx: &Contexte, nombre: usize) -> Result<Vec<Self>, DemoError> {
        let parties = app::convention::parties(ctx).await?;
        let played = LIENS.iter().enumerate().take(nombre).map(|(place, lien)| {
            let parties = parties.iter().find(|p| p.cle == lien.cle).cloned();
            Ok(Self { place, lien, parties: parties.ok_or(DemoError::Table("unknown convention"))? })
        });
        played.collect()
    }

    /// What drawing needs of it.
    pub(crate) fn cadre(&self) -> Result<Cadre<'_>, DemoError> {
        let caisse = domain::caisse::caisses_embarquees().iter().find(|c| c.slug == self.lien.caisse);
        let zone: Zone = caisse.ok_or(DemoError::Table("unknown caisse"))?.zone;
        Ok(Cadre { place: self.place, lien: self.lien, dossier: &self.parties.dossier, zone })
    }

    pub(crate) fn structure(&self) -> Result<&'static Structure, DemoError> {
        STRUCTURES.get(self.lien.structure).ok_or(DemoError::Table("unknown structure"))
    }

    fn at_the_caisse(&self, domaine: &'static str) -> Employeur<'_> {
        Employeur {
            nom: &self.parties.nom_caisse,
            domaine,
            rattachement: Rattachement::Caisse(self.parties.caisse),
            services: &self.parties.services,
        }
    }

    fn in_the_structure(&self, domaine: &'static str) -> Employeur<'_> {
        Employeur {
            nom: &self.parties.nom_partenaire,
            domaine,
            rattachement: Rattachement::Partenaire(self.parties.partenaire),
            services: &[],
        }
    }
}

/// Everybody with an open compte, in the order of the file: structures, their caisse, then the national one.
pub(crate) struct Monde {
    pub(crate) ouverts: Vec<Ouvert>,
}

impl Monde {
    /// The administrateur local by the national one, the desk by the local one, the gestionnaire by the référent, the
    /// techniciens by the gestionnaire.
    pub(crate) async fn open(guichet: &Guichet<'_>, conventions: &[Convention]) -> Result<Self, DemoError> {
        let national = guichet.national(&NATIONAL).await?;
        let mut monde = Self { ouverts: Vec::new() };
        for convention in conventions {
            let bureau = BUREAUX.iter().find(|b| b.caisse == convention.lien.caisse);
            let bureau = bureau.ok_or(DemoError::Table("a caisse without people"))?;
            if monde.first(bureau.personnes, Profil::AdministrateurLocal).is_none() {
                monde.desk(guichet, (convention, bureau), &national).await?;
            }
            let structure = convention.structure()?;
            if monde.first(structure.personnes, Profil::Gestionnaire).is_none() {
                monde.team(guichet, convention, structure).await?;
            }
        }
        monde.ouverts.push(national);
        Ok(monde)
    }

    async fn desk(
        &mut self,
        guichet: &Guichet<'_>,
        (convention, bureau): (&Convention, &'static Bureau),
        national: &Ouvert,
    ) -> Result<(), DemoError> {
        let employeur = convention.at_the_caisse(bureau.domaine);
        let local = bureau.personnes.iter().find(|p| p.profil == Profil::AdministrateurLocal);
        let local = local.ok_or(DemoError::Table("no administrateur local"))?;
        let local = guichet.open(Some(national), local, &employeur).await?;
        for qui in bureau.personnes.iter().filter(|p| p.profil != Profil::AdministrateurLocal) {
            self.ouverts.push(guichet.open(Some(&local), qui, &employeur).await?);
        }
        self.ouverts.push(local);
        Ok(())
    }

    async fn team(
        &mut self,
        guichet: &Guichet<'_>,
        convention: &Convention,
        structure: &'static Structure,
    ) -> Result<(), DemoError> {
        let employeur = convention.in_the_structure(structure.domaine);
        for qui in structure.personnes.iter().filter(|p| !matches!(p.devenir, Devenir::Invite | Devenir::Oublie)) {
            let par = match qui.profil {
                Profil::Gestionnaire => self.referent(structure),
                _ => self.first(structure.personnes, Profil::Gestionnaire),
            };
            let ouvert = guichet.open(par, qui, &employeur).await?;
            self.ouverts.push(ouvert);
        }
        Ok(())
    }

    fn referent(&self, structure: &Structure) -> Option<&Ouvert> {
        let bureau = BUREAUX.iter().find(|b| b.caisse == structure.caisse)?;
        self.first(bureau.personnes, Profil::Referent)
    }

    /// The compte of a persona.
    pub(crate) fn find(&self, qui: &Personne) -> Option<&Ouvert> {
        self.ouverts.iter().find(|o| std::ptr::eq(o.qui, qui))
    }

    /// Somebody of this profil on either side of a convention.
    pub(crate) fn at(&self, convention: &Convention, profil: Profil) -> Option<&Ouvert> {
        let personnes = match profil {
            Profil::Gestionnaire | Profil::Technicien => STRUCTURES.get(convention.lien.structure)?.personnes,
            _ => BUREAUX.iter().find(|b| b.caisse == convention.lien.caisse)?.personnes,
        };
        self.first(personnes, profil)
    }

    /// The first of a profil among some people.
    pub(crate) fn first(&self, personnes: &[Personne], profil: Profil) -> Option<&Ouvert> {
        personnes.iter().filter(|p| p.profil == profil).find_map(|p| self.find(p))
    }

    /// The structure of somebody.
    fn structure_of(qui: &Personne) -> Option<&'static Structure> {
        STRUCTURES.iter().find(|s| s.personnes.iter().any(|p| std::ptr::eq(p, qui)))
    }

    /// Who takes over the demandes of a technicien who left: a colleague.
    pub(crate) fn successor(&self, qui: &Personne) -> Option<&Ouvert> {
        self.first(Self::structure_of(qui)?.personnes, Profil::Technicien)
    }

    /// Every other one of those who are told of demandes wants one mail a day.
    pub(crate) async fn choose_rhythms(&self, ctx: &Contexte) -> Result<(), DemoError> {
        let told = self.ouverts.iter().filter(|o| domain::notification::concerne(o.qui.profil));
        for ouvert in told.step_by(2) {
            app::notification::choose(ctx, &ouvert.requete(ctx), Rythme::ParJour.code()).await?;
        }
        Ok(())
    }

    /// Those who leave leave: the gestionnaire closes their comptes. In their place somebody is invited who never comes.
    pub(crate) async fn leave(&self, guichet: &Guichet<'_>, conventions: &[Convention]) -> Result<(), DemoError> {
        let ctx = guichet.ctx;
        for parti in self.ouverts.iter().filter(|o| o.qui.devenir == Devenir::Parti) {
            let structure = Self::structure_of(parti.qui).ok_or(DemoError::Table("nobody's technicien"))?;
            let gestionnaire = self.first(structure.personnes, Profil::Gestionnaire);
            let gestionnaire = gestionnaire.ok_or(DemoError::Table("no gestionnaire"))?;
            app::compte::close(ctx, &gestionnaire.requete(ctx), parti.compte, Some(app::compte::Motif::Depart)).await?;
        }
        for convention in conventions {
            let structure = convention.structure()?;
            let employeur = convention.in_the_structure(structure.domaine);
            let mine = structure.caisse == convention.lien.caisse;
            for qui in structure.personnes.iter().filter(|p| mine && p.devenir == Devenir::Oublie) {
                guichet.invite(self.first(structure.personnes, Profil::Gestionnaire), qui, &employeur).await?;
            }
        }
        Ok(())
    }

    /// The last ones are invited; gives the address behind the first link.
    pub(crate) async fn invite(
        &self,
        guichet: &Guichet<'_>,
        conventions: &[Convention],
    ) -> Result<Option<String>, DemoError> {
        let mut first = None;
        for convention in conventions {
            let structure = convention.structure()?;
            if structure.caisse != convention.lien.caisse {
                continue;
            }
            let employeur = convention.in_the_structure(structure.domaine);
            for qui in structure.personnes.iter().filter(|p| p.devenir == Devenir::Invite) {
                let par = self.first(structure.personnes, Profil::Gestionnaire);
                let invite = guichet.invite(par, qui, &employeur).await?;
                let token = lien::jeton(guichet.ctx, invite.courrier);
                first.get_or_insert(format!("{}/{token}", UsageLien::Invitation.chemin()));
            }
        }
        Ok(first)
    }

    /// The accounts that can sign in: each structure before its caisse, the national one last.
    pub(crate) fn accounts(
        &self,
        conventions: &[Convention],
        passwords: &HashMap<CompteId, String>,
    ) -> Vec<CompteDemo> {
        let mut organisations: Vec<&str> = Vec::new();
        for convention in conventions {
            for nom in [&convention.parties.nom_partenaire, &convention.parties.nom_caisse] {
                if !organisations.contains(&nom.as_str()) {
                    organisations.push(nom);
                }
            }
        }
        let place =
            |o: &&Ouvert| organisations.iter().position(|nom| *nom == o.fiche.organisation).unwrap_or(usize::MAX);
        let mut open: Vec<&Ouvert> = self.ouverts.iter().filter(|o| o.qui.devenir == Devenir::Reste).collect();
        open.sort_by_key(place);
        let current = |o: &Ouvert| passwords.get(&o.compte).unwrap_or(&o.fiche.password).clone();
        open.into_iter().map(|o| CompteDemo { password: current(o), ..o.fiche.clone() }).collect()
    }
}
