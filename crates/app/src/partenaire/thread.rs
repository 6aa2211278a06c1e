//! The thread between the référents of a caisse and the gestionnaires of a structure (PA-5): schemes, the right service,
//! difficulties. It concerns no assuré: a number of social security or of a demande is refused.

use super::{entre, in_scope};
use crate::compte::{load_acteur, seen};
use crate::context::{Contexte, Requete};
use crate::demande::garde_texte;
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{Mail, partenaires::Lettre};
use crate::notification::{a_la_caisse, au_partenaire};
use chrono::{DateTime, Utc};
use domain::calendrier::Zone;
use domain::demande::reference::Reference;
use domain::droits::{self, Acteur, CoteEchange};
use domain::ids::{CompteId, ConventionId, EchangeId};
use store::convention::Enregistree;
use store::echange::{self, Avant, Cote, Echange};

/// Lines of a page.
const LIGNES: u64 = 25;
/// Characters of a line.
pub const TEXTE_MAX: usize = 4_000;
/// Its field.
const CHAMP: &str = "texte";

/// A line as both sides see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ligne {
    /// From which side.
    pub cote: Cote,
    /// Who wrote.
    pub nom: String,
    /// Text.
    pub texte: String,
    /// When.
    pub le: DateTime<Utc>,
    /// Whether the reader sees it for the first time.
    pub nouvelle: bool,
}

/// The thread of a convention.
#[derive(Clone, Debug)]
pub struct Fil {
    /// Key of the convention.
    pub cle: String,
    /// Short names: caisse, structure.
    pub entre: (String, String),
    /// Whether the reader is at the desk.
    pub au_bureau: bool,
    /// Zone of the caisse.
    pub zone: Zone,
    /// The newest first.
    pub lignes: Vec<Ligne>,
    /// Where older ones begin.
    pub suite: Option<Avant>,
}

const fn stored(cote: CoteEchange) -> Cote {
    match cote {
        CoteEchange::Caisse => Cote::Caisse,
        CoteEchange::Partenaire => Cote::Partenaire,
    }
}

fn names(c: &Enregistree) -> (String, String) {
    let s = &c.dossier.stipulations;
    (s.caisse.nom_affiche().to_owned(), s.partenaire.nom_affiche().to_owned())
}

/// A page of the thread. What is shown first is read from then on.
///
/// # Errors
/// [`AppError::Introuvable`], [`AppError::Interdit`].
pub async fn thread(ctx: &Contexte, requete: &Requete, cle: &str, avant: Option<&Avant>) -> Outcome<Fil> {
    let (fil, unread, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let c = in_scope(&tx, &acteur, cle).await?;
        let (_, cote) = droits::echanger(&acteur, entre(&c))?;
        let compte = acteur.compte().ok_or(AppError::SessionFermee)?;
        let lu = echange::read_until(&tx, compte, c.id).await?;
        let mut rows = echange::list(&tx, c.id, avant, LIGNES + 1).await?;
        let most = usize::try_from(LIGNES).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        let suite = rows.last().filter(|_| more).map(|e| (e.le, e.id));
        let auteurs: Vec<CompteId> = rows.iter().map(|e| e.auteur).collect();
        let noms = store::compte::noms(&tx, &auteurs, ctx.now()).await?;
        let mine = stored(cote);
        let ligne = |e: Echange| Ligne {
            nouvelle: e.cote != mine && lu.is_none_or(|lu| lu < e.le),
            nom: noms.get(&e.auteur).cloned().unwrap_or_default(),
            cote: e.cote,
            texte: e.texte,
            le: e.le,
        };
        let caisse = store::caisse::some(&tx, &[c.caisse]).await?.pop().ok_or(AppError::Introuvable)?;
        let fil = Fil {
            cle: c.dossier.cle.clone(),
            entre: names(&c),
            au_bureau: cote == CoteEchange::Caisse,
            zone: caisse.fiche.zone,
            lignes: rows.into_iter().map(ligne).collect(),
            suite,
        };
        let unread = fil.lignes.iter().any(|l| l.nouvelle).then_some((compte, c.id));
        (fil, unread, super::entree(ctx, requete, &acteur, ("echange.read", &c)))
    };
    ctx.record(entree).await?;
    if let Some(who) = unread {
        read(ctx, who).await?;
    }
    Ok(fil)
}

async fn read(ctx: &Contexte, (compte, convention): (CompteId, ConventionId)) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    echange::mark_read(&tx, compte, convention, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes a line and tells the other side that there is one.
///
/// # Errors
/// [`AppError::Saisie`] at `texte` for an empty line, a number of social security or of a demande.
pub async fn write(ctx: &Contexte, requete: &Requete, cle: &str, texte: &str) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_acteur(ctx, &tx, requete).await?);
    let c = in_scope(&tx, &acteur, cle).await?;
    let (permis, cote) = droits::echanger(&acteur, entre(&c))?;
    let texte = guarded(texte)?;
    let line = Echange {
        id: EchangeId::new(ctx.new_id()),
        convention: c.id,
        auteur: acteur.compte().ok_or(AppError::SessionFermee)?,
        cote: stored(cote),
        texte,
        le: ctx.now(),
    };
    echange::insert(&tx, &permis, &line).await?;
    let (caisse, structure) = names(&c);
    let lettre = Lettre::Echange { cle: c.dossier.cle.clone(), entre: format!("{caisse} et {structure}") };
    let mail = |pour| Mail::Partenaires { pour, lettre: lettre.clone() };
    match cote {
        CoteEchange::Caisse => au_partenaire(ctx, &tx, &c, mail).await?,
        CoteEchange::Partenaire => a_la_caisse(ctx, &tx, &c, mail).await?,
    }
    ctx.journal(&tx, super::entree(ctx, requete, &acteur, ("echange.write", &c))).await?;
    tx.commit().await?;
    Ok(())
}

fn guarded(typed: &str) -> Outcome<String> {
    let mut erreurs = Vec::new();
    let texte = garde_texte(CHAMP, typed, TEXTE_MAX, &mut erreurs);
    if texte.is_empty() {
        erreurs.push(ErreurChamp::new(CHAMP, "Écrivez votre message."));
    }
    let names_a_demande = texte
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .any(|mot| mot.contains('-') && mot.parse::<Reference>().is_ok());
    if names_a_demande {
        erreurs.push(ErreurChamp::new(
            CHAMP,
            "Ce message cite une demande. Le dossier d’une personne ne se discute jamais ici : écrivez dans la demande.",
        ));
    }
    if erreurs.is_empty() { Ok(texte) } else { Err(AppError::Saisie(erreurs)) }
}
