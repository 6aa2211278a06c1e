//! The people of six structures.

use super::{Devenir, Personne, Structure, p};
use domain::compte::Profil;

const fn gestionnaire(prenom: &'static str, nom: &'static str) -> Personne {
    p(prenom, nom, Profil::Gestionnaire, "Cheffe de service")
}

const fn technicien(prenom: &'static str, nom: &'static str) -> Personne {
    p(prenom, nom, Profil::Technicien, "Accompagnement social")
}

const fn parti(prenom: &'static str, nom: &'static str) -> Personne {
    let qui = technicien(prenom, nom);
    Personne { devenir: Devenir::Parti, ..qui }
}

const fn invite(prenom: &'static str, nom: &'static str) -> Personne {
    let qui = technicien(prenom, nom);
    Personne { devenir: Devenir::Invite, ..qui }
}

const fn oublie(prenom: &'static str, nom: &'static str) -> Personne {
    let qui = technicien(prenom, nom);
    Personne { devenir: Devenir::Oublie, ..qui }
}

/// The structures with people.
pub(crate) static STRUCTURES: [Structure; 6] = [
    Structure {
        domaine: "departement-82.example",
        caisse: "tarn-et-garonne",
        personnes: &[
            gestionnaire("Solveig", "Tarrabie"),
            technicien("Ulysse", "Montégran"),
            technicien("Anne-Élise", "Bressolane"),
            technicien("Idriss", "Belmaâti"),
            technicien("Clotilde", "Moissagnac"),
            technicien("Rémy", "Caussadel"),
            technicien("Yasmine", "El Harrouche"),
            parti("Barnabé", "Lauzertin"),
            invite("Océane", "Villebrumier-Lac"),
            oublie("Gatien", "Puymirolat"),
        ],
    },
    Structure {
        domaine: "ccas-grimaud.example",
        caisse: "var",
        personnes: &[
            gestionnaire("Clélie", "Rocamart"),
            technicien("Anselme", "Vidauque"),
            technicien("Maëlys", "Cogolane"),
            technicien("Thaïs", "Gassinelle"),
        ],
    },
    Structure {
        domaine: "metz-metropole.example",
        caisse: "moselle",
        personnes: &[
            gestionnaire("Evrard", "Falkenot"),
            gestionnaire("Ludivine", "Montignéval"),
            technicien("Mireille", "Sarrebont"),
            technicien("Jean-Œric", "Vallière-Haut"),
            technicien("Nawel", "Ouled-Kerim"),
            technicien("Fidelis", "Borny-Queulan"),
            technicien("Hadrien", "Sablonnet"),
            parti("Séraphine", "Devantelle"),
        ],
    },
    Structure {
        domaine: "ccas-malakoff.example",
        caisse: "hauts-de-seine",
        personnes: &[
            gestionnaire("Léopoldine", "Châtelune"),
            technicien("Samir", "Benaoudia"),
            technicien("Maud", "N’Dialo-Perrault"),
            technicien("Gabin", "Vanvelle"),
            invite("Ilyès", "Toumaïnane"),
        ],
    },
    Structure {
        domaine: "ccas-pierre-benite.example",
        caisse: "rhone",
        personnes: &[
            gestionnaire("Flore", "Irignelle"),
            technicien("Tancrède", "Vernaisot"),
            technicien("Fatoumata", "Diakelly"),
            technicien("Noé", "Saint-Genissard"),
        ],
    },
    Structure {
        domaine: "ccas-saint-exemplaire.example",
        caisse: "rhone",
        personnes: &[
            gestionnaire("Bérangère", "Oulignac"),
            technicien("Aurèle", "Morançais"),
            technicien("Djamila", "Benferrade"),
        ],
    },
];
