//! The demandes, some hundreds a transaction.

use super::comptes::Acces;
use super::tirage::{content, kind, receipt, state};
use super::{Cadre, Lien};
use crate::Outcome;
use crate::volume::{Demande, Volume};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::assure::{Civilite, cle_de_nom};
use domain::calendrier::{Zone, echeance, jour_civil};
use domain::demande::reference::Reference;
use domain::demande::{Etat, EtatDemande, Sorte};
use domain::droits::{Acteur, Importer, Raison, systeme};
use domain::ids::{CompteId, DemandeId, MessageId, ServiceId, uuid_v7};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use store::Store;
use store::demande::{Accuse, Changement, Complement, Contenu, Cote, Ecrit, Entiere, Nouvelle, insert_whole};
use store::faits::{Fait, Nature};
use uuid::Uuid;

/// Demandes of a transaction.
const LOT: usize = 400;
const SEED: u64 = 0x5650;
/// Département of residence: most live where the caisse is.
const DEPARTEMENTS: [&str; 6] = ["54", "54", "54", "54", "57", "88"];
/// What was written, as the load asks for it.
#[derive(Default)]
pub struct Ecrites {
    /// Number of every demande.
    pub references: Vec<String>,
    /// Those that an agent has in charge, with their versions.
    pub en_charge: Vec<(CompteId, String, i64)>,
}

/// Writes every demande.
///
/// # Errors
/// The database's error.
pub async fn write(store: &Store, volume: &Volume, (cadre, acces): (&Cadre, &[Acces])) -> Outcome<Ecrites> {
    let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import))?;
    let mut ecrites = Ecrites::default();
    for debut in (0..volume.len()).step_by(LOT) {
        let places = debut..(debut + LOT).min(volume.len());
        let prepared = places.filter_map(|place| Some((place, volume.demande(place)?)));
        let prepared = prepared.map(|(place, d)| Prete::of((place, d), (cadre, acces)));
        let prepared = prepared.collect::<Outcome<Vec<Prete>>>()?;
        let whole: Vec<Entiere<'_>> = prepared.iter().map(Prete::whole).collect();
        let tx = store.begin_write().await?;
        insert_whole(&tx, &permis, &whole).await?;
        tx.commit().await?;
        ecrites.en_charge.extend(prepared.iter().filter_map(Prete::in_charge));
        ecrites.references.extend(prepared.into_iter().map(|p| p.reference));
    }
    Ok(ecrites)
}

/// A demande with everything that its rows borrow.
struct Prete {
    ids: Ids,
    lien: Lien,
    caisse: domain::ids::CaisseId,
    service: ServiceId,
    auteur: CompteId,
    agent: CompteId,
    sorte: (Sorte, &'static str),
    reference: String,
    departement: &'static str,
    civilite: Civilite,
    contenu: Contenu,
    cles: (String, String),
    urgent: bool,
    echeance: NaiveDate,
    accuse: Accuse,
    etat: EtatDemande,
    demande: Demande,
    ecrits: Vec<(CompteId, Cote)>,
}

/// Ids of a demande and of what belongs to it: of the instant of its filing, and the same at each filling.
struct Ids {
    millis: u64,
    bytes: [u8; 10],
}

impl Ids {
    fn of(&self, rang: u8) -> Uuid {
        let mut bytes = self.bytes;
        let [.., last] = &mut bytes;
        *last = rang;
        uuid_v7(self.millis, &bytes)
    }
}

impl Prete {
    fn of((place, demande): (usize, Demande), (cadre, acces): (&Cadre, &[Acces])) -> Outcome<Self> {
        let hasard = &mut StdRng::seed_from_u64(SEED.wrapping_mul(31).wrapping_add(place as u64));
        let who = |place: usize| acces.get(place).ok_or("nobody there");
        let named = demande.agent.map(who).transpose()?;
        let desk = named.filter(|a| a.service.is_some());
        let (agent, service) = match desk {
            Some(agent) => (agent, agent.service),
            None => {
                let agents: Vec<&Acces> = acces.iter().filter(|a| a.service.is_some()).collect();
                let drawn = agents.get(hasard.random_range(0..agents.len().max(1))).copied().ok_or("no agent")?;
                (drawn, drawn.service)
            }
        };
        let service = cadre.services.iter().find(|s| Some(s.1) == service).ok_or("no service")?;
        let due = echeance(Zone::Metropole, jour_civil(Zone::Metropole, demande.creee), service.3);
        let side = |place: usize| {
            let writer = who(place)?;
            // Whoever has left the desk's part to a colleague did not write either.
            Ok(if writer.organisation.is_some() {
                (writer.compte, Cote::Partenaire)
            } else {
                (agent.compte, Cote::Caisse)
            })
        };
        Ok(Self {
            ids: Ids { millis: demande.creee.timestamp_millis().unsigned_abs(), bytes: hasard.random() },
            lien: *cadre.liens.get(demande.organisation).ok_or("no structure")?,
            caisse: cadre.caisse,
            service: service.1,
            auteur: who(demande.auteur)?.compte,
            agent: agent.compte,
            sorte: kind(hasard, &service.0),
            reference: Reference::from_random(hasard.random::<u64>().to_be_bytes()).to_string(),
            departement: DEPARTEMENTS.get(hasard.random_range(0..DEPARTEMENTS.len())).copied().unwrap_or("54"),
            civilite: if hasard.random_bool(0.5) { Civilite::Madame } else { Civilite::Monsieur },
            contenu: content(hasard, &demande),
            cles: (cle_de_nom(&demande.nom), cle_de_nom(&demande.prenom)),
            urgent: hasard.random_bool(0.05),
            echeance: due,
            accuse: receipt(&service.2, (service.3, due)),
            etat: state(&demande, agent.compte, hasard),
            ecrits: demande.lignes.iter().map(|l| side(l.auteur)).collect::<Outcome<_>>()?,
            demande,
        })
    }

