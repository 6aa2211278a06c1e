//! States of a demande and the one table of transitions that pages, the later API and the documentation read (DE-7).

/// Code of a state, as stored and as listed in [`TRANSITIONS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Etat {
    /// Being typed; not a demande yet.
    Brouillon,
    /// Filed, waiting for an agent.
    Transmise,
    /// An agent works on it.
    PriseEnCharge,
    /// Waiting for something only the partner can give: the net clock stands still (DE-8).
    AttentePartenaire,
    /// Waiting for somebody inside the caisse: both clocks run.
    AttenteInterne,
    /// Answered, with an outcome.
    Cloturee,
    /// Out of the partner's lists.
    Archivee,
    /// Content destroyed.
    Purgee,
    /// Withdrawn by the partner before it was taken.
    Annulee,
}

impl Etat {
    /// Every state, in the order of a life.
    pub const TOUS: [Self; 9] = [
        Self::Brouillon,
        Self::Transmise,
        Self::PriseEnCharge,
        Self::AttentePartenaire,
        Self::AttenteInterne,
        Self::Cloturee,
        Self::Archivee,
        Self::Purgee,
        Self::Annulee,
    ];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Brouillon => "brouillon",
            Self::Transmise => "transmise",
            Self::PriseEnCharge => "prise_en_charge",
            Self::AttentePartenaire => "attente_partenaire",
            Self::AttenteInterne => "attente_interne",
            Self::Cloturee => "cloturee",
            Self::Archivee => "archivee",
            Self::Purgee => "purgee",
            Self::Annulee => "annulee",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|e| e.code() == code)
    }

    /// The word shown on pages.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Brouillon => "Brouillon",
            Self::Transmise => "Transmise",
            Self::PriseEnCharge => "Prise en charge",
            Self::AttentePartenaire => "En attente du partenaire",
            Self::AttenteInterne => "En attente interne",
            Self::Cloturee => "Clôturée",
            Self::Archivee => "Archivée",
            Self::Purgee => "Purgée",
            Self::Annulee => "Annulée",
        }
    }

    /// Whether the caisse still has something to do.
    #[must_use]
    pub const fn est_ouverte(self) -> bool {
        matches!(self, Self::Transmise | Self::PriseEnCharge | Self::AttentePartenaire | Self::AttenteInterne)
    }
}

/// Who performs an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qui {
    /// A technicien of the structure that filed.
    Technicien,
    /// An agent or superviseur of the caisse in charge.
    Desk,
    /// A scheduled job.
    Systeme,
}

/// An act on a demande, without what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NomActe {
    /// File it.
    Transmettre,
    /// Take it in charge.
    Prendre,
    /// Ask the partner for something missing.
    DemanderComplement,
    /// The partner gave what was missing.
    RecevoirComplement,
    /// The same once who asked has left: it waits in the service's queue again.
    RecevoirSansAgent,
    /// Wait for a colleague.
    AttendreInterne,
    /// Who has it has left: it waits in the service's queue again.
    Rendre,
    /// Work goes on.
    Reprendre,
    /// Close with an outcome.
    Cloturer,
    /// Withdraw.
    Annuler,
    /// Open again within the set time.
    Rouvrir,
    /// The same once who had it has left: it waits in the service's queue again.
    RouvrirSansAgent,
    /// Take out of the partner's lists.
    Archiver,
    /// Destroy the content.
    Purger,
}

/// A condition beside state and person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Garde {
    /// None.
    Aucune,
    /// Only the agent who has it in charge, or a superviseur.
    AgentEnCharge,
    /// Only when the compte that had it in charge is closed: nothing is orphaned (DE-6).
    AgentParti,
    /// Only within the time the caisse set for reopening.
    DelaiDeReouverture,
    /// Only once the retention period is over and nothing holds it (RG-4).
    ConservationEchue,
}

/// One row of the table: from, to, who, guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// State before.
    pub de: Etat,
    /// Act.
    pub acte: NomActe,
    /// State after.
    pub vers: Etat,
    /// Who may.
    pub qui: Qui,
    /// Further condition.
    pub garde: Garde,
}

const fn t(de: Etat, acte: NomActe, vers: Etat, qui: Qui, garde: Garde) -> Transition {
    Transition { de, acte, vers, qui, garde }
}

