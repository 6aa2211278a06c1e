//! Duration, renewal, changes and ends of the two papers.

use super::redaction::{Corps, dite, marque, vraie};
use domain::calendrier::date_en_francais;
use domain::convention::{DepartMiseEnDemeure, Dossier, Renouvellement, ResiliationManquement, Unite};

pub(super) fn metier(dossier: &Dossier) -> Corps {
    let d = &dossier.stipulations.duree;
    let duree = dite(&d.mois).map(|mois| {
        let depart =
            dite(&d.depart).map(|p| format!(", à compter de {}{}", p.libelle(), marque(&d.depart))).unwrap_or_default();
        format!("La convention est conclue pour {mois} mois{depart}.")
    });
    let renouvellement = dite(&d.renouvellement).map(|r| match r {
        Renouvellement::TaciteAnnuel => "Elle se renouvelle tacitement chaque année, pour la même durée.".to_owned(),
        Renouvellement::Tacite => {
            "Elle se renouvelle tacitement. Le texte ne compte pas les renouvellements : le portail les suit d'année en année (règle du portail)."
                .to_owned()
        }
    });
    let denonciation = dite(&d.denonciation).map(|c| {
        let lettre = if c.lettre_recommandee { " par lettre recommandée," } else { "" };
        format!(
            "Chaque partie peut y mettre fin à l'échéance annuelle,{lettre} dans les {} mois qui la précèdent. Aucun manquement n'est nécessaire.",
            c.mois_avant
        )
    });
    let sans_manquement = d.denonciation.is_some() && d.resiliation_metier.is_none();
    Corps::default()
        .si(dossier.metier_en_vigueur_le().map(|le| format!("Elle est en vigueur depuis le {}.", date_en_francais(le))))
        .si(duree)
        .si(renouvellement)
        .quand(
            vraie(&d.evaluation_premiere_annee),
            "Une évaluation partagée suit la première année ; elle peut conduire à un avenant et n'arrête pas le renouvellement.",
        )
        .quand(vraie(&d.avenants), "Elle se modifie par avenant, approuvé par toutes les parties.")
        .si(dite(&d.resiliation_metier).map(|c| manquement(*c)))
        .si(denonciation)
        .quand(sans_manquement, "La convention ne prévoit pas de résiliation pour manquement.")
}

pub(super) fn utilisation(dossier: &Dossier) -> Corps {
    let d = &dossier.stipulations.duree;
    let vigueur = dossier.utilisation_en_vigueur_le().map_or_else(
        || "La convention d'utilisation entre en vigueur à la signature de la dernière partie.".to_owned(),
        |le| {
            format!(
                "La convention d'utilisation est en vigueur depuis le {}, jour de la dernière signature.",
                date_en_francais(le)
            )
        },
    );
    Corps::default()
        .phrase(vigueur)
        .quand(
            vraie(&d.utilisation_suit_metier),
            "Elle a le terme de la convention métier, se renouvelle avec elle et prend fin avec elle, quelle qu'en soit la cause.",
        )
        .quand(vraie(&d.avenants), "Elle se modifie par avenant signé des deux parties.")
        .si(dite(&d.resiliation_utilisation).map(|c| manquement(*c)))
        .phrase(
            "À la fin de la convention, les parties recensent les demandes, rendez-vous et documents en cours et conviennent de leur suite ; la caisse termine ce qui est ouvert.",
        )
}

fn manquement(clause: ResiliationManquement) -> String {
    let unite = match clause.unite {
        Unite::Calendaires => "jours calendaires",
        Unite::Jours => "jours",
        Unite::Ouvres => "jours ouvrés",
    };
    let depart = match clause.depart {
        DepartMiseEnDemeure::Envoi => "l'envoi",
        DepartMiseEnDemeure::Reception => "la réception",
    };
    let suite = if clause.seconde_lettre {
        "l'autre partie peut alors résilier par une seconde lettre recommandée"
    } else {
        "l'autre partie peut alors résilier"
    };
    format!(
        "En cas de manquement, une mise en demeure est adressée par lettre recommandée. Si rien n'est réparé dans les {} {unite} qui suivent {depart} de cette lettre, {suite}. Le portail calcule cette date et ne met fin à rien de lui-même.",
        clause.jours
    )
}
