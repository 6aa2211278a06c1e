//! The personas: fictional people, one table per convention.

use domain::compte::Profil;

/// A persona: prénom, nom, profil, code of the service of an agent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Personne {
    pub(crate) prenom: &'static str,
    pub(crate) nom: &'static str,
    pub(crate) profil: Profil,
    pub(crate) service: Option<&'static str>,
    pub(crate) fonction: &'static str,
}

/// The people of one convention.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Equipe {
    /// Key of the convention.
    pub(crate) cle: &'static str,
    /// Domain of the caisse's addresses.
    pub(crate) domaine_caisse: &'static str,
    /// Domain of the structure's addresses.
    pub(crate) domaine_partenaire: &'static str,
    /// Département where the structure's people live.
    pub(crate) departement: &'static str,
    /// The caisse's people.
    pub(crate) caisse: [Personne; 7],
    /// The structure's people.
    pub(crate) partenaire: &'static [Personne],
}

const fn p(prenom: &'static str, nom: &'static str, profil: Profil, fonction: &'static str) -> Personne {
    Personne { prenom, nom, profil, service: None, fonction }
}

const fn agent(prenom: &'static str, nom: &'static str, service: &'static str) -> Personne {
    Personne { prenom, nom, profil: Profil::Agent, service: Some(service), fonction: "Étude des dossiers" }
}

/// One row per caisse: droits, centre d'examens, superviseur, référent, responsable, DPO, administrateur local.
const fn caisse(n: [(&'static str, &'static str); 7]) -> [Personne; 7] {
    let [a, b, c, d, e, f, g] = n;
    [
        agent(a.0, a.1, "droits"),
        agent(b.0, b.1, "centre_examens"),
        p(c.0, c.1, Profil::Superviseur, "Responsable d’unité"),
        p(d.0, d.1, Profil::Referent, "Référent partenariat"),
        p(e.0, e.1, Profil::Responsable, "Responsable de l’accès aux droits"),
        p(f.0, f.1, Profil::Dpo, "Déléguée à la protection des données"),
        p(g.0, g.1, Profil::AdministrateurLocal, "Administratrice du portail"),
    ]
}

const fn gestionnaire(prenom: &'static str, nom: &'static str) -> Personne {
    p(prenom, nom, Profil::Gestionnaire, "Cheffe de service")
}

const fn technicien(prenom: &'static str, nom: &'static str) -> Personne {
    p(prenom, nom, Profil::Technicien, "Accompagnement social")
}

/// The first account of the installation.
pub(crate) const NATIONAL: Personne =
    p("Ombeline", "Castaneix", Profil::AdministrateurNational, "Administratrice nationale");

/// The five conventions' people.
pub(crate) const EQUIPES: [Equipe; 5] = [
    Equipe {
        cle: "000-tarn-et-garonne",
        domaine_caisse: "cpam-tarn-et-garonne.example",
        domaine_partenaire: "departement-82.example",
        departement: "82",
        caisse: caisse([
            ("Perrine", "Lamothe-Soulac"),
            ("Ghislain", "Verfeuillac"),
            ("Maïa", "Escoudère"),
            ("Nadège", "Auvrelle"),
            ("Baptiste", "Roqueferre"),
            ("Hermine", "d’Albarède"),
            ("Cyprien", "Monclarel"),
        ]),
        partenaire: &[
            gestionnaire("Solveig", "Tarrabie"),
            technicien("Ulysse", "Montégran"),
            technicien("Anne-Élise", "Bressolane"),
            technicien("Idriss", "Belmaâti"),
        ],
    },
    Equipe {
        cle: "001-var",
        domaine_caisse: "cpam-var.example",
        domaine_partenaire: "ccas-grimaud.example",
        departement: "83",
        caisse: caisse([
            ("Maxence", "Ollioure"),
            ("Coralie", "Sanarette"),
            ("Théodore", "Cabassol"),
            ("Honorine", "Castelbrun"),
            ("Fabiola", "Mayonset"),
            ("Aurélien", "Le Guennic-Port"),
            ("Zélie", "Barjolane"),
        ]),
        partenaire: &[
            gestionnaire("Clélie", "Rocamart"),
            technicien("Anselme", "Vidauque"),
            technicien("Maëlys", "Cogolane"),
        ],
    },
    Equipe {
        cle: "002-moselle",
        domaine_caisse: "cpam-moselle.example",
        domaine_partenaire: "metz-metropole.example",
        departement: "57",
        caisse: caisse([
            ("Lothaire", "Brehm"),
            ("Odile", "Kestelange"),
            ("Cunégonde", "Forbelach"),
            ("Gwendoline", "Hartzviller"),
            ("Aloïs", "Wiesbourg"),
            ("Sidonie", "Rémilange"),
            ("Guntram", "Sarreville"),
        ]),
        partenaire: &[
            gestionnaire("Evrard", "Falkenot"),
            technicien("Mireille", "Sarrebont"),
            technicien("Jean-Œric", "Vallière-Haut"),
            technicien("Nawel", "Ouled-Kerim"),
        ],
    },
    Equipe {
        cle: "003-hauts-de-seine",
        domaine_caisse: "cpam-hauts-de-seine.example",
        domaine_partenaire: "ccas-malakoff.example",
        departement: "92",
        caisse: caisse([
            ("Théophanie", "Lorcenay"),
            ("Wilfried", "Chantecorps"),
            ("Isaure", "Vanvesan"),
            ("Marceau", "Delarmoise"),
            ("Bérénice", "Sèvrelot"),
            ("Côme", "Rueillac"),
            ("Eugénie", "Bagneusot"),
        ]),
        partenaire: &[
            gestionnaire("Léopoldine", "Châtelune"),
            technicien("Samir", "Benaoudia"),
            technicien("Maud", "N’Dialo-Perrault"),
        ],
    },
    Equipe {
        cle: "004-rhone",
        domaine_caisse: "cpam-rhone.example",
        domaine_partenaire: "ccas-pierre-benite.example",
        departement: "69",
        caisse: caisse([
            ("Léonie", "Vaugnerel"),
            ("Anatole", "Givordan"),
            ("Prisca", "Oullinet"),
            ("Bertille", "Ampuzan"),
            ("Gaspard", "Condrillat"),
            ("Ysoline", "Mornantais"),
            ("Emeric", "Brignaisot"),
        ]),
        partenaire: &[
            gestionnaire("Flore", "Irignelle"),
            technicien("Tancrède", "Vernaisot"),
            technicien("Fatoumata", "Diakelly"),
        ],
    },
];
