//! Subjects and bodies: plain French text.

use super::Mail;
use crate::compte::lien;
use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use askama::Template;
use domain::calendrier::date_en_francais;
use store::compte::Destinataire;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "courriels/invitation.txt", escape = "none")]
struct Invitation<'a> {
    produit: &'a str,
    nom: &'a str,
    profil: &'a str,
    identifiant: &'a str,
    lien: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/mot_de_passe_oublie.txt", escape = "none")]
struct MotDePasseOublie<'a> {
    produit: &'a str,
    nom: &'a str,
    identifiant: &'a str,
    lien: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/mot_de_passe_change.txt", escape = "none")]
struct MotDePasseChange<'a> {
    produit: &'a str,
    nom: &'a str,
    identifiant: &'a str,
    url: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/accuse.txt", escape = "none")]
struct Accuse<'a> {
    produit: &'a str,
    nom: &'a str,
    reference: &'a str,
    lien: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/nouvelle.txt", escape = "none")]
struct Nouvelle<'a> {
    produit: &'a str,
    nom: &'a str,
    reference: &'a str,
    lien: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/relance.txt", escape = "none")]
struct Relance<'a> {
    produit: &'a str,
    nom: &'a str,
    reference: &'a str,
    lien: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/avis_cloture.txt", escape = "none")]
struct AvisCloture<'a> {
    produit: &'a str,
    nom: &'a str,
    reference: &'a str,
    jour: &'a str,
    lien: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/cloture_sans_reponse.txt", escape = "none")]
struct ClotureSansReponse<'a> {
    produit: &'a str,
    nom: &'a str,
    reference: &'a str,
    jours: u32,
    lien: &'a str,
}

/// Subject and body of a mail of the complement loop (DE-8).
fn boucle(ctx: &Contexte, mail: &Mail, nom: &str, reference: &str) -> Option<(String, askama::Result<String>)> {
    let produit = ctx.reglages.nom_produit.as_str();
    let lien = format!("{}/demandes/{reference}", ctx.reglages.url_publique);
    let lien = lien.as_str();
    match mail {
        Mail::Relance { .. } => {
            let sujet = format!("{produit} : une réponse est attendue sur la demande {reference}");
            Some((sujet, Relance { produit, nom, reference, lien }.render()))
        }
        Mail::AvisCloture { cloture, .. } => {
            let jour = date_en_francais(*cloture);
            let sujet = format!("{produit} : la demande {reference} sera clôturée le {jour}");
            Some((sujet, AvisCloture { produit, nom, reference, jour: &jour, lien }.render()))
        }
        Mail::ClotureSansReponse { .. } => {
            let sujet = format!("{produit} : demande {reference} clôturée sans réponse");
            let jours = ctx.reglages.complement.reouverture;
            Some((sujet, ClotureSansReponse { produit, nom, reference, jours, lien }.render()))
        }
        _ => None,
    }
}

#[derive(Template)]
#[template(path = "courriels/recapitulatif.txt", escape = "none")]
struct Recapitulatif<'a> {
    produit: &'a str,
    nom: &'a str,
    demandes: Vec<(&'a str, String)>,
    url: &'a str,
}

#[derive(Template)]
#[template(path = "courriels/piece_ecartee.txt", escape = "none")]
struct PieceEcartee<'a> {
    nom: &'a str,
    ou: &'a str,
    lien: &'a str,
    virus: bool,
}

/// Subject and body of a mail. The token of a one-time link is derived from the outbox row: it is never stored.
pub(super) fn render(ctx: &Contexte, mail: &Mail, a: &Destinataire, row: Uuid) -> Outcome<(String, String)> {
    let url = ctx.reglages.url_publique.as_str();
    let produit = ctx.reglages.nom_produit.as_str();
    let nom = a.nom_affiche.as_str();
    let identifiant = a.identifiant.as_str();
    let (sujet, corps) = match mail {
        Mail::Invitation { .. } => {
            let lien = format!("{url}/invitation/{}", lien::jeton(ctx, row));
            let profil = a.profil.map_or("", domain::compte::Profil::libelle);
            (
                format!("{produit} : votre compte"),
                Invitation { produit, nom, profil, identifiant, lien: &lien }.render(),
            )
        }
        Mail::MotDePasseOublie { .. } => {
            let lien = format!("{url}/mot-de-passe/{}", lien::jeton(ctx, row));
            (
                format!("{produit} : nouveau mot de passe"),
                MotDePasseOublie { produit, nom, identifiant, lien: &lien }.render(),
            )
        }
        Mail::MotDePasseChange { .. } => {
            (format!("{produit} : mot de passe changé"), MotDePasseChange { produit, nom, identifiant, url }.render())
        }
        Mail::Accuse { reference, .. } => {
            let lien = format!("{url}/demandes/{reference}");
            (format!("{produit} : demande {reference} reçue"), Accuse { produit, nom, reference, lien: &lien }.render())
        }
        Mail::PieceEcarteeBrouillon { brouillon, virus, .. } => {
            let (ou, lien) = ("votre brouillon", format!("{url}/brouillons/{brouillon}"));
            (format!("{produit} : un fichier refusé"), PieceEcartee { nom, ou, lien: &lien, virus: *virus }.render())
        }
        Mail::PieceEcartee { reference, virus, .. } => {
            let (ou, lien) = (format!("la demande {reference}"), format!("{url}/demandes/{reference}"));
            let corps = PieceEcartee { nom, ou: &ou, lien: &lien, virus: *virus }.render();
            (format!("{produit} : un fichier refusé sur la demande {reference}"), corps)
        }
        Mail::Nouvelle { reference, .. } => {
            let lien = format!("{url}/demandes/{reference}");
            (news(produit, std::slice::from_ref(reference)), Nouvelle { produit, nom, reference, lien: &lien }.render())
        }
        Mail::Recapitulatif { references, .. } => {
            let demandes = references.iter().map(|r| (r.as_str(), format!("{url}/demandes/{r}"))).collect();
            (news(produit, references), Recapitulatif { produit, nom, demandes, url }.render())
        }
        Mail::Relance { reference, .. }
        | Mail::AvisCloture { reference, .. }
        | Mail::ClotureSansReponse { reference, .. } => {
            boucle(ctx, mail, nom, reference).ok_or_else(|| AppError::Interne("mail of the loop".to_owned()))?
        }
        Mail::Conventions { lettre, .. } => lettre.render(ctx, nom),
        Mail::Partenaires { lettre, .. } => lettre.render(ctx, nom),
        Mail::Comptes { lettre, .. } => lettre.render(ctx, nom),
        Mail::Habilitations { lettre, .. } => lettre.render(ctx, nom),
    };
    Ok((sujet, corps.map_err(|e| AppError::Interne(e.to_string()))?))
}

/// Subject of a mail on news: the number of the demande, or how many there are.
fn news(produit: &str, references: &[String]) -> String {
    match references {
        [reference] => format!("{produit} : du nouveau sur la demande {reference}"),
        _ => format!("{produit} : du nouveau sur {} demandes", references.len()),
    }
}
