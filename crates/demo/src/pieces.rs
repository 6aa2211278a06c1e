//! Files that people attach: small PDFs with fictional papers, made as the portal makes its own.

use app::Contexte;
use app::imprime::{Bloc, Imprime};
use app::piece_jointe::FichierRecu;

use crate::erreur::DemoError;
use crate::hasard::HasardSeme;
use crate::plan::Plan;
use crate::textes::say;

/// A paper: who issues it, its title, the name of the file, what stands in it.
struct Papier {
    emetteur: &'static str,
    titre: &'static str,
    fichier: &'static str,
    texte: &'static [&'static str],
    mentions: &'static [(&'static str, &'static str)],
}

const PAPIERS: [Papier; 6] = [
    Papier {
        emetteur: "Association Toit d’Exemple",
        titre: "Attestation d’hébergement",
        fichier: "attestation-hebergement.pdf",
        texte: &[
            "L’association soussignée atteste que {personne} est hébergé{e} dans ses logements depuis le 4 mars 2028.",
            "Fait pour servir et valoir ce que de droit. Document fictif, fait pour la démonstration.",
        ],
        mentions: &[("Adresse", "12 rue de l’Exemple, 00000 Ville-Exemple"), ("Téléphone", "01 99 00 45 12")],
    },
    Papier {
        emetteur: "Office de l’habitat d’Exemple",
        titre: "Quittance de loyer",
        fichier: "quittance-loyer.pdf",
        texte: &[
            "Reçu de {personne} le loyer du mois pour le logement ci-dessous.",
            "Document fictif, fait pour la démonstration.",
        ],
        mentions: &[
            ("Logement", "Appartement 14, 3 place de l’Exemple, 00000 Ville-Exemple"),
            ("Loyer", "412,50 euros"),
            ("Charges", "86,00 euros"),
        ],
    },
    Papier {
        emetteur: "Centre communal d’Exemple",
        titre: "Attestation d’élection de domicile",
        fichier: "election-de-domicile.pdf",
        texte: &[
            "{personne} a élu domicile à l’adresse ci-dessous pour une durée d’un an.",
            "Document fictif, fait pour la démonstration.",
        ],
        mentions: &[("Adresse de domiciliation", "1 place de l’Exemple, 00000 Ville-Exemple")],
    },
    Papier {
        emetteur: "Organisme de formation Exemple",
        titre: "Attestation d’inscription",
        fichier: "attestation-inscription.pdf",
        texte: &[
            "{personne} est inscrit{e} à la session qui commence le mois prochain.",
            "Document fictif, fait pour la démonstration.",
        ],
        mentions: &[("Durée", "Dix semaines"), ("Lieu", "Ville-Exemple")],
    },
    Papier {
        emetteur: "Entreprise Exemple",
        titre: "Certificat de travail",
        fichier: "certificat-de-travail.pdf",
        texte: &[
            "L’entreprise certifie avoir employé {personne} du 2 février au 31 août 2028.",
            "Document fictif, fait pour la démonstration.",
        ],
        mentions: &[("Emploi", "Agent de service"), ("Contrat", "Durée déterminée, à temps partiel")],
    },
    Papier {
        emetteur: "Banque d’Exemple",
        titre: "Attestation de clôture de compte",
        fichier: "cloture-de-compte.pdf",
        texte: &["Le compte de {personne} a été clôturé à sa demande.", "Document fictif, fait pour la démonstration."],
        mentions: &[("Agence", "Ville-Exemple centre")],
    },
];

/// A paper about the person of a plan, as a file.
pub(crate) async fn draw(ctx: &Contexte, hasard: &HasardSeme, plan: &Plan) -> Result<FichierRecu, DemoError> {
    let papier = hasard.one(&PAPIERS).ok_or(DemoError::Table("no papers"))?;
    let a = &plan.assure;
    let personne = [a.civilite.libelle(), &a.prenom, &a.nom].into_iter().filter(|p| !p.is_empty());
    let personne = personne.collect::<Vec<_>>().join(" ");
    let texte = |t: &&str| Bloc::Paragraphe(say(t, a.civilite).replace("{personne}", &personne));
    let mentions = papier.mentions.iter().map(|(nom, valeur)| ((*nom).to_owned(), (*valeur).to_owned())).collect();
    let imprime = Imprime {
        titre: papier.titre.to_owned(),
        emetteur: papier.emetteur.to_owned(),
        langue: "fr",
        blocs: papier.texte.iter().map(texte).chain([Bloc::Mentions(mentions)]).collect(),
    };
    let octets = ctx.imprimeur.print(imprime).await.map_err(|e| DemoError::Imprime(e.to_string()))?;
    Ok(FichierRecu { nom: papier.fichier.to_owned(), octets })
}
