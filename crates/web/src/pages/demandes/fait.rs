//! What was just done to a demande, told once at the top of its page.

use domain::demande::reference::Reference;

/// An act that was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fait {
    /// A message was sent.
    Message,
    /// An agent took it in charge.
    Prise,
    /// The partner withdrew it.
    Annulee,
    /// Something was asked of the partner.
    Complement,
    /// It waits for somebody inside the caisse.
    Attente,
    /// The work goes on.
    Reprise,
    /// It is open again.
    Rouverte,
    /// An internal note was kept.
    Note,
    /// That one was done with, and this is the next of the queue.
    Suivante(Avant, Reference),
}

/// What was done to the demande before the next one was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Avant {
    /// It was answered.
    Repondue,
    /// Something was asked about it.
    Demandee,
    /// It was closed.
    Cloturee,
}

impl Avant {
    /// Every one of them.
    pub const TOUS: [Self; 3] = [Self::Repondue, Self::Demandee, Self::Cloturee];

    /// The name in the address; its value is the number of the demande.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Repondue => "repondue",
            Self::Demandee => "demandee",
            Self::Cloturee => "cloturee",
        }
    }

    /// « Réponse envoyée sur la demande EP-… »
    pub(crate) fn sentence(self, reference: Reference) -> String {
        match self {
            Self::Repondue => format!("Réponse envoyée sur la demande {reference}."),
            Self::Demandee => format!("Complément demandé sur la demande {reference}."),
            Self::Cloturee => format!("Demande {reference} clôturée."),
        }
    }
}

/// Acts without a number, with their word in the address and their sentence.
const SIMPLES: [(Fait, &str, &str); 8] = [
    (Fait::Message, "message", "Votre message est envoyé."),
    (Fait::Prise, "prise", "Vous avez pris cette demande en charge."),
    (Fait::Annulee, "annulee", "La demande est annulée. La caisse ne la traitera pas."),
    (Fait::Complement, "complement", "Le complément est demandé : le partenaire est prévenu."),
    (Fait::Attente, "attente", "La demande est en attente interne. Les délais continuent de courir."),
    (Fait::Reprise, "reprise", "Vous avez repris le traitement de cette demande."),
    (Fait::Rouverte, "rouverte", "La demande est rouverte."),
    (Fait::Note, "note", "La note interne est enregistrée."),
];

impl Fait {
    /// The word in the address, after `fait=`; the one of a taking for the next of the queue.
    #[must_use]
    pub fn code(self) -> &'static str {
        SIMPLES.into_iter().find(|(fait, ..)| *fait == self).map_or("prise", |(_, code, _)| code)
    }

    /// The act of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        SIMPLES.into_iter().find(|(_, known, _)| *known == code).map(|(fait, ..)| fait)
    }

    pub(super) fn sentence(self) -> String {
        match self {
            Self::Suivante(avant, reference) => {
                format!("{} Vous avez pris en charge la suivante, que voici.", avant.sentence(reference))
            }
            simple => SIMPLES
                .into_iter()
                .find(|(fait, ..)| *fait == simple)
                .map(|(_, _, sentence)| sentence.to_owned())
                .unwrap_or_default(),
        }
    }
}
