//! The life of a filed demande: its state with what that state knows, and the acts that the table of transitions allows
//! (DE-7). Nothing else makes a state out of another.

use super::complement::MotifComplement;
use super::etat::{Etat, Garde, NomActe, Qui, transition};
use super::issue::Issue;
use crate::ids::CompteId;
use chrono::{DateTime, NaiveDate, Utc};

/// A filed demande's state with what that state knows; transitions consume the old value (architecture, rule 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EtatDemande {
    /// Filed.
    Transmise,
    /// In the hands of an agent.
    PriseEnCharge {
        /// Who has it.
        agent: CompteId,
        /// Since when.
        depuis: DateTime<Utc>,
    },
    /// Something is asked of the partner: the net clock stands still (DE-8).
    AttentePartenaire {
        /// Who asked, and gets it back.
        agent: CompteId,
        /// Since when.
        depuis: DateTime<Utc>,
        /// What is missing.
        motif: MotifComplement,
        /// Day by which the partner was asked to answer.
        reponse_avant: NaiveDate,
    },
    /// Somebody else inside the caisse is waited for: both clocks run.
    AttenteInterne {
        /// Who waits.
        agent: CompteId,
        /// Since when.
        depuis: DateTime<Utc>,
    },
    /// Closed.
    Cloturee {
        /// Who closed it, or had it in charge when a job did: a reopening goes back there.
        agent: Option<CompteId>,
        /// When.
        le: DateTime<Utc>,
        /// Outcome.
        issue: Issue,
    },
    /// Withdrawn.
    Annulee {
        /// When.
        le: DateTime<Utc>,
    },
    /// Out of the partner's lists; the caisse still reads it.
    Archivee {
        /// Who had closed it; nobody when it was withdrawn.
        agent: Option<CompteId>,
        /// When it left the lists.
        le: DateTime<Utc>,
        /// Its outcome; none when it was withdrawn.
        issue: Option<Issue>,
    },
}

/// An act with what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acte {
    /// Take in charge.
    Prendre(CompteId),
    /// Ask the partner for what is missing, with the day by which to answer.
    DemanderComplement(CompteId, MotifComplement, NaiveDate),
    /// The partner answered.
    RecevoirComplement,
    /// The partner answered, and who asked has left: back to the queue.
    RecevoirSansAgent,
    /// Wait for a colleague.
    AttendreInterne(CompteId),
    /// Who has it has left: back to the queue (DE-6).
    Rendre,
    /// Go on after either wait.
    Reprendre(CompteId),
    /// Close with an outcome.
    Cloturer(CompteId, Issue),
    /// Close because the partner never answered.
    CloturerSansReponse,
    /// Withdraw.
    Annuler,
    /// Open again at the desk: it goes to who reopens. Until that instant.
    Rouvrir(CompteId, DateTime<Utc>),
    /// Open again by writing: it goes back to who had it. Until that instant.
    RouvrirParMessage(DateTime<Utc>),
    /// Open again by writing when who had it has left: back to the queue. Until that instant.
    RouvrirSansAgent(DateTime<Utc>),
    /// Take out of the partner's lists.
    Archiver,
}

impl Acte {
    /// The act's row in the table: its name, who performs it, and which compte that is at the desk.
    const fn ligne(self) -> (NomActe, Qui, Option<CompteId>) {
        match self {
            Self::Prendre(a) => (NomActe::Prendre, Qui::Desk, Some(a)),
            Self::DemanderComplement(a, ..) => (NomActe::DemanderComplement, Qui::Desk, Some(a)),
            Self::RecevoirComplement => (NomActe::RecevoirComplement, Qui::Technicien, None),
            Self::RecevoirSansAgent => (NomActe::RecevoirSansAgent, Qui::Technicien, None),
            Self::AttendreInterne(a) => (NomActe::AttendreInterne, Qui::Desk, Some(a)),
            Self::Rendre => (NomActe::Rendre, Qui::Systeme, None),
            Self::Reprendre(a) => (NomActe::Reprendre, Qui::Desk, Some(a)),
            Self::Cloturer(a, _) => (NomActe::Cloturer, Qui::Desk, Some(a)),
            Self::CloturerSansReponse => (NomActe::Cloturer, Qui::Systeme, None),
            Self::Annuler => (NomActe::Annuler, Qui::Technicien, None),
            Self::Rouvrir(a, _) => (NomActe::Rouvrir, Qui::Desk, Some(a)),
            Self::RouvrirParMessage(_) => (NomActe::Rouvrir, Qui::Technicien, None),
            Self::RouvrirSansAgent(_) => (NomActe::RouvrirSansAgent, Qui::Technicien, None),
            Self::Archiver => (NomActe::Archiver, Qui::Systeme, None),
        }
    }
}

