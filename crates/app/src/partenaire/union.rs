//! The members that a union's convention covers at a caisse, and a member that leaves: a warning first, told by provable
//! means, then the cover ends on its day (CO-8).

use super::{at_the_desk, entre, text, today};
use crate::compte::{load_renforce, seen};
use crate::context::{Contexte, Requete};
use crate::convention::Consequences;
use crate::convention::fin::consequences;
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::{Mail, partenaires::Lettre};
use crate::notification::aux_signataires;
use crate::preuve::{self, Nature, Preuve};
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::convention::{Dossier, Etat, Fin, Montre, premier_jour_sans_union};
use domain::droits::{self, Acteur};
use store::convention::{self, Enregistree};
use store::fiche;

/// Cause of an end that a member leaves its union.
pub const SORTIE: &str = "sortie de l’union";

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membre {
    /// Word of its address.
    pub slug: String,
    /// Short name.
    pub nom: String,
    /// Key of its convention.
    pub cle: String,
    /// The deliberation that proves its cover; none while it is missing.
    pub deliberation: Option<String>,
    /// State of its convention.
    pub etat: Etat,
    /// First day without cover, once it leaves.
    pub sortie: Option<NaiveDate>,
}

/// The members that one union's convention covers at a caisse.
#[derive(Clone, Debug)]
pub struct Adhesions {
    /// Name of the union.
    pub union: String,
    /// Short name of the union.
    pub court: String,
    /// What both agreed, for the sheet of the union.
    pub dossier: Dossier,
    /// In the order of the keys of their conventions.
    pub membres: Vec<Membre>,
    /// The member of the convention that was asked for.
    pub ici: Membre,
    /// Today at the caisse.
    pub aujourdhui: NaiveDate,
    /// The first day on which a member that is warned today may leave.
    pub premier_jour: NaiveDate,
    /// What closes if the member of that convention leaves on that day.
    pub consequences: Consequences,
}

/// A leaving as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortieSaisie {
    /// Day on which the structure was warned.
    pub avertie_le: Option<NaiveDate>,
    /// Means of the warning.
    pub moyen: String,
    /// What proves it.
    pub numero: String,
    /// First day without cover.
    pub effet_le: Option<NaiveDate>,
}

