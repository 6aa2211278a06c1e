//! Opening a compte: its row, its identifiant, and the mail with the one-time link (HA-2, HA-6).

use super::acteur::load_renforce;
use super::technicien::Creation;
use super::{adresses, lien, places, politique, technicien};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use domain::assure::{NomInvalide, NomPropre};
use domain::compte::{Profil, UsageLien, est_courriel, identifiant};
use domain::droits::{Acte, Acteur, Cible, Permis, Raison, Rattachement, habiliter, systeme};
use domain::ids::{CaisseId, CompteId, ServiceId};
use store::compte::{self, Identite, Nouveau, effacement};
use store::{StoreError, WriteTx};
use uuid::Uuid;

/// Tries when another creation takes the same identifiant at the same instant.
const ESSAIS: u32 = 4;
/// Identifiants proposed at once.
const PROPOSES: u32 = 200;

/// Who opens the compte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Par {
    /// The person of the request.
    Personne,
    /// The system, for a reason.
    Systeme(Raison),
}

/// A compte to open.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its only profil.
    pub profil: Profil,
    /// Its tenant.
    pub rattachement: Rattachement,
    /// The person.
    pub identite: Identite,
    /// Services of an agent; empty for the others.
    pub services: Vec<ServiceId>,
}

/// A compte just opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Its id.
    pub compte: CompteId,
    /// What will be typed at the sign-in.
    pub identifiant: String,
    /// Outbox row of the mail: [`super::lien::jeton`] of it is the token of the link.
    pub courrier: Uuid,
}

/// Opens a compte in the state `invite` and writes the mail with its link. For a partner profil every live convention
/// of the structure must have a place left, and there must be one (HA-2): the count is made behind a lock, so that
/// creations at the same instant never exceed it.
///
/// # Errors
/// [`AppError::Saisie`] at `nom`, `prenom`, `courriel`, `services`, `profil` (no place left);
/// [`AppError::Interdit`]; [`AppError::SessionFermee`].
pub async fn invite(ctx: &Contexte, requete: &Requete, par: Par, invitation: &Invitation) -> Outcome<Invite> {
    if par == Par::Personne && invitation.profil == Profil::Technicien {
        // What a person opens for a technicien comes with what he attests.
        return Err(AppError::Saisie(technicien::manquantes(&[])));
    }
    essais(ctx, requete, par, (&lue(invitation)?, None)).await
}

/// Tries again when another creation takes the same identifiant or the same place at the same instant.
pub(super) async fn essais(
    ctx: &Contexte,
    requete: &Requete,
    par: Par,
    (invitation, creation): (&Invitation, Option<&Creation>),
) -> Outcome<Invite> {
    for _ in 1..ESSAIS {
        match essaie(ctx, requete, par, (invitation, creation)).await {
            Err(AppError::Stockage(StoreError::Taken)) => {}
            autre => return autre,
        }
    }
    essaie(ctx, requete, par, (invitation, creation)).await
}

async fn essaie(
    ctx: &Contexte,
    requete: &Requete,
    par: Par,
    (invitation, creation): (&Invitation, Option<&Creation>),
) -> Outcome<Invite> {
    let tx = ctx.store.begin_write().await?;
    let acteur = match par {
        Par::Personne => Acteur::Compte(load_renforce(ctx, &tx, requete).await?),
        Par::Systeme(raison) => Acteur::Systeme(raison),
    };
    let dossiers = match invitation.rattachement {
        Rattachement::Partenaire(p) => store::convention::lock_of_partenaire(&tx, p).await?,
        Rattachement::Caisse(_) | Rattachement::National => Vec::new(),
    };
    let caisses: Vec<CaisseId> = dossiers.iter().map(|d| d.caisse).collect();
    let cible = Cible { profil: invitation.profil, rattachement: invitation.rattachement, caisses: &caisses };
    let permis = match habiliter(&acteur, &cible) {
        Ok(permis) => permis,
        Err(refus) => {
            drop(tx);
            let objet = Objet { nature: "compte", ..Objet::default() };
            return Err(ctx.refuse(requete, &acteur, ("compte.invite", objet), AppError::Interdit(refus)).await);
        }
    };
    let places = match invitation.rattachement {
        Rattachement::Partenaire(p) => {
            if par == Par::Personne {
                adresses::admise(&tx, (p, &dossiers), &invitation.identite.courriel).await?;
            }
            Some((p, places::libres(ctx, &tx, (p, invitation.profil), &dossiers).await?))
        }
        Rattachement::Caisse(_) | Rattachement::National => None,
    };
    let invite = ouvre(ctx, &tx, &permis, invitation).await?;
    if let Some((p, places)) = places {
        compte::take_place(&tx, &permis, (invite.compte, p, invitation.profil), places).await?;
    }
    if let Some(creation) = creation {
        technicien::prouve(ctx, &tx, (&acteur, &permis), (&invite, creation), &dossiers).await?;
    }
    let objet = objet(invitation.rattachement, invite.compte);
    ctx.journal(&tx, ctx.entree(requete, &acteur, "compte.invite", objet)).await?;
    tx.commit().await?;
    Ok(invite)
}