/// Why an act is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusTransition {
    /// The table has no such row.
    #[error("acte {acte:?} impossible dans l’état {etat:?}")]
    Impossible {
        /// State found.
        etat: Etat,
        /// Act tried.
        acte: NomActe,
    },
    /// Somebody else has it in charge.
    #[error("la demande est prise en charge par une autre personne")]
    AutreAgent,
    /// The time set for reopening is over.
    #[error("le délai de réouverture est passé")]
    HorsDelai,
}

impl EtatDemande {
    /// Code of the state.
    #[must_use]
    pub const fn etat(&self) -> Etat {
        match self {
            Self::Transmise => Etat::Transmise,
            Self::PriseEnCharge { .. } => Etat::PriseEnCharge,
            Self::AttentePartenaire { .. } => Etat::AttentePartenaire,
            Self::AttenteInterne { .. } => Etat::AttenteInterne,
            Self::Cloturee { .. } => Etat::Cloturee,
            Self::Annulee { .. } => Etat::Annulee,
            Self::Archivee { .. } => Etat::Archivee,
        }
    }

    /// The agent in charge, or who closed it.
    #[must_use]
    pub const fn agent(&self) -> Option<CompteId> {
        match self {
            Self::PriseEnCharge { agent, .. }
            | Self::AttentePartenaire { agent, .. }
            | Self::AttenteInterne { agent, .. } => Some(*agent),
            Self::Cloturee { agent, .. } | Self::Archivee { agent, .. } => *agent,
            Self::Transmise | Self::Annulee { .. } => None,
        }
    }

    /// The outcome, once closed.
    #[must_use]
    pub const fn issue(&self) -> Option<Issue> {
        match self {
            Self::Cloturee { issue, .. } => Some(*issue),
            Self::Archivee { issue, .. } => *issue,
            _ => None,
        }
    }

    /// When the clocks stopped for good; none while they run.
    #[must_use]
    pub const fn fin(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Cloturee { le, .. } | Self::Annulee { le } | Self::Archivee { le, .. } => Some(*le),
            _ => None,
        }
    }

    /// Performs an act if the table allows it. A superviseur passes the guard « agent en charge ».
    ///
    /// # Errors
    /// [`RefusTransition`] when no row of the table fits, somebody else has it in charge, or the time to reopen is over.
    pub fn apply(self, acte: Acte, superviseur: bool, le: DateTime<Utc>) -> Result<Self, RefusTransition> {
        let (nom, qui, par) = acte.ligne();
        let etat = self.etat();
        let impossible = RefusTransition::Impossible { etat, acte: nom };
        let ligne = transition(etat, nom, qui).ok_or(impossible)?;
        if ligne.garde == Garde::AgentEnCharge && !superviseur && self.agent() != par {
            return Err(RefusTransition::AutreAgent);
        }
        if let Acte::Rouvrir(_, limite) | Acte::RouvrirParMessage(limite) | Acte::RouvrirSansAgent(limite) = acte
            && ligne.garde == Garde::DelaiDeReouverture
            && le > limite
        {
            return Err(RefusTransition::HorsDelai);
        }
        // What goes on stays with who has it: a superviseur who asks or waits does not take it away.
        let garde = self.agent();
        let vers = |agent: Option<CompteId>| agent.map(|agent| Self::PriseEnCharge { agent, depuis: le });
        Ok(match acte {
            Acte::Prendre(a) | Acte::Rouvrir(a, _) => Self::PriseEnCharge { agent: a, depuis: le },
            Acte::DemanderComplement(a, motif, reponse_avant) => {
                Self::AttentePartenaire { agent: garde.unwrap_or(a), depuis: le, motif, reponse_avant }
            }
            Acte::AttendreInterne(a) => Self::AttenteInterne { agent: garde.unwrap_or(a), depuis: le },
            Acte::RecevoirComplement | Acte::RouvrirParMessage(_) => vers(garde).ok_or(impossible)?,
            Acte::Rendre | Acte::RecevoirSansAgent | Acte::RouvrirSansAgent(_) => Self::Transmise,
            Acte::Reprendre(a) => Self::PriseEnCharge { agent: garde.unwrap_or(a), depuis: le },
            Acte::Cloturer(a, issue) => Self::Cloturee { agent: Some(a), le, issue },
            Acte::CloturerSansReponse => Self::Cloturee { agent: garde, le, issue: Issue::SansSuite },
            Acte::Annuler => Self::Annulee { le },
            Acte::Archiver => Self::Archivee { agent: garde, le, issue: self.issue() },
        })
    }
}

#[cfg(test)]
mod tests;
