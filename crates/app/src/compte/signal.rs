//! A loss, a theft, a fraud, signalled in one click by whoever finds it (HA-11): the compte is closed at once, its sessions
//! end, a dated proof is kept, the other side is told. It goes before every other rule, that of the last gestionnaire too.

use super::acteur::load_renforce;
use super::fermer::ferme;
use super::vise::{Vise, permis, vise};
use super::{passage, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{Mail, comptes::Lettre};
use crate::notification;
use crate::preuve::{self, Nature, Preuve};
use domain::compte::{CoteInactif, Etape, EtatCompte, Profil, RaisonInactif};
use domain::droits::{Acteur, Rattachement, signaler};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use store::WriteTx;
use store::compte::Compte;
use uuid::Uuid;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incident {
    /// Password, telephone or codes were lost.
    Perte,
    /// They were stolen.
    Vol,
    /// Somebody else used the compte.
    Fraude,
    /// Used against the convention or the conditions of use.
    Usage,
}

impl Incident {
    /// All, in the order of the page.
    pub const TOUS: [Self; 4] = [Self::Perte, Self::Vol, Self::Fraude, Self::Usage];

    /// Code of the form and of the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Perte => "perte",
            Self::Vol => "vol",
            Self::Fraude => "fraude",
            Self::Usage => "usage",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|i| i.code() == code)
    }

    /// The words of page and proof.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Perte => "Perte des identifiants ou du second facteur",
            Self::Vol => "Vol des identifiants ou du second facteur",
            Self::Fraude => "Utilisation par une autre personne",
            Self::Usage => "Usage contraire à la convention ou aux conditions d’utilisation",
        }
    }
}

/// Closes a compte of a structure because of an incident; gives the id of the proof.
///
/// # Errors
/// [`AppError::Introuvable`] outside the acteur's scope; [`AppError::Interdit`]; [`AppError::Conflit`] when it is closed
/// already; [`AppError::Saisie`] at `code`.
pub async fn signal(ctx: &Contexte, requete: &Requete, cible: CompteId, incident: Incident) -> Outcome<Uuid> {
    const ACTION: &str = "compte.signal";
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let v = vise(ctx, &tx, &acteur, cible).await?;
    let objet = trace::objet(&v.compte);
    let decision = signaler(&acteur, &v.cible());
    let (permis, tx) = permis(ctx, requete, (&acteur, tx), (ACTION, objet.clone()), decision).await?;
    if !matches!(v.compte.etat, EtatCompte::Invite | EtatCompte::Actif) {
        return Err(AppError::Conflit);
    }
    let cote = cote(&acteur);
    ferme(ctx, &tx, &permis, &v.compte, (RaisonInactif::Signalement, cote)).await?;
    let preuve = prove(ctx, &tx, &v.compte, (acteur.compte(), incident)).await?;
    tell(ctx, &tx, &v, cote).await?;
    let mut entree = ctx.entree(requete, &acteur, ACTION, objet);
    entree.details = format!("{{\"incident\":\"{}\"}}", incident.code());
    ctx.journal(&tx, entree).await?;
    tx.commit().await?;
    Ok(preuve)
}

/// Closes one's own compte because of an incident, whatever the profil: no second factor is asked for, it may be what was
/// lost. Gives the id of the proof; nobody is signed in any more.
///
/// # Errors
/// [`AppError::SessionFermee`] unless signed in.
pub async fn signal_own(ctx: &Contexte, requete: &Requete, incident: Incident) -> Outcome<Uuid> {
    let tx = ctx.store.begin_write().await?;
    let (_, compte, permis) = passage::verrouille_a_l_etape(ctx, &tx, requete, &[Etape::Ouverte]).await?;
    let cote = if matches!(compte.rattachement, Rattachement::Partenaire(_)) {
        CoteInactif::Partenaire
    } else {
        CoteInactif::Caisse
    };
    ferme(ctx, &tx, &permis, &compte, (RaisonInactif::Signalement, cote)).await?;
    let preuve = prove(ctx, &tx, &compte, (Some(compte.id), incident)).await?;
    if let Rattachement::Partenaire(partenaire) = compte.rattachement {
        let dossiers = store::convention::of_partenaire(&tx, partenaire).await?;
        for d in &dossiers {
            notification::a_la_caisse(ctx, &tx, d, mail(compte.id)).await?;
        }
    }
    trace::fait(ctx, &tx, requete, &compte, "compte.signal_own").await?;
    tx.commit().await?;
    Ok(preuve)
}

fn mail(cible: CompteId) -> impl Fn(crate::mails::Pour) -> Mail {
    move |pour| Mail::Comptes { pour, lettre: Lettre::SignaleAutre { cible } }
}

fn cote(acteur: &Acteur) -> CoteInactif {
    match acteur {
        Acteur::Compte(a) if a.profil == Profil::Gestionnaire => CoteInactif::Partenaire,
        _ => CoteInactif::Caisse,
    }
}

/// The other side: every caisse of the structure, or the structure and the caisses that did not find it.
async fn tell(ctx: &Contexte, tx: &WriteTx, v: &Vise, cote: CoteInactif) -> Outcome<()> {
    for d in &v.dossiers {
        notification::a_la_caisse(ctx, tx, d, mail(v.compte.id)).await?;
    }
    if cote == CoteInactif::Caisse
        && let Some(d) = v.dossiers.first()
    {
        notification::au_partenaire(ctx, tx, d, mail(v.compte.id)).await?;
        notice(ctx, tx, v).await?;
    }
    Ok(())
}

/// That the structure was told, by provable means (HA-11).
async fn notice(ctx: &Contexte, tx: &WriteTx, v: &Vise) -> Outcome<()> {
    let contenu = vec![
        ("Objet", "Compte fermé par la caisse après un incident".to_owned()),
        ("Personne", v.compte.identite.nom_affiche()),
        ("Moyen", "Courriel à l’adresse de contact et aux gestionnaires de la structure".to_owned()),
    ];
    add(ctx, tx, &v.compte, (Nature::Notice, None, contenu)).await.map(drop)
}

async fn prove(
    ctx: &Contexte,
    tx: &WriteTx,
    compte: &Compte,
    (auteur, incident): (Option<CompteId>, Incident),
) -> Outcome<Uuid> {
    let contenu = vec![
        ("Personne", compte.identite.nom_affiche()),
        ("Identifiant", compte.identifiant.clone()),
        ("Profil", compte.profil.libelle().to_owned()),
        ("Signalé", incident.libelle().to_owned()),
        ("Effet", "Compte fermé aussitôt, sessions coupées".to_owned()),
    ];
    add(ctx, tx, compte, (Nature::Signalement, auteur, contenu)).await
}

async fn add(
    ctx: &Contexte,
    tx: &WriteTx,
    compte: &Compte,
    (nature, auteur, contenu): (Nature, Option<CompteId>, Vec<(&'static str, String)>),
) -> Outcome<Uuid> {
    let (caisse, partenaire): (Option<CaisseId>, Option<PartenaireId>) = match compte.rattachement {
        Rattachement::Partenaire(p) => (None, Some(p)),
        Rattachement::Caisse(c) => (Some(c), None),
        Rattachement::National => (None, None),
    };
    let preuve = Preuve { nature, caisse, partenaire, convention: None, compte: Some(compte.id), auteur, contenu };
    preuve::add(ctx, tx, preuve).await
}