fn objet(rattachement: Rattachement, compte: CompteId) -> Objet {
    let (caisse, partenaire) = match rattachement {
        Rattachement::Partenaire(p) => (None, Some(p)),
        Rattachement::Caisse(c) => (Some(c), None),
        Rattachement::National => (None, None),
    };
    Objet { nature: "compte", id: Some(compte.to_string()), caisse, partenaire }
}

/// The fields as they are kept, or what is wrong with them.
pub(super) fn lue(invitation: &Invitation) -> Outcome<Invitation> {
    let mut erreurs = Vec::new();
    let i = &invitation.identite;
    let (nom, prenom) = (nom(&mut erreurs, "nom", &i.nom), nom(&mut erreurs, "prenom", &i.prenom));
    let courriel = i.courriel.trim().to_owned();
    if !est_courriel(&courriel) {
        let message = "Saisissez une adresse électronique complète, par exemple prenom.nom@structure.fr.";
        erreurs.push(ErreurChamp::new("courriel", message));
    }
    if !erreurs.is_empty() {
        return Err(AppError::Saisie(erreurs));
    }
    Ok(Invitation { identite: Identite { nom, prenom, courriel, ..i.clone() }, ..invitation.clone() })
}

/// A name as it is kept, or what is wrong with it at its field: `nom` or `prenom`, after any prefix.
pub(crate) fn nom(erreurs: &mut Vec<ErreurChamp>, champ: &str, texte: &str) -> String {
    let message = match NomPropre::parse(texte) {
        Ok(nom) => return nom.as_str().to_owned(),
        Err(NomInvalide::Vide) if champ.ends_with("prenom") => "Saisissez le prénom.".to_owned(),
        Err(raison) => politique::phrase(&raison.to_string()),
    };
    erreurs.push(ErreurChamp::new(champ, message));
    String::new()
}

pub(super) fn saisie(champ: &str, message: &str) -> AppError {
    AppError::Saisie(vec![ErreurChamp::new(champ, message)])
}

/// Adds the row, the link and the mail to the caller's transaction.
pub(crate) async fn ouvre<A: Acte>(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<A>,
    invitation: &Invitation,
) -> Outcome<Invite> {
    let i = &invitation.identite;
    libere_l_adresse(ctx, tx, &i.courriel, invitation.profil).await?;
    if compte::by_courriel(tx, &i.courriel, ctx.now()).await?.iter().any(|c| c.profil == invitation.profil) {
        return Err(saisie("courriel", "Cette adresse sert déjà à un autre compte du même profil."));
    }
    services_de_la_caisse(tx, invitation).await?;
    let identifiant = identifiant_libre(tx, i, invitation.profil).await?;
    let compte = CompteId::new(ctx.new_id());
    let nouveau = Nouveau {
        id: compte,
        identifiant: &identifiant,
        profil: invitation.profil,
        rattachement: invitation.rattachement,
        identite: i,
        services: &invitation.services,
        gestionnaire: permis.auteur().filter(|_| invitation.profil == Profil::Technicien),
    };
    compte::insert(tx, permis, &nouveau, ctx.now()).await?;
    let courrier = lien::envoie(ctx, tx, compte, UsageLien::Invitation).await?;
    Ok(Invite { compte, identifiant, courrier })
}

/// A compte past its deletion holds nothing any more, erased or not yet.
async fn libere_l_adresse(ctx: &Contexte, tx: &WriteTx, courriel: &str, profil: Profil) -> Outcome<()> {
    if let Some(passe) = effacement::holding(tx, (courriel, profil), ctx.now()).await? {
        let permis = systeme::permis(&Acteur::Systeme(Raison::Tache))?;
        effacement::make_room(tx, &permis, passe, ctx.now()).await?;
    }
    Ok(())
}

async fn services_de_la_caisse(tx: &WriteTx, invitation: &Invitation) -> Outcome<()> {
    let (Profil::Agent, Rattachement::Caisse(caisse)) = (invitation.profil, invitation.rattachement) else {
        let sans = invitation.services.is_empty();
        return if sans { Ok(()) } else { Err(saisie("services", "Seul un agent est rattaché à des services.")) };
    };
    if invitation.services.is_empty() {
        return Err(saisie("services", "Choisissez au moins un service."));
    }
    let connus = store::caisse::services(tx, caisse).await?;
    let tous = invitation.services.iter().all(|s| connus.iter().any(|c| c.id == *s));
    if tous { Ok(()) } else { Err(saisie("services", "Ce service n’est pas un service de la caisse.")) }
}

async fn identifiant_libre(tx: &WriteTx, i: &Identite, profil: Profil) -> Outcome<String> {
    let candidats: Vec<String> =
        (0..PROPOSES).map(|rang| identifiant::propose(&i.prenom, &i.nom, profil, rang)).collect();
    let pris = compte::identifiants(tx, &candidats).await?;
    let libre = candidats.into_iter().find(|c| !pris.contains(c));
    libre.ok_or_else(|| saisie("nom", "Trop de comptes portent déjà ce nom."))
}
