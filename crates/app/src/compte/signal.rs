//! A loss, a theft, a fraud, signalled in one click by whoever finds it (HA-11): the compte is closed at once, its sessions
//! end, a dated proof is kept, the other side is told. It goes before every other rule, that of the last gestionnaire too.

use super::acteur::load_renforce;
use super::fermer::ferme;
use super::vise::{caisse_de, permis, vise, vivantes};
use super::{passage, trace};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::mails::{self, Mail, Pour, comptes::Lettre};
use crate::notification;
use crate::preuve::{self, Nature, Preuve};
use domain::compte::{CoteInactif, Etape, EtatCompte, Profil, RaisonInactif};
use domain::droits::{Acteur, Rattachement, signaler};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use store::WriteTx;
use store::compte::Compte;
use store::convention::Enregistree;
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
    let agit = caisse_de(&acteur);
    let a = Atteint { compte: &v.compte, dossiers: &v.dossiers, agit };
    let preuve = prove(ctx, &tx, &a, (acteur.compte(), incident)).await?;
    tell(ctx, &tx, &a).await?;
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
    let dossiers = match compte.rattachement {
        Rattachement::Partenaire(p) => vivantes(ctx, &tx, &store::convention::of_partenaire(&tx, p).await?).await?,
        _ => Vec::new(),
    };
    let a = Atteint { compte: &compte, dossiers: &dossiers, agit: None };
    let preuve = prove(ctx, &tx, &a, (Some(compte.id), incident)).await?;
    tell(ctx, &tx, &a).await?;
    tell_colleagues(ctx, &tx, &compte).await?;
    trace::fait(ctx, &tx, requete, &compte, "compte.signal_own").await?;
    tx.commit().await?;
    Ok(preuve)
}

fn mail(cible: CompteId) -> impl Fn(Pour) -> Mail {
    move |pour| Mail::Comptes { pour, lettre: Lettre::SignaleAutre { cible } }
}

fn cote(acteur: &Acteur) -> CoteInactif {
    match acteur {
        Acteur::Compte(a) if a.profil == Profil::Gestionnaire => CoteInactif::Partenaire,
        _ => CoteInactif::Caisse,
    }
}

/// What was closed, with the conventions of its structure and the caisse that acts, where it is one.
struct Atteint<'a> {
    compte: &'a Compte,
    dossiers: &'a [Enregistree],
    agit: Option<CaisseId>,
}

/// The other side: every caisse of the structure; the structure too, by the addresses of its convention with the caisse
/// that acts.
async fn tell(ctx: &Contexte, tx: &WriteTx, a: &Atteint<'_>) -> Outcome<()> {
    for d in a.dossiers {
        notification::a_la_caisse(ctx, tx, d, mail(a.compte.id)).await?;
    }
    if let Some(d) = a.agit.and_then(|caisse| a.dossiers.iter().find(|d| d.caisse == caisse)) {
        notification::au_partenaire(ctx, tx, d, mail(a.compte.id)).await?;
        notice(ctx, tx, (a.compte, d)).await?;
    }
    Ok(())
}

/// Whoever answers for somebody who signals his own compte: the other gestionnaires of his structure, the administrateurs of
/// his caisse or of the country.
async fn tell_colleagues(ctx: &Contexte, tx: &WriteTx, compte: &Compte) -> Outcome<()> {
    let cible = compte.id;
    let (profil, lettre) = match compte.rattachement {
        Rattachement::Partenaire(_) => (Profil::Gestionnaire, Lettre::SignaleAutre { cible }),
        Rattachement::Caisse(_) if compte.profil == Profil::AdministrateurLocal => {
            (Profil::AdministrateurNational, Lettre::SignaleBureau { cible })
        }
        Rattachement::Caisse(_) => (Profil::AdministrateurLocal, Lettre::SignaleBureau { cible }),
        Rattachement::National => (Profil::AdministrateurNational, Lettre::SignaleBureau { cible }),
    };
    let ou = if profil == Profil::AdministrateurNational { Rattachement::National } else { compte.rattachement };
    for id in store::compte::actifs(tx, ou, profil, ctx.now()).await? {
        mails::push(ctx, tx, &Mail::Comptes { pour: Pour::Compte(id), lettre: lettre.clone() }).await?;
    }
    Ok(())
}

/// That the structure was told, by provable means (HA-11).
async fn notice(ctx: &Contexte, tx: &WriteTx, (compte, d): (&Compte, &Enregistree)) -> Outcome<()> {
    let contenu = vec![
        ("Objet", "Compte fermé par la caisse après un incident".to_owned()),
        ("Personne", compte.identite.nom_affiche()),
        ("Moyen", "Courriel à l’adresse de contact et aux gestionnaires de la structure".to_owned()),
    ];
    add(ctx, tx, (compte, Some(d)), (Nature::Notice, None, contenu)).await.map(drop)
}

/// One proof for each caisse of the structure, so that each reads it; gives the id of that of the caisse that acts, or of
/// the first.
async fn prove(
    ctx: &Contexte,
    tx: &WriteTx,
    a: &Atteint<'_>,
    (auteur, incident): (Option<CompteId>, Incident),
) -> Outcome<Uuid> {
    let contenu = vec![
        ("Personne", a.compte.identite.nom_affiche()),
        ("Identifiant", a.compte.identifiant.clone()),
        ("Profil", a.compte.profil.libelle().to_owned()),
        ("Signalé", incident.libelle().to_owned()),
        ("Effet", "Compte fermé aussitôt, sessions coupées".to_owned()),
    ];
    let mut given = None;
    for d in a.dossiers {
        let id = add(ctx, tx, (a.compte, Some(d)), (Nature::Signalement, auteur, contenu.clone())).await?;
        if given.is_none() || a.agit == Some(d.caisse) {
            given = Some(id);
        }
    }
    match given {
        Some(id) => Ok(id),
        None => add(ctx, tx, (a.compte, None), (Nature::Signalement, auteur, contenu)).await,
    }
}

async fn add(
    ctx: &Contexte,
    tx: &WriteTx,
    (compte, convention): (&Compte, Option<&Enregistree>),
    (nature, auteur, contenu): (Nature, Option<CompteId>, Vec<(&'static str, String)>),
) -> Outcome<Uuid> {
    let (caisse, partenaire): (Option<CaisseId>, Option<PartenaireId>) = match compte.rattachement {
        Rattachement::Partenaire(p) => (convention.map(|d| d.caisse), Some(p)),
        Rattachement::Caisse(c) => (Some(c), None),
        Rattachement::National => (None, None),
    };
    let convention = convention.map(|d| d.id);
    preuve::add(ctx, tx, Preuve { nature, caisse, partenaire, convention, compte: Some(compte.id), auteur, contenu })
        .await
}
