//! What the portal does under this convention, and where requested documents go.

use super::redaction::{Corps, dite, et, liste, vraie};
use domain::convention::{Dossier, Fonctionnalite, SousType};

pub(super) fn offertes(dossier: &Dossier) -> Corps {
    let f = &dossier.stipulations.fonctions;
    let stipulees: Vec<String> = liste(&f.fonctionnalites).iter().map(|fonction| offerte(dossier, *fonction)).collect();
    let activables = liste(&f.activables);
    let ouverture = match activables.len() {
        0 => None,
        n if n == liste(&f.fonctionnalites).len() => {
            Some("La caisse active ou non chacune d'elles, selon les besoins du partenariat.".to_owned())
        }
        _ => {
            let noms: Vec<String> = activables.iter().map(|a| format!("« {} »", a.libelle())).collect();
            Some(format!("La caisse active ou non : {}. Les autres sont toujours ouvertes.", et(&noms)))
        }
    };
    Corps::default().liste("Le portail offre au partenaire :", stipulees).si(ouverture)
}

fn offerte(dossier: &Dossier, fonction: Fonctionnalite) -> String {
    let f = &dossier.stipulations.fonctions;
    let types = match fonction {
        Fonctionnalite::Etude => liste(&f.etudes),
        Fonctionnalite::Signalement => liste(&f.difficultes),
        Fonctionnalite::RendezVous => liste(&f.rendez_vous),
        Fonctionnalite::Document => liste(&f.documents),
        Fonctionnalite::Contact | Fonctionnalite::Historique => &[],
    };
    if types.is_empty() {
        return format!("« {} »", fonction.libelle());
    }
    format!("« {} » : {}", fonction.libelle(), noms(types))
}

fn noms(types: &[SousType]) -> String {
    types.iter().map(|t| t.libelle()).collect::<Vec<_>>().join(" ; ")
}

pub(super) fn remise(dossier: &Dossier) -> Corps {
    let f = &dossier.stipulations.fonctions;
    let par_portail = match dite(&f.qualites_portail).map(Vec::as_slice) {
        None => None,
        Some([]) => Some("La convention ne prévoit aucune remise de document par le portail.".to_owned()),
        Some(qualites) => {
            let noms: Vec<&str> = qualites.iter().map(|q| q.libelle()).collect();
            Some(format!(
                "Il l'est par le portail quand le partenaire agit pour cette personne en qualité de : {}.",
                et(&noms)
            ))
        }
    };
    let tenues: Vec<&str> = liste(&dossier.stipulations.partenaire.qualites).iter().map(|q| q.libelle()).collect();
    let documents: Vec<String> = liste(&f.documents_portail).iter().map(|t| t.libelle().to_owned()).collect();
    Corps::default()
        .phrase("Un document demandé est envoyé à l'adresse de l'assuré que la caisse connaît.")
        .si(par_portail)
        .si((!tenues.is_empty()).then(|| format!("Qualités enregistrées pour le partenaire : {}.", et(&tenues))))
        .liste("Peuvent passer par le portail :", documents)
        .quand(vraie(&f.liste_ouverte), "Cette liste est ouverte : d'autres documents peuvent s'y ajouter.")
        .phrase("Un document ne sert qu'à la démarche faite pour la personne ; seuls les agents habilités y ont accès.")
}

pub(super) fn acces(dossier: &Dossier) -> Corps {
    let f = &dossier.stipulations.fonctions;
    Corps::default()
        .phrase("Chacun se connecte avec un identifiant et un mot de passe personnels, et accepte les conditions générales d'utilisation à sa première connexion.")
        .quand(vraie(&f.gratuit), "L'usage du portail est gratuit, hors le coût d'un accès à internet.")
        .quand(
            vraie(&f.facultatif),
            "Il est facultatif et sans conséquence sur le partenariat ni sur le traitement des assurés.",
        )
}
