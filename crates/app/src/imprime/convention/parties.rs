//! Who the parties are, who signs for them, when they signed.

use super::redaction::{Corps, dite, et, liste};
use domain::calendrier::date_en_francais;
use domain::convention::{AnnexeObjet, Dossier, Montre, Papier, Partie, Role};

/// The sheet of a party of a paper.
pub(super) const fn partie(dossier: &Dossier, role: Role) -> &Partie {
    let s = &dossier.stipulations;
    match role {
        Role::Caisse => &s.caisse,
        Role::Carsat => &s.carsat,
        Role::Partenaire => &s.partenaire,
        Role::Union => &s.union,
    }
}

/// The parties of a paper, each in a line.
pub(super) fn designe(dossier: &Dossier, papier: &Papier) -> Corps {
    let lignes = papier.parties().iter().map(|role| {
        let p = partie(dossier, *role);
        (super::redaction::majuscule(role.libelle()), ligne(p))
    });
    let lignes: Vec<_> = lignes.filter(|(_, l)| !l.is_empty()).collect();
    if lignes.is_empty() {
        return Corps::default();
    }
    Corps::default().phrase("Cette convention lie les parties suivantes.").mentions(lignes)
}

fn ligne(p: &Partie) -> String {
    let court = dite(&p.nom_court).filter(|court| Some(court.as_str()) != p.nom_complet());
    let nom = match (p.nom_complet(), court) {
        (Some(nom), Some(court)) => Some(format!("{nom} ({court})")),
        (nom, court) => nom.map(str::to_owned).or_else(|| court.cloned()),
    };
    let forme = dite(&p.forme_juridique).filter(|f| dite(&p.categorie).is_none_or(|c| c.libelle() != f.as_str()));
    let noms: Vec<String> = p.denominations().iter().map(|d| format!("« {d} »")).collect();
    let morceaux = [
        nom,
        dite(&p.categorie).map(|c| c.libelle().to_owned()),
        forme.cloned(),
        dite(&p.adresse).cloned(),
        dite(&p.representant).map(|r| format!("représentant : {r}")),
        (!noms.is_empty()).then(|| format!("nom dans les textes : {}", et(&noms))),
    ];
    morceaux.into_iter().flatten().collect::<Vec<_>>().join(" ; ")
}

/// Place, originals, signatures, deliberation and annexes of a paper.
pub(super) fn signe(papier: &Papier) -> Corps {
    let qui = papier.parties().iter().filter_map(|role| {
        let signataires = papier
            .signataires(*role)
            .into_iter()
            .map(|s| if s.par_delegation { format!("{}, par délégation", s.qualite) } else { s.qualite.clone() });
        let qualites: Vec<String> = signataires.collect();
        let signee = papier.signe_le(*role).map(|le| format!("signature le {}", date_en_francais(le)));
        let dit: Vec<String> = qualites.into_iter().chain(signee).collect();
        (!dit.is_empty()).then(|| (format!("Pour {}", role.libelle()), dit.join(", ")))
    });
    let annee = papier.sans_date().first().and(dite(&papier.annee));
    Corps::default()
        .mentions(qui.collect())
        .si(dite(&papier.lieu).map(|lieu| format!("Lieu de signature : {lieu}.")))
        .si(dite(&papier.originaux).map(|n| format!("Nombre d'exemplaires originaux : {n}.")))
        .si(annee.map(|annee| format!("Année imprimée sur le texte : {annee}.")))
        .si(dite(&papier.reference).map(|r| format!("Référence à la caisse : {r}.")))
        .si(dite(&papier.fichier).map(|f| format!("Fichier signé : {f}.")))
        .si(dite(&papier.deliberation).map(|d| format!("Délibération du partenaire : {}.", d.montre())))
        .liste("Annexes citées par le texte :", annexes(papier))
}

fn annexes(papier: &Papier) -> Vec<String> {
    let dit = |objet: AnnexeObjet, jointe| {
        format!("{}{}", objet.libelle(), if jointe { ", jointe" } else { ", citée sans être jointe" })
    };
    liste(&papier.annexes).iter().map(|a| dit(a.objet, a.jointe)).collect()
}
