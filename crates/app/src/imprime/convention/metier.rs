//! The convention métier: object, public, engagements, orientation, steering, duration.

use super::durees;
use super::parties;
use super::redaction::{Corps, Redaction, dite, et, liste, vraie};
use domain::convention::{AuteurBilan, Cote, Dossier, Engagement, Formation, MotifRecours, Tronc, VoieServiceSocial};

pub(super) fn redige(dossier: &Dossier, r: &mut Redaction) {
    let papier = &dossier.stipulations.metier;
    let titre = dite(&papier.intitule).map_or("Convention métier", String::as_str);
    r.partie(format!("Première partie : {titre}"));
    if papier.est_cite() {
        r.phrase(
            "La convention d'utilisation cite cette convention, sans que le portail en connaisse le texte : seul ce qui suit en est connu.",
        );
    }
    r.article("Parties", parties::designe(dossier, papier));
    r.article("Objet", objet(dossier));
    if !papier.est_cite() {
        r.article("Public concerné", public(dossier));
    }
    engagements(dossier, r);
    r.article("Recours au portail et accord de la personne", personne(dossier));
    r.article("Orientation vers le service social", orientation(dossier));
    r.article("Information et formation", formation(dossier));
    r.article("Suivi et bilan", suivi(dossier));
    r.article("Échanges entre les parties", echanges(dossier));
    r.article("Durée, renouvellement, modification et fin", durees::metier(dossier));
    r.article("Signatures et annexes", parties::signe(papier));
}

fn objet(dossier: &Dossier) -> Corps {
    let s = &dossier.stipulations;
    Corps::default().si(dossier.objet().map(|o| format!("{o}."))).si(dossier.est_couvert_par_union().then(|| {
        let union = s.union.nom_affiche();
        format!(
            "La convention signée par {union} vaut pour ses membres, dont {}. La délibération du partenaire en est la preuve ; les référents, le comité de pilotage et le délégué à la protection des données sont ceux de l'union.",
            s.partenaire.nom_affiche()
        )
    }))
}

/// Also an article of the usage convention, where the métier one is only cited.
pub(super) fn public(dossier: &Dossier) -> Corps {
    let Some(public) = dossier.public() else { return Corps::default() };
    Corps::default()
        .phrase(format!("Sont concernés : {}.", public.libelle))
        .quand(public.regime_general_seul, "Seuls les assurés du régime général entrent dans ce public.")
}

fn engagements(dossier: &Dossier, r: &mut Redaction) {
    for (tronc, titre) in [
        (Tronc::Commun, "Engagements communs"),
        (Tronc::Optionnel, "Engagements au choix des parties"),
        (Tronc::InitiativeLocale, "Initiatives locales"),
    ] {
        let de = dossier.engagements(tronc);
        let corps = [
            (Cote::AssuranceMaladie, "L'Assurance Maladie s'engage à :"),
            (Cote::Partenaire, "Le partenaire s'engage à :"),
            (Cote::Ensemble, "Les parties s'engagent ensemble à :"),
        ]
        .into_iter()
        .fold(Corps::default(), |corps, (cote, phrase)| {
            let phrase = if tronc == Tronc::InitiativeLocale { "Les parties prévoient :" } else { phrase };
            corps.liste(phrase, textes(&de, cote))
        });
        r.article(titre, corps);
    }
}

fn textes(engagements: &[&Engagement], cote: Cote) -> Vec<String> {
    engagements.iter().filter(|e| e.par == cote).map(|e| e.texte.clone()).collect()
}

fn personne(dossier: &Dossier) -> Corps {
    let cadre = &dossier.stipulations.cadre;
    let recours: Vec<String> = liste(&cadre.recours)
        .iter()
        .map(|limite| {
            let motifs: Vec<&str> = limite.motifs.iter().map(|m: &MotifRecours| m.libelle()).collect();
            format!("{} : {}", limite.pour.libelle(), motifs.join(" ou "))
        })
        .collect();
    let accords: Vec<&str> = liste(&cadre.accords).iter().map(|a| a.libelle()).collect();
    Corps::default()
        .liste("Le partenaire agit pour la personne dans ces cas seulement :", recours)
        .si((!accords.is_empty()).then(|| format!("L'accord de la personne est recueilli avant : {}.", et(&accords))))
        .quand(dossier.information_stipulee(), "Le partenaire informe la personne avant toute demande.")
        .quand(dossier.nomme_le_destinataire(), "Il lui dit aussi qui reçoit les données qui la concernent.")
}

fn orientation(dossier: &Dossier) -> Corps {
    let (voie, criteres) = dossier.orientation_sociale();
    let voie = voie.map(|voie| match voie {
        VoieServiceSocial::ParLePartenaire => "Le partenaire oriente la personne vers le service social.",
        VoieServiceSocial::ParLaCaisse => "La caisse oriente la personne vers le service social.",
        VoieServiceSocial::Telephone3646 => {
            "La personne appelle elle-même le 3646 en disant « service social » ; le partenaire lui donne cette information."
        }
    });
    let permanences = dossier.permanences().map(|agenda| {
        format!(
            "Un agent de la caisse peut tenir des permanences dans la structure, si les parties le souhaitent. L'agenda est tenu par {}.",
            agenda.libelle()
        )
    });
    Corps::default()
        .si(voie.map(str::to_owned))
        .quand(criteres, "Le service social définit les critères de fragilité qui conduisent à cette orientation.")
        .si(permanences)
}

fn formation(dossier: &Dossier) -> Corps {
    let prevues: Vec<String> =
        Formation::TOUS.iter().filter(|f| dossier.prevoit_formation(**f)).map(|f| f.libelle().to_owned()).collect();
    Corps::default().liste("L'Assurance Maladie et le partenaire prévoient :", prevues).quand(
        dossier.annonce_nouveaux_agents(),
        "Le partenaire annonce ses nouveaux agents à la caisse, qui leur propose une formation.",
    )
}

fn suivi(dossier: &Dossier) -> Corps {
    let comite = dossier.comite().map(|c| {
        let fois = if c.par_an == 1 { "une fois".to_owned() } else { format!("{} fois", c.par_an) };
        let qui =
            if c.personnes_utiles { "les référents et toute personne utile" } else { "les référents au moins" };
        format!("Un comité de pilotage se réunit {fois} par an. Il réunit {qui}.")
    });
    let bilan = dossier.bilan().map(|b| {
        let par = match b.par {
            AuteurBilan::ChaquePartie => "Chaque partie écrit sa part du bilan annuel",
            AuteurBilan::Caisse => "La caisse écrit seule le bilan annuel",
        };
        let suite = if b.difficultes { ", avec les difficultés de l'année" } else { "" };
        format!("{par}{suite}.")
    });
    let sans_comite = comite.is_none() && !dossier.stipulations.metier.est_cite() && bilan.is_some();
    Corps::default()
        .si(comite)
        .quand(sans_comite, "La convention ne prévoit pas de comité de pilotage.")
        .si(bilan)
        .quand(
            dossier.prevoit_points_reguliers(),
            "D'autres rencontres régulières suivent le partenariat pendant l'année.",
        )
}

fn echanges(dossier: &Dossier) -> Corps {
    let e = &dossier.stipulations.echanges;
    let canaux: Vec<String> = liste(&e.canaux).iter().map(|c| c.libelle().to_owned()).collect();
    Corps::default()
        .liste("À côté du portail, les parties échangent ainsi :", canaux)
        .quand(vraie(&e.changement_notifie), "Tout changement d'interlocuteur est annoncé à chaque signataire.")
}
