//! Comptes: who opens them, how many, how fast, how they change and close.

use super::redaction::{Corps, dite, marque, vraie};
use domain::calendrier::Zone;
use domain::convention::{Delai, Dossier, Montre, Quotas, Successeur};

pub(super) fn ouverture(dossier: &Dossier) -> Corps {
    let h = &dossier.stipulations.habilitations;
    let delais = [dite(&h.gestionnaire_apres_demande), dite(&h.gestionnaire_apres_signature)];
    let delais: Vec<String> = delais.into_iter().flatten().map(delai).collect();
    let sans_delai = delais.is_empty();
    Corps::default()
        .phrase("Deux profils, deux comptes distincts : le gestionnaire, habilité par la caisse, gère les comptes de sa structure ; le technicien, habilité par un gestionnaire, dépose et suit les demandes.")
        .phrase("Le partenaire donne pour chaque gestionnaire : civilité, nom, prénom, fonction, téléphone et courriel.")
        .liste("La caisse traite la demande d'habilitation d'un gestionnaire dans un délai de :", delais)
        .quand(sans_delai, "La convention n'écrit pas de délai pour habiliter un gestionnaire.")
        .si(dite(&h.techniciens).map(|d| format!("Le gestionnaire crée les comptes de ses techniciens dans un délai de {}.", delai(d))))
        .phrase("Le mot de passe est choisi par la personne elle-même, reste personnel et se change à intervalles réguliers.")
        .phrase("Avant de créer un technicien, le partenaire vérifie que cette personne est employée, salariée ou bénévole de sa structure, qu'elle dispose d'un équipement professionnel protégé par un antivirus, et que son courriel est une adresse professionnelle de la structure, en Europe.")
        .si(jours_feries(dossier))
}

fn delai(d: &Delai) -> String {
    format!("{} {} {}", d.jours, d.unite.libelle(), d.depart.libelle())
}

/// Whose holidays the working days skip.
fn jours_feries(dossier: &Dossier) -> Option<String> {
    let zone = match dossier.stipulations.caisse.zone()? {
        Zone::Metropole => "de métropole",
        Zone::AlsaceMoselle => "d'Alsace-Moselle",
        Zone::Guadeloupe => "de Guadeloupe",
        Zone::Martinique => "de Martinique",
        Zone::Guyane => "de Guyane",
        Zone::Reunion => "de La Réunion",
        Zone::Mayotte => "de Mayotte",
    };
    Some(format!("Les jours ouvrés vont du lundi au vendredi, jours fériés {zone} exclus."))
}

pub(super) fn nombre(dossier: &Dossier) -> Corps {
    let h = &dossier.stipulations.habilitations;
    let corps = match dite(&h.quotas) {
        None => Corps::default(),
        Some(Quotas::Fixe(quota)) => Corps::default().phrase(format!(
            "Le partenaire dispose au plus de {}{}.",
            quota.montre(),
            marque(&h.quotas)
        )),
        Some(Quotas::Tranches(tranches)) => Corps::default().liste(
            "Le nombre de comptes dépend du nombre de membres de la structure :",
            tranches.iter().map(Montre::montre).collect(),
        ),
    };
    let membres =
        dite(&dossier.stipulations.partenaire.membres).map(|m| format!("Nombre de membres déclaré : {}.", m.montre()));
    if corps.est_vide() {
        return corps;
    }
    corps.si(membres).phrase("Ces nombres sont des plafonds stricts.")
}

pub(super) fn changement(dossier: &Dossier) -> Corps {
    let h = &dossier.stipulations.habilitations;
    let preavis = dite(&h.depart_gestionnaire).map(|d| {
        format!(
            "Le partenaire signale le départ d'un gestionnaire {} {} {}.",
            d.jours,
            d.unite.libelle(),
            d.depart.libelle()
        )
    });
    let successeur = dite(&h.successeur).map(|s| match s {
        Successeur::Toujours => "Il donne dans tous les cas les coordonnées du gestionnaire qui lui succède.",
        Successeur::DernierSeulement => {
            "Le dernier gestionnaire reste en place tant que les coordonnées de son successeur ne sont pas données."
        }
    });
    let suppression = dite(&h.suppression_mois).map(|mois| {
        format!("Un compte inactivé est supprimé {mois} mois après son inactivation{}.", marque(&h.suppression_mois))
    });
    Corps::default()
        .phrase("Seule la caisse change le téléphone, le courriel, la fonction ou le nom d'un gestionnaire, à la demande du partenaire.")
        .si(preavis)
        .si(successeur.map(str::to_owned))
        .phrase("Les comptes des techniciens restent actifs et rattachés au gestionnaire en place.")
        .phrase("Tout gestionnaire du partenaire peut inactiver un technicien ; il le fait dès que celui-ci quitte la structure ou change de mission.")
        .quand(
            vraie(&h.plusieurs_caisses),
            "Si le partenaire est lié à plusieurs caisses, la fin d'une convention ne ferme que l'accès à cette caisse ; quand toutes ont pris fin, les comptes sont inactivés.",
        )
        .si(suppression)
}

pub(super) fn revue(dossier: &Dossier) -> Corps {
    let h = &dossier.stipulations.habilitations;
    if !vraie(&h.revue_reguliere) {
        return Corps::default();
    }
    Corps::default().phrase("Le partenaire tient à jour le tableau de ses comptes et le revoit régulièrement, ainsi qu'à la demande de la caisse.")
}