/// The members of the union of a convention, and what closes if its own member leaves, without recording anything.
///
/// # Errors
/// [`AppError::Introuvable`] also where no union covers the structure; [`AppError::Interdit`] unless référent.
pub async fn members(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<Adhesions> {
    let (adhesions, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let c = at_the_desk(&tx, &acteur, cle).await?;
        let union = c.dossier.stipulations.union.clone();
        let nom = union.nom_complet().filter(|_| c.dossier.est_couvert_par_union()).ok_or(AppError::Introuvable)?;
        let aujourdhui = today(ctx, &tx, &c).await?;
        let mut membres = Vec::new();
        for m in fiche::of_caisse(&tx, c.caisse).await? {
            if m.dossier.est_couvert_par_union() && m.dossier.stipulations.union.nom_complet() == Some(nom) {
                membres.push(membre(&m, aujourdhui));
            }
        }
        let premier_jour = premier_jour_sans_union(aujourdhui).ok_or(AppError::Introuvable)?;
        let adhesions = Adhesions {
            union: nom.to_owned(),
            court: union.nom_affiche().to_owned(),
            ici: membre(&c, aujourdhui),
            membres,
            aujourdhui,
            premier_jour,
            consequences: consequences(&tx, &c, premier_jour).await?,
            dossier: c.dossier.clone(),
        };
        (adhesions, super::entree(ctx, requete, &acteur, ("union.members", &c)))
    };
    ctx.record(entree).await?;
    Ok(adhesions)
}

fn membre(c: &Enregistree, aujourdhui: NaiveDate) -> Membre {
    let deliberation = c.dossier.stipulations.utilisation.deliberation.as_ref();
    Membre {
        slug: c.dossier.cle_partenaire.clone(),
        nom: c.dossier.stipulations.partenaire.nom_affiche().to_owned(),
        cle: c.dossier.cle.clone(),
        deliberation: deliberation.map(|d| d.valeur.montre()),
        etat: c.dossier.etat(&c.actes, aujourdhui),
        sortie: c.actes.fin.as_ref().filter(|f| f.motif == SORTIE).map(|f| f.le),
    }
}

/// Records that a member leaves: it has been warned, and the cover ends on the day given.
///
/// # Errors
/// [`AppError::Saisie`] with every field refused; [`AppError::Conflit`] when an end is recorded already.
pub async fn leave(ctx: &Contexte, requete: &Requete, cle: &str, saisie: &SortieSaisie) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let c = at_the_desk(&tx, &acteur, cle).await?;
    let permis = droits::couper(&acteur, entre(&c))?;
    if !c.dossier.est_couvert_par_union() {
        return Err(AppError::Introuvable);
    }
    let jour = today(ctx, &tx, &c).await?;
    let lue = saisie.lis(jour).map_err(AppError::Saisie)?;
    let toutes = convention::lock_of_partenaire(&tx, c.partenaire).await?;
    let mut ici = toutes.into_iter().find(|d| d.id == c.id).ok_or(AppError::Introuvable)?;
    if ici.actes.fin_acces().is_some() {
        return Err(AppError::Conflit);
    }
    ici.actes.fin = Some(Fin::new(lue.effet_le, SORTIE));
    convention::update(&tx, &permis, &ici, ctx.now()).await?;
    let s = &ici.dossier.stipulations;
    let (union, structure) = (s.union.nom_affiche().to_owned(), s.partenaire.nom_affiche().to_owned());
    let contenu = vec![
        ("Objet", format!("{structure} quitte {union}")),
        ("Averti le", date_en_francais(lue.avertie_le)),
        ("Moyen", lue.moyen),
        ("Preuve", lue.numero),
        ("Fin de la couverture le", date_en_francais(lue.effet_le)),
    ];
    prove(ctx, &tx, (&ici, permis.auteur()), contenu).await?;
    let lettre = Lettre::SortieUnion { cle: ici.dossier.cle.clone(), union, structure, le: lue.effet_le };
    aux_signataires(ctx, &tx, &ici, |pour| Mail::Partenaires { pour, lettre: lettre.clone() }).await?;
    ctx.journal(&tx, super::entree(ctx, requete, &acteur, ("union.leave", &ici))).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a leaving back before its day.
///
/// # Errors
/// [`AppError::Conflit`] when no leaving is recorded, or its day has come.
pub async fn keep(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let acteur = Acteur::Compte(load_renforce(ctx, &tx, requete).await?);
    let c = at_the_desk(&tx, &acteur, cle).await?;
    let permis = droits::couper(&acteur, entre(&c))?;
    let jour = today(ctx, &tx, &c).await?;
    let toutes = convention::lock_of_partenaire(&tx, c.partenaire).await?;
    let mut ici = toutes.into_iter().find(|d| d.id == c.id).ok_or(AppError::Introuvable)?;
    let fin = ici.actes.fin.take().filter(|f| f.motif == SORTIE && f.le > jour).ok_or(AppError::Conflit)?;
    convention::update(&tx, &permis, &ici, ctx.now()).await?;
    let structure = ici.dossier.stipulations.partenaire.nom_affiche().to_owned();
    let contenu = vec![
        ("Objet", format!("{structure} reste dans l’union")),
        ("Sortie annulée, prévue le", date_en_francais(fin.le)),
    ];
    prove(ctx, &tx, (&ici, permis.auteur()), contenu).await?;
    let lettre = Lettre::MaintienUnion { cle: ici.dossier.cle.clone(), structure };
    aux_signataires(ctx, &tx, &ici, |pour| Mail::Partenaires { pour, lettre: lettre.clone() }).await?;
    ctx.journal(&tx, super::entree(ctx, requete, &acteur, ("union.keep", &ici))).await?;
    tx.commit().await?;
    Ok(())
}

async fn prove(
    ctx: &Contexte,
    tx: &store::WriteTx,
    (c, auteur): (&Enregistree, Option<domain::ids::CompteId>),
    contenu: Vec<(&'static str, String)>,
) -> Outcome<()> {
    let preuve = Preuve {
        nature: Nature::Union,
        caisse: Some(c.caisse),
        partenaire: Some(c.partenaire),
        convention: Some(c.id),
        compte: None,
        auteur,
        contenu,
    };
    preuve::add(ctx, tx, preuve).await?;
    Ok(())
}

/// A leaving, read.
struct Lue {
    avertie_le: NaiveDate,
    moyen: String,
    numero: String,
    effet_le: NaiveDate,
}

impl SortieSaisie {
    fn lis(&self, aujourdhui: NaiveDate) -> Result<Lue, Vec<ErreurChamp>> {
        let mut e = Vec::new();
        let moyen = text("moyen", &self.moyen, (100, "Choisissez comment la structure a été avertie."), &mut e);
        let numero = text("numero", &self.numero, (100, "Saisissez ce qui prouve l’avertissement."), &mut e);
        match self.avertie_le {
            None => e.push(ErreurChamp::new("avertie_le", "Donnez la date de l’avertissement.")),
            Some(le) if le > aujourdhui => e.push(ErreurChamp::new("avertie_le", "Cette date est dans l’avenir.")),
            Some(_) => {}
        }
        let premier = self.avertie_le.and_then(premier_jour_sans_union).filter(|le| *le > aujourdhui);
        let premier = premier.or_else(|| aujourdhui.succ_opt()).unwrap_or(aujourdhui);
        match self.effet_le {
            None => e.push(ErreurChamp::new("effet_le", "Donnez le premier jour sans couverture.")),
            Some(le) if le < premier => e.push(ErreurChamp::new(
                "effet_le",
                format!("La couverture prend fin le {} au plus tôt.", date_en_francais(premier)),
            )),
            Some(_) => {}
        }
        match (self.avertie_le, self.effet_le) {
            (Some(avertie_le), Some(effet_le)) if e.is_empty() => Ok(Lue { avertie_le, moyen, numero, effet_le }),
            _ => Err(e),
        }
    }
}
