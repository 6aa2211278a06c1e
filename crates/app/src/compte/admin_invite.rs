//! The first administrateur national of a real installation, invited from the command line.

use super::invite::{Invitation, lue, ouvre};
use super::lien;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::compte::{Profil, UsageLien};
use domain::droits::{Acteur, Installer, Raison, Rattachement, systeme};
use store::compte::{self, Identite};

/// The person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrateur {
    /// Nom.
    pub nom: String,
    /// Prénom.
    pub prenom: String,
    /// E-mail address.
    pub courriel: String,
}

/// What the command prints: the link also goes by mail.
#[derive(Clone, PartialEq, Eq)]
pub struct PremierLien {
    /// What will be typed at the sign-in.
    pub identifiant: String,
    /// Whole address of the one-time link.
    pub lien: String,
}

/// Invites the first administrateur national.
///
/// # Errors
/// [`AppError::Saisie`] at `nom`, `prenom` or `courriel`; at `profil` when there is one already, invited or active.
pub async fn admin_invite(ctx: &Contexte, requete: &Requete, qui: &Administrateur) -> Outcome<PremierLien> {
    let invitation = lue(&Invitation {
        profil: Profil::AdministrateurNational,
        rattachement: Rattachement::National,
        identite: Identite {
            nom: qui.nom.clone(),
            prenom: qui.prenom.clone(),
            courriel: qui.courriel.clone(),
            telephone: None,
            fonction: None,
        },
        services: Vec::new(),
    })?;
    let acteur = Acteur::Systeme(Raison::Installation);
    let permis = systeme::permis::<Installer>(&acteur)?;
    let tx = ctx.store.begin_write().await?;
    compte::lock_installation(&tx).await?;
    if compte::count(&tx, Rattachement::National, Profil::AdministrateurNational, ctx.now()).await? > 0 {
        let message = "Un administrateur national existe déjà : cette commande n’invite que le premier.";
        return Err(AppError::Saisie(vec![ErreurChamp::new("profil", message)]));
    }
    let invite = ouvre(ctx, &tx, &permis, &invitation).await?;
    let objet = Objet { nature: "compte", id: Some(invite.compte.to_string()), ..Objet::default() };
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.admin_invite", objet)).await?;
    tx.commit().await?;
    let chemin = UsageLien::Invitation.chemin();
    let lien = format!("{}{chemin}/{}", ctx.reglages.url_publique, lien::jeton(ctx, invite.courrier));
    Ok(PremierLien { identifiant: invite.identifiant, lien })
}
