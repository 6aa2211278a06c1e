//! What the portal draws from a dossier: the answers of its rules, in French, for `convention show`.

mod textes;

use domain::convention::{
    Canal, Cote, Dossier, Fonctionnalite, Formation, Montre, ObjetAccord, PorteeRecours, ProfilPartenaire, Qualite,
    Tronc, Voie,
};

/// Label and answer, in the order of printing; a rule that has nothing to say is left out.
pub(super) fn consequences(dossier: &Dossier) -> Vec<(String, String)> {
    let mut suite = Suite(Vec::new());
    textes::parties(dossier, &mut suite);
    textes::papiers(dossier, &mut suite);
    textes::durees(dossier, &mut suite);
    demandes(dossier, &mut suite);
    personne(dossier, &mut suite);
    comptes(dossier, &mut suite);
    donnees(dossier, &mut suite);
    suivi(dossier, &mut suite);
    suite.0
}

pub(super) struct Suite(Vec<(String, String)>);

impl Suite {
    fn dit(&mut self, libelle: impl Into<String>, reponse: impl Into<String>) {
        let reponse = reponse.into();
        if !reponse.is_empty() {
            self.0.push((libelle.into(), reponse));
        }
    }

    fn tous(&mut self, libelle: impl Into<String>, reponses: impl IntoIterator<Item = impl Into<String>>) {
        let reponses: Vec<String> = reponses.into_iter().map(Into::into).collect();
        self.dit(libelle, reponses.join(" ; "));
    }
}

fn oui_non(oui: bool) -> &'static str {
    if oui { "oui" } else { "non" }
}

fn demandes(dossier: &Dossier, suite: &mut Suite) {
    suite.dit("Objet", dossier.objet().unwrap_or_default());
    suite.dit("Public rappelé avant de déposer", dossier.public().map(Montre::montre).unwrap_or_default());
    for f in Fonctionnalite::TOUS.iter().copied().filter(|f| dossier.stipule(*f)) {
        let types = dossier.sous_types(f).into_iter().map(|t| t.libelle()).collect::<Vec<_>>().join(", ");
        let ouverture = if dossier.est_activable(f) { "selon le choix de la caisse" } else { "toujours ouverte" };
        suite.tous(f.libelle(), [ouverture.to_owned(), types].into_iter().filter(|t| !t.is_empty()));
    }
    let portail =
        Qualite::TOUS.iter().filter(|q| dossier.voie_de_remise(Some(**q)) == Voie::Portail).map(|q| q.libelle());
    let portail = portail.collect::<Vec<_>>().join(", ");
    let remise = if portail.is_empty() {
        "toujours à l'adresse connue".to_owned()
    } else {
        format!("à l'adresse connue, par le portail pour : {portail}")
    };
    suite.dit("Documents", remise);
    suite.dit("Usage facultatif et sans conséquence, écrit dans les textes", oui_non(dossier.usage_facultatif()));
}

/// What is asked or said before a filing, and the ways beside the portal.
fn personne(dossier: &Dossier, suite: &mut Suite) {
    for pour in PorteeRecours::TOUS {
        suite.tous(
            format!("Motif demandé, {}", pour.libelle()),
            dossier.motifs_recours(*pour).iter().map(|m| m.libelle()),
        );
    }
    suite.tous("Accord demandé", ObjetAccord::TOUS.iter().filter(|o| dossier.accord_requis(**o)).map(|o| o.libelle()));
    suite.dit("Information préalable écrite dans les textes", oui_non(dossier.information_stipulee()));
    suite.dit("Identité du destinataire dite à la personne", oui_non(dossier.nomme_le_destinataire()));
    let (voie, criteres) = dossier.orientation_sociale();
    suite.dit("Service social", voie.map(|v| v.libelle().to_owned()).unwrap_or_default());
    suite.dit("Critères de fragilité montrés", oui_non(criteres));
    suite.tous("Autres canaux", Canal::TOUS.iter().filter(|c| dossier.canal_ouvert(**c)).map(|c| c.libelle()));
    suite.tous("Aide au portail", dossier.moyens_support().iter().map(|m| m.libelle()));
    let agenda = dossier.permanences().map(|qui| format!("facultatives, agenda tenu par {}", qui.libelle()));
    suite.dit("Permanences", agenda.unwrap_or_default());
}

fn comptes(dossier: &Dossier, suite: &mut Suite) {
    let places = dossier.quota(dossier.membres()).map_or_else(
        |ferme| format!("création fermée : {ferme}"),
        |q| {
            format!(
                "{} gestionnaire(s), {} technicien(s)",
                q.places(ProfilPartenaire::Gestionnaire),
                q.places(ProfilPartenaire::Technicien)
            )
        },
    );
    suite.dit("Places", places);
    suite.tous("Habilitation d'un gestionnaire", dossier.delais_gestionnaire().iter().map(Montre::montre));
    suite.dit("Habilitation des techniciens", dossier.delai_techniciens().map(|d| d.montre()).unwrap_or_default());
    suite.dit("Départ d'un gestionnaire", dossier.preavis_depart().map(|d| d.montre()).unwrap_or_default());
    suite.dit("Successeur demandé même s'il reste un gestionnaire", oui_non(dossier.successeur_exige(false)));
    suite.dit("Plusieurs caisses : règle écrite", oui_non(dossier.clause_plusieurs_caisses()));
    suite.dit(
        "Suppression d'un compte inactivé",
        dossier.suppression_comptes_mois().map(|m| format!("après {m} mois")).unwrap_or_default(),
    );
    suite.dit("Nouveaux agents annoncés à la caisse", oui_non(dossier.annonce_nouveaux_agents()));
}

fn donnees(dossier: &Dossier, suite: &mut Suite) {
    for cote in [Cote::Partenaire, Cote::AssuranceMaladie] {
        suite.tous(
            format!("Violation de données constatée par {}", cote.libelle()),
            dossier.clauses_violation(cote).iter().map(Montre::montre),
        );
    }
    suite.dit("Exercice des droits", dossier.exercice_droits().map(|e| e.montre()).unwrap_or_default());
    suite.dit("Fichier d'échange", dossier.conservation_fichier_echange().map(|c| c.montre()).unwrap_or_default());
    suite.dit("Destruction attestée par le partenaire à la fin", oui_non(dossier.destruction_attestee()));
    suite.tous("Devoirs", dossier.devoirs_donnees());
    suite.dit("Données personnelles par courriel", oui_non(dossier.courriel_admis()));
}

fn suivi(dossier: &Dossier, suite: &mut Suite) {
    suite.dit("Comité de pilotage", dossier.comite().map_or_else(|| "rien d'écrit".to_owned(), |c| c.montre()));
    suite.dit("Bilan annuel", dossier.bilan().map(|b| b.montre()).unwrap_or_default());
    suite.dit("Rencontres régulières", oui_non(dossier.prevoit_points_reguliers()));
    suite.dit("Changement d'interlocuteur : règle écrite", oui_non(dossier.annonce_changements()));
    suite.tous("Formations", Formation::TOUS.iter().filter(|f| dossier.prevoit_formation(**f)).map(|f| f.libelle()));
    for tronc in Tronc::TOUS {
        suite.tous(
            format!("Engagements, {}", tronc.libelle()),
            dossier.engagements(*tronc).into_iter().map(|e| format!("{} : {}", e.par.libelle(), e.texte)),
        );
    }
}
