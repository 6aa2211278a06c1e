//! The accusé de réception as a document (DE-5): the mentions of the Code des relations entre le public et
//! l’administration (articles L112-3 and R112-5). Nothing in it names the assuré.

use super::{Bloc, Imprime};
use crate::demande::Recu;
use domain::calendrier::{date_en_francais, date_heure_en_francais};

/// The receipt of a demande, as issued; the page and the PDF show this value.
#[must_use]
pub fn accuse(recu: &Recu) -> Imprime {
    let (demande, a) = (&recu.demande, &recu.accuse);
    let jour = date_heure_en_francais(recu.zone, demande.transmise_le);
    let mut blocs = vec![
        Bloc::Paragraphe(format!("La demande {} a été reçue le {jour}.", demande.reference)),
        Bloc::Mentions(mentions(recu, &jour)),
    ];
    blocs.extend(a.silence.clone().map(Bloc::Paragraphe));
    Imprime { titre: "Accusé de réception".to_owned(), emetteur: a.caisse.clone(), langue: "fr", blocs }
}

fn mentions(recu: &Recu, jour: &str) -> Vec<(String, String)> {
    let (demande, a) = (&recu.demande, &recu.accuse);
    let s = if a.delai_jours > 1 { "s" } else { "" };
    let echeance = date_en_francais(a.echeance);
    let delai = format!("Sous {} jour{s} ouvré{s}, soit le {echeance} au plus tard", a.delai_jours);
    let objet = demande.sorte.libelle().replace('\'', "’");
    let rows = [
        ("Référence", Some(demande.reference.clone())),
        ("Objet", Some(objet)),
        ("Reçue le", Some(jour.to_owned())),
        ("Caisse", Some(a.caisse.clone())),
        ("Service en charge", Some(a.service.clone())),
        ("Téléphone", a.telephone.clone()),
        ("Courriel", a.courriel.clone()),
        ("Adresse postale", a.adresse.clone()),
        ("Réponse prévisible", Some(delai)),
    ];
    let row = |(nom, valeur): (&str, Option<String>)| valeur.filter(|v| !v.is_empty()).map(|v| (nom.to_owned(), v));
    rows.into_iter().filter_map(row).collect()
}