/// Every allowed transition (DE-7). What is not here is refused everywhere.
pub const TRANSITIONS: [Transition; 22] = [
    t(Etat::Brouillon, NomActe::Transmettre, Etat::Transmise, Qui::Technicien, Garde::Aucune),
    t(Etat::Transmise, NomActe::Annuler, Etat::Annulee, Qui::Technicien, Garde::Aucune),
    t(Etat::Transmise, NomActe::Prendre, Etat::PriseEnCharge, Qui::Desk, Garde::Aucune),
    t(Etat::PriseEnCharge, NomActe::DemanderComplement, Etat::AttentePartenaire, Qui::Desk, Garde::AgentEnCharge),
    t(Etat::AttentePartenaire, NomActe::RecevoirComplement, Etat::PriseEnCharge, Qui::Technicien, Garde::Aucune),
    t(Etat::AttentePartenaire, NomActe::RecevoirSansAgent, Etat::Transmise, Qui::Technicien, Garde::AgentParti),
    t(Etat::AttentePartenaire, NomActe::Reprendre, Etat::PriseEnCharge, Qui::Desk, Garde::AgentEnCharge),
    t(Etat::PriseEnCharge, NomActe::AttendreInterne, Etat::AttenteInterne, Qui::Desk, Garde::AgentEnCharge),
    t(Etat::PriseEnCharge, NomActe::Rendre, Etat::Transmise, Qui::Systeme, Garde::AgentParti),
    t(Etat::AttenteInterne, NomActe::Rendre, Etat::Transmise, Qui::Systeme, Garde::AgentParti),
    t(Etat::AttenteInterne, NomActe::Reprendre, Etat::PriseEnCharge, Qui::Desk, Garde::AgentEnCharge),
    t(Etat::PriseEnCharge, NomActe::Cloturer, Etat::Cloturee, Qui::Desk, Garde::AgentEnCharge),
    t(Etat::AttentePartenaire, NomActe::Cloturer, Etat::Cloturee, Qui::Desk, Garde::AgentEnCharge),
    t(Etat::AttenteInterne, NomActe::Cloturer, Etat::Cloturee, Qui::Desk, Garde::AgentEnCharge),
    t(Etat::AttentePartenaire, NomActe::Cloturer, Etat::Cloturee, Qui::Systeme, Garde::Aucune),
    t(Etat::Cloturee, NomActe::Rouvrir, Etat::PriseEnCharge, Qui::Desk, Garde::DelaiDeReouverture),
    t(Etat::Cloturee, NomActe::Rouvrir, Etat::PriseEnCharge, Qui::Technicien, Garde::DelaiDeReouverture),
    t(Etat::Cloturee, NomActe::RouvrirSansAgent, Etat::Transmise, Qui::Technicien, Garde::DelaiDeReouverture),
    t(Etat::Cloturee, NomActe::Archiver, Etat::Archivee, Qui::Systeme, Garde::Aucune),
    t(Etat::Annulee, NomActe::Archiver, Etat::Archivee, Qui::Systeme, Garde::Aucune),
    t(Etat::Archivee, NomActe::Purger, Etat::Purgee, Qui::Systeme, Garde::ConservationEchue),
    t(Etat::Brouillon, NomActe::Purger, Etat::Purgee, Qui::Systeme, Garde::ConservationEchue),
];

/// The row that allows an act, if any.
#[must_use]
pub fn transition(de: Etat, acte: NomActe, qui: Qui) -> Option<Transition> {
    TRANSITIONS.into_iter().find(|t| t.de == de && t.acte == acte && t.qui == qui)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_one_row_per_state_act_and_person() {
        for (i, a) in TRANSITIONS.iter().enumerate() {
            for b in &TRANSITIONS[i + 1..] {
                assert!(!(a.de == b.de && a.acte == b.acte && a.qui == b.qui), "{a:?} twice");
            }
        }
    }

    #[test]
    fn every_state_but_the_last_can_be_left_and_reached() {
        for etat in Etat::TOUS {
            assert!(etat == Etat::Purgee || TRANSITIONS.iter().any(|t| t.de == etat), "{etat:?} is a trap");
            assert!(etat == Etat::Brouillon || TRANSITIONS.iter().any(|t| t.vers == etat), "{etat:?} is unreachable");
            assert_eq!(Etat::from_code(etat.code()), Some(etat));
        }
    }

    #[test]
    fn only_what_is_closed_or_withdrawn_leaves_the_lists() {
        let archived: Vec<Etat> = TRANSITIONS.iter().filter(|t| t.acte == NomActe::Archiver).map(|t| t.de).collect();
        assert_eq!(archived, [Etat::Cloturee, Etat::Annulee]);
    }
}
