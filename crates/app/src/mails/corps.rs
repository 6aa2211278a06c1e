//! Subjects and bodies: plain French text.

use super::Mail;
use crate::compte::lien;
use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use askama::Template;
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
#[template(path = "courriels/piece_ecartee.txt", escape = "none")]
struct PieceEcartee<'a> {
    nom: &'a str,
    ou: &'a str,
    lien: &'a str,
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
            let profil = a.profil.libelle();
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
        Mail::PieceEcarteeBrouillon { brouillon, .. } => {
            let (ou, lien) = ("votre brouillon", format!("{url}/brouillons/{brouillon}"));
            (format!("{produit} : un fichier refusé"), PieceEcartee { nom, ou, lien: &lien }.render())
        }
        Mail::PieceEcartee { reference, .. } => {
            let (ou, lien) = (format!("la demande {reference}"), format!("{url}/demandes/{reference}"));
            let corps = PieceEcartee { nom, ou: &ou, lien: &lien }.render();
            (format!("{produit} : un fichier refusé sur la demande {reference}"), corps)
        }
        Mail::Nouvelle { reference, .. } => {
            let lien = format!("{url}/demandes/{reference}");
            (
                format!("{produit} : du nouveau sur la demande {reference}"),
                Nouvelle { produit, nom, reference, lien: &lien }.render(),
            )
        }
    };
    Ok((sujet, corps.map_err(|e| AppError::Interne(e.to_string()))?))
}
