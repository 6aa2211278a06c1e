//! Parties, papers and dates.

use domain::convention::{AnnexeObjet, Dossier, Montre, Papier, Partie, Role, Theme};

use super::Suite;

pub(super) fn parties(dossier: &Dossier, suite: &mut Suite) {
    let s = &dossier.stipulations;
    for partie in [&s.caisse, &s.carsat, &s.partenaire, &s.union] {
        if partie.est_connue() {
            fiche(partie, suite);
        }
    }
    suite.dit("Jours fériés", s.caisse.zone().map(|z| z.as_str().to_owned()).unwrap_or_default());
}

fn fiche(partie: &Partie, suite: &mut Suite) {
    let nom = partie.nom_affiche();
    let entete = [partie.nom_complet().unwrap_or_default().to_owned(), partie.statut(), partie.ou_ecrire()].join(" — ");
    suite.dit(nom, entete);
    suite.tous(format!("{nom}, dans les textes"), partie.denominations());
    suite.dit(format!("{nom}, délégué"), partie.dpo().map(Montre::montre).unwrap_or_default());
    for theme in Theme::TOUS {
        let qui = partie.joindre(*theme).into_iter().map(|c| format!("{} ({})", c.nom, c.courriel)).collect::<Vec<_>>();
        let roles = partie.roles(*theme).into_iter().map(|i| i.role.clone()).collect::<Vec<_>>();
        suite.tous(format!("{nom}, {}", theme.libelle()), if qui.is_empty() { roles } else { qui });
    }
}

pub(super) fn papiers(dossier: &Dossier, suite: &mut Suite) {
    for (nom, papier) in [
        ("Convention métier", &dossier.stipulations.metier),
        ("Convention d'utilisation", &dossier.stipulations.utilisation),
    ] {
        let texte = if papier.est_cite() { "seulement citée".to_owned() } else { papier.mentions() };
        suite.dit(nom, texte);
        suite.tous(format!("{nom}, signatures"), papier.parties().iter().map(|p| signature(papier, *p)));
        let annexes = AnnexeObjet::TOUS.iter().filter(|a| papier.annexe_jointe(**a)).map(|a| a.libelle());
        suite.tous(format!("{nom}, annexes jointes"), annexes);
    }
    if dossier.est_couvert_par_union() {
        suite.dit("Couverture", format!("par {}", dossier.stipulations.union.nom_affiche()));
    }
}

fn signature(papier: &Papier, partie: Role) -> String {
    let qualites = papier.signataires(partie).into_iter().map(|s| s.qualite.clone()).collect::<Vec<_>>().join(", ");
    let date = papier.signe_le(partie).map_or_else(|| "date ouverte".to_owned(), |le| le.montre());
    [partie.libelle().to_owned(), qualites, date].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}

pub(super) fn durees(dossier: &Dossier, suite: &mut Suite) {
    suite.dit("Durée", dossier.duree_en_clair());
    let Some(debut) = dossier.utilisation_en_vigueur_le() else {
        return;
    };
    suite.dit("En vigueur", debut.montre());
    suite.dit(
        "Première échéance après l'entrée en vigueur",
        dossier.prochaine_echeance(debut).map(|e| e.montre()).unwrap_or_default(),
    );
    suite.dit("Évaluation de la première année", dossier.evaluation_le().map(|e| e.montre()).unwrap_or_default());
    let fenetre =
        dossier.fenetre_denonciation(debut).map(|f| format!("du {} au {}", f.ouvre.montre(), f.ferme.montre()));
    suite.dit("Première fenêtre de résiliation à l'échéance", fenetre.unwrap_or_default());
    for (nom, premiere) in [
        ("Manquement, métier : mise en demeure envoyée le premier jour", dossier.resiliation_metier(debut)),
        ("Manquement, utilisation : mise en demeure reçue le premier jour", dossier.resiliation_utilisation(debut)),
    ] {
        suite.dit(
            nom,
            premiere.map(|p| format!("résiliation possible le {}", p.possible_le.montre())).unwrap_or_default(),
        );
    }
}