    fn whole(&self) -> Entiere<'_> {
        let ecrits = self.writings();
        Entiere {
            nouvelle: self.filed(),
            etat: self.etat,
            changements: self.changes(),
            complement: self.asked(&ecrits),
            ecrits,
            faits: self.facts(),
        }
    }

    fn filed(&self) -> Nouvelle<'_> {
        Nouvelle {
            id: DemandeId::new(self.ids.of(0)),
            reference: &self.reference,
            caisse: self.caisse,
            service: self.service,
            partenaire: self.lien.partenaire,
            convention: self.lien.convention,
            auteur: self.auteur,
            sorte: self.sorte.0,
            sous_types: self.sorte.1.to_owned(),
            departement: self.departement,
            civilite: self.civilite,
            contenu: &self.contenu,
            cles_nom: (&self.cles.0, &self.cles.1),
            urgent: self.urgent,
            transmise_le: self.demande.creee,
            echeance: self.echeance,
            delai_jours: self.accuse.delai_jours,
            cle_idempotence: self.ids.of(1),
            accuse: &self.accuse,
        }
    }

    fn changes(&self) -> Vec<Changement> {
        let (creee, fin) = (self.demande.creee, self.demande.modifiee);
        let filed = Changement {
            id: self.ids.of(10),
            vers: Etat::Transmise,
            cote: Cote::Partenaire,
            auteur: self.auteur,
            le: creee,
        };
        let desk =
            |rang, vers, le| Changement { id: self.ids.of(rang), vers, cote: Cote::Caisse, auteur: self.agent, le };
        match self.demande.etat {
            Etat::Transmise => vec![filed],
            Etat::PriseEnCharge => vec![filed, desk(11, Etat::PriseEnCharge, fin)],
            other => vec![filed, desk(11, Etat::PriseEnCharge, creee + (fin - creee) / 3), desk(12, other, fin)],
        }
    }

    /// What the last line says is new in one of ten demandes that are open.
    fn writings(&self) -> Vec<Ecrit> {
        let last = self.demande.lignes.len().saturating_sub(1);
        let unseen = self.etat.etat().est_ouverte() && self.ids.bytes.first().is_some_and(|byte| byte % 10 == 0);
        let lines = self.demande.lignes.iter().zip(&self.ecrits).enumerate();
        let line = |(n, (ligne, (auteur, cote))): (usize, (&crate::volume::Ligne, &(CompteId, Cote)))| Ecrit {
            id: MessageId::new(self.ids.of(u8::try_from(20 + n).unwrap_or(u8::MAX))),
            cote: *cote,
            auteur: *auteur,
            texte: ligne.texte.clone(),
            le: ligne.le,
            vu_le: (n < last || !unseen).then(|| ligne.le + TimeDelta::minutes(30)),
        };
        lines.map(line).collect()
    }

    /// A wait for the partner: what is asked is the last line.
    fn asked(&self, ecrits: &[Ecrit]) -> Option<(Complement, DateTime<Utc>)> {
        let EtatDemande::AttentePartenaire { motif, reponse_avant, .. } = self.etat else { return None };
        let le = self.demande.modifiee;
        let complement = Complement {
            id: self.ids.of(15),
            message: ecrits.last()?.id,
            motif,
            demande_le: le,
            reponse_avant,
            fin_le: None,
            relances: 0,
            relance_le: None,
            avis_le: None,
        };
        Some((complement, le + TimeDelta::days(7)))
    }

    fn facts(&self) -> Vec<(Uuid, Fait)> {
        let fact = |nature, le: DateTime<Utc>, issue, delais| Fait {
            caisse: self.caisse,
            convention: self.lien.convention,
            nature,
            sorte: self.sorte.0,
            sous_types: self.sorte.1.to_owned(),
            mois: jour_civil(Zone::Metropole, le).format("%Y-%m").to_string(),
            issue,
            delais,
            urgent: self.urgent,
        };
        let mut facts = vec![(self.ids.of(30), fact(Nature::Depot, self.demande.creee, None, None))];
        if let EtatDemande::Cloturee { issue, .. } = self.etat {
            let days = u32::try_from((self.demande.modifiee - self.demande.creee).num_days()).unwrap_or(0);
            facts
                .push((self.ids.of(31), fact(Nature::Cloture, self.demande.modifiee, Some(issue), Some((days, days)))));
        }
        facts
    }

    fn in_charge(&self) -> Option<(CompteId, String, i64)> {
        let version = i64::try_from(self.demande.lignes.len() + self.changes().len()).unwrap_or(i64::MAX);
        (self.demande.etat == Etat::PriseEnCharge).then(|| (self.agent, self.reference.clone(), version))
    }
}
