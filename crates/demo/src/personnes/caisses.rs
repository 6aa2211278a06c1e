//! The desks of seven caisses.

use super::{Bureau, Personne, p};
use domain::compte::Profil;

type Nom = (&'static str, &'static str);

const fn agent((prenom, nom): Nom, services: &'static [&'static str], fonction: &'static str) -> Personne {
    let qui = p(prenom, nom, Profil::Agent, fonction);
    Personne { services, ..qui }
}

/// A whole desk: two agents for the droits, one for C2S and AME, one for the action sociale and the Mission
/// accompagnement santé, one for the centre d'examens, then superviseur, référent, responsable, DPO, administrateur local.
const fn whole(n: [Nom; 10]) -> [Personne; 10] {
    let [a, b, c, d, e, f, g, h, i, j] = n;
    [
        agent(a, &["droits"], "Étude des droits"),
        agent(b, &["droits"], "Étude des droits"),
        agent(c, &["c2s", "ame"], "Complémentaire santé solidaire et aide médicale de l’État"),
        agent(d, &["action_sociale", "misas"], "Action sociale et accompagnement santé"),
        agent(e, &["centre_examens"], "Centre d’examens de santé"),
        p(f.0, f.1, Profil::Superviseur, "Responsable d’unité"),
        p(g.0, g.1, Profil::Referent, "Référent partenariat"),
        p(h.0, h.1, Profil::Responsable, "Responsable de l’accès aux droits"),
        p(i.0, i.1, Profil::Dpo, "Déléguée à la protection des données"),
        p(j.0, j.1, Profil::AdministrateurLocal, "Administratrice du portail"),
    ]
}

/// A small desk, of a structure's second caisse.
const fn small(n: [Nom; 5]) -> [Personne; 5] {
    let [a, b, c, d, e] = n;
    [
        agent(a, &["droits", "c2s", "ame"], "Étude des droits"),
        agent(b, &["action_sociale", "misas", "centre_examens"], "Accompagnement et prévention"),
        p(c.0, c.1, Profil::Superviseur, "Responsable d’unité"),
        p(d.0, d.1, Profil::Referent, "Référent partenariat"),
        p(e.0, e.1, Profil::AdministrateurLocal, "Administratrice du portail"),
    ]
}

/// The caisses with people.
pub(crate) static BUREAUX: [Bureau; 7] = [
    Bureau {
        caisse: "tarn-et-garonne",
        domaine: "cpam-tarn-et-garonne.example",
        personnes: &whole([
            ("Perrine", "Lamothe-Soulac"),
            ("Jocelyn", "Castelferrand"),
            ("Armel", "Saint-Cirqueau"),
            ("Florine", "Bioulesac"),
            ("Ghislain", "Verfeuillac"),
            ("Maïa", "Escoudère"),
            ("Nadège", "Auvrelle"),
            ("Baptiste", "Roqueferre"),
            ("Hermine", "d’Albarède"),
            ("Cyprien", "Monclarel"),
        ]),
    },
    Bureau {
        caisse: "var",
        domaine: "cpam-var.example",
        personnes: &whole([
            ("Maxence", "Ollioure"),
            ("Bastien", "Toulonnet"),
            ("Vinciane", "Rougiérat"),
            ("Nour", "Belhassane"),
            ("Coralie", "Sanarette"),
            ("Théodore", "Cabassol"),
            ("Honorine", "Castelbrun"),
            ("Fabiola", "Mayonset"),
            ("Aurélien", "Le Guennic-Port"),
            ("Zélie", "Barjolane"),
        ]),
    },
    Bureau {
        caisse: "moselle",
        domaine: "cpam-moselle.example",
        personnes: &whole([
            ("Lothaire", "Brehm"),
            ("Ismérie", "Thionvald"),
            ("Liesel", "Boulayrand"),
            ("Côme-Marie", "Faulquet"),
            ("Odile", "Kestelange"),
            ("Cunégonde", "Forbelach"),
            ("Gwendoline", "Hartzviller"),
            ("Aloïs", "Wiesbourg"),
            ("Sidonie", "Rémilange"),
            ("Guntram", "Sarreville"),
        ]),
    },
    Bureau {
        caisse: "hauts-de-seine",
        domaine: "cpam-hauts-de-seine.example",
        personnes: &whole([
            ("Théophanie", "Lorcenay"),
            ("Apolline", "Clamartin"),
            ("Rachida", "Benzekrine"),
            ("Ludger", "Puteauval"),
            ("Wilfried", "Chantecorps"),
            ("Isaure", "Vanvesan"),
            ("Marceau", "Delarmoise"),
            ("Bérénice", "Sèvrelot"),
            ("Côme", "Rueillac"),
            ("Eugénie", "Bagneusot"),
        ]),
    },
    Bureau {
        caisse: "rhone",
        domaine: "cpam-rhone.example",
        personnes: &whole([
            ("Léonie", "Vaugnerel"),
            ("Moussa", "Camarane"),
            ("Sylvestre", "Bronnard"),
            ("Énora", "Tassinel"),
            ("Anatole", "Givordan"),
            ("Prisca", "Oullinet"),
            ("Bertille", "Ampuzan"),
            ("Gaspard", "Condrillat"),
            ("Ysoline", "Mornantais"),
            ("Emeric", "Brignaisot"),
        ]),
    },
    Bureau {
        caisse: "meurthe-et-moselle",
        domaine: "cpam-meurthe-et-moselle.example",
        personnes: &small([
            ("Gaëtan", "Briévois"),
            ("Salomé", "Longwyck"),
            ("Hildegarde", "Lunévrin"),
            ("Ambroise", "Toulinger"),
            ("Perpétue", "Nancéiane"),
        ]),
    },
    Bureau {
        caisse: "isere",
        domaine: "cpam-isere.example",
        personnes: &small([
            ("Capucine", "Crémolieu"),
            ("Ernest", "Grésivaud"),
            ("Églantine", "Vizillard"),
            ("Octave", "Bourgoinet"),
            ("Melchior", "Voironnel"),
        ]),
    },
];
