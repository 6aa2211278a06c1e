//! The general conditions of use: what `/cgu` shows and what is accepted at the first sign-in (HA-6). The personal
//! engagements stand in `engagements`; they are shown with these articles and accepted apart.

/// One article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Article {
    /// Heading, without its number.
    pub titre: &'static str,
    /// Paragraphs.
    pub alineas: &'static [&'static str],
}

/// The articles, numbered in this order. A change takes a new version of [`super::engagements::Nature::Cgu`].
pub const ARTICLES: [Article; 8] = [
    Article {
        titre: "À quoi sert le portail",
        alineas: &[
            "Le portail permet aux partenaires conventionnés de déposer et de suivre auprès d’une caisse d’assurance maladie des demandes pour les personnes qu’ils accompagnent. Il est gratuit. Y recourir est facultatif et n’a de conséquence ni sur le partenariat, ni sur le traitement de la situation de la personne.",
        ],
    },
    Article {
        titre: "Qui peut l’utiliser",
        alineas: &[
            "Les personnes habilitées, et elles seules. Le gestionnaire est habilité par la caisse et gère les comptes de sa structure. Le technicien est habilité par un gestionnaire ; il dépose et suit les demandes. Les agents de la caisse les traitent. Un compte appartient à une seule personne et n’a qu’un profil ; il ne se prête pas.",
            "Les droits d’un compte découlent des conventions signées entre la structure et la caisse. Ils prennent fin avec elles, ou quand la personne quitte ses fonctions.",
        ],
    },
    Article {
        titre: "Avant de déposer une demande",
        alineas: &[
            "Vous informez la personne concernée que sa situation est transmise à la caisse et, quand la convention le demande, vous recueillez son accord. Vous l’indiquez dans la demande. Vous ne joignez que des pièces nécessaires, lisibles et sans virus.",
        ],
    },
    Article {
        titre: "Sécurité",
        alineas: &[
            "La connexion demande un mot de passe et un second facteur. La session se ferme après un temps sans activité. En cas de fraude, de perte ou de vol de vos identifiants, ou de doute, prévenez sans attendre votre gestionnaire ou votre caisse : le compte est désactivé aussitôt.",
            "Les connexions, les consultations et les actions sont enregistrées dans un journal pour rendre compte des accès. Le délégué à la protection des données de la caisse peut le consulter.",
        ],
    },
    Article {
        titre: "Disponibilité",
        alineas: &[
            "Le portail est prévu pour être ouvert en permanence, hors opérations de maintenance, qui sont annoncées. En cas d’interruption, la caisse reçoit les demandes par ses autres canaux.",
        ],
    },
    Article {
        titre: "En cas de manquement",
        alineas: &[
            "Un usage contraire à la convention ou à ces conditions entraîne la désactivation immédiate du compte. La direction de la caisse peut exclure l’utilisateur ; sa décision est motivée, datée et notifiée à la structure. La caisse peut aussi fermer l’accès de la structure.",
        ],
    },
    Article {
        titre: "Données personnelles",
        alineas: &[
            "La page « Données personnelles » du portail dit quelles données sont traitées, pourquoi, combien de temps, et comment exercer vos droits.",
        ],
    },
    Article {
        titre: "Évolution de ces conditions",
        alineas: &[
            "Une nouvelle version porte un nouveau numéro. Elle vous est présentée à votre connexion suivante et doit être acceptée pour continuer.",
        ],
    },
];
