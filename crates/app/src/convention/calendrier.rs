//! The référent's home: the conventions of his caisse with their states, and the days that lie ahead, in order (CO-3).

use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::Outcome;
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::convention::{Echeance, Lettre, NatureEcheance, PapierVise, Situation};
use domain::droits::{self, Acteur, Portee, Refus};
use domain::ids::{CaisseId, ConventionId};
use std::collections::{HashMap, HashSet};
use store::Tx;
use store::convention::{self, DeLaCaisse, Marque};

/// Lines of one page.
pub const PAR_PAGE: usize = 50;

/// A convention in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneConvention {
    /// Key.
    pub cle: String,
    /// Short name of the structure.
    pub structure: String,
    /// State of the whole.
    pub situation: Situation,
    /// State of the métier convention.
    pub metier: Situation,
    /// State of the usage convention.
    pub utilisation: Situation,
    /// Its next day.
    pub prochaine: Option<Echeance>,
}

/// A day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jour {
    /// The day and what it brings.
    pub echeance: Echeance,
    /// Key of the convention.
    pub cle: String,
    /// Short name of the structure.
    pub structure: String,
}

impl Jour {
    /// Where the page after this day begins.
    #[must_use]
    pub fn curseur(&self) -> String {
        let papier = self.echeance.papier.map_or("", PapierVise::code);
        format!("{}~{}~{}~{papier}", self.echeance.le, self.cle, self.echeance.nature.code())
    }
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ASuivre {
    /// Since or until when.
    pub le: Option<NaiveDate>,
    /// What, a sentence.
    pub texte: String,
    /// Address of the page where it is done.
    pub lien: String,
    /// Whether it is late.
    pub retard: bool,
}

/// What a référent sees first.
#[derive(Clone, Debug)]
pub struct Calendrier {
    /// Name of the caisse.
    pub caisse: String,
    /// Its civil day.
    pub aujourdhui: NaiveDate,
    /// To do, the oldest first.
    pub a_suivre: Vec<ASuivre>,
    /// Days ahead, in order.
    pub jours: Vec<Jour>,
    /// Where the next page of days begins.
    pub jours_suite: Option<String>,
    /// Conventions, by the name of the structure.
    pub conventions: Vec<LigneConvention>,
    /// Where the next page of conventions begins.
    pub suite: Option<String>,
}

/// Where both lists begin; none: at their start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pages<'a> {
    /// Cursor of the days.
    pub jours: Option<&'a str>,
    /// Cursor of the conventions.
    pub conventions: Option<&'a str>,
}

/// One convention as the calendar reads it.
struct Lue<'a> {
    c: &'a DeLaCaisse,
    lettres: &'a [Lettre],
    evaluee: bool,
}

impl Lue<'_> {
    fn jours(&self, aujourdhui: NaiveDate) -> Vec<Echeance> {
        let accord = &self.c.accord;
        accord.dossier.calendrier(&accord.actes, self.lettres, self.evaluee, aujourdhui)
    }

    fn line(&self, aujourdhui: NaiveDate) -> LigneConvention {
        let (d, a) = (&self.c.accord.dossier, &self.c.accord.actes);
        LigneConvention {
            cle: self.c.cle.clone(),
            structure: self.c.nom.clone(),
            situation: d.situation(a, self.lettres, aujourdhui),
            metier: d.situation_de(PapierVise::Metier, a, self.lettres, aujourdhui),
            utilisation: d.situation_de(PapierVise::Utilisation, a, self.lettres, aujourdhui),
            prochaine: self.jours(aujourdhui).into_iter().find(|j| j.le >= aujourdhui),
        }
    }
}

/// The calendar of the référent's caisse. No personal data: nothing is journalled.
///
/// # Errors
/// [`crate::AppError::Interdit`] for other profils.
pub async fn calendar(ctx: &Contexte, requete: &Requete, pages: Pages<'_>) -> Outcome<Calendrier> {
    let tx = ctx.store.begin_read().await?;
    let vu = seen(ctx, &tx, requete).await?;
    let Portee::Caisse(caisse) = droits::lire_conventions(&Acteur::Compte(vu.acteur.clone()))? else {
        return Err(Refus::ActeInterdit.into());
    };
    let fiche = store::caisse::some(&tx, &[caisse]).await?.pop().map(|c| c.fiche);
    let (nom, zone) = fiche.map_or((String::new(), Zone::Metropole), |f| (f.nom, f.zone));
    let aujourdhui = jour_civil(zone, ctx.now());
    let toutes = convention::of_caisse(&tx, caisse).await?;
    let lettres = convention::lettres_de(&tx, caisse).await?;
    let evaluees = evaluated(&tx, &toutes).await?;
    let lues: Vec<Lue<'_>> = toutes.iter().map(|c| lue(c, &lettres, &evaluees)).collect();
    let (jours, jours_suite) = days(&lues, aujourdhui, pages.jours);
    let (conventions, suite) = lines(&lues, aujourdhui, pages.conventions);
    let a_suivre = a_suivre(&tx, (caisse, aujourdhui), &lues).await?;
    Ok(Calendrier { caisse: nom, aujourdhui, a_suivre, jours, jours_suite, conventions, suite })
}

async fn evaluated(tx: &Tx, toutes: &[DeLaCaisse]) -> Outcome<HashSet<ConventionId>> {
    let ids: Vec<ConventionId> = toutes.iter().map(|c| c.id).collect();
    let faites = convention::marques(tx, &ids, Marque::Evaluation).await?;
    Ok(faites.into_iter().map(|(id, _)| id).collect())
}

fn lue<'a>(
    c: &'a DeLaCaisse,
    lettres: &'a HashMap<ConventionId, Vec<Lettre>>,
    evaluees: &HashSet<ConventionId>,
) -> Lue<'a> {
    Lue { c, lettres: lettres.get(&c.id).map_or(&[], Vec::as_slice), evaluee: evaluees.contains(&c.id) }
}

fn days(lues: &[Lue<'_>], aujourdhui: NaiveDate, apres: Option<&str>) -> (Vec<Jour>, Option<String>) {
    let mut jours: Vec<Jour> = lues
        .iter()
        .flat_map(|l| {
            l.jours(aujourdhui).into_iter().filter(|e| e.le >= aujourdhui).map(|echeance| Jour {
                echeance,
                cle: l.c.cle.clone(),
                structure: l.c.nom.clone(),
            })
        })
        .collect();
    jours.sort_by_cached_key(Jour::curseur);
    if let Some(apres) = apres {
        jours.retain(|j| j.curseur().as_str() > apres);
    }
    let more = jours.len() > PAR_PAGE;
    jours.truncate(PAR_PAGE);
    let suite = jours.last().filter(|_| more).map(Jour::curseur);
    (jours, suite)
}

fn lines(lues: &[Lue<'_>], aujourdhui: NaiveDate, apres: Option<&str>) -> (Vec<LigneConvention>, Option<String>) {
    let key = |l: &Lue<'_>| format!("{}~{}", l.c.nom.to_lowercase(), l.c.cle);
    let mut ordre: Vec<(String, &Lue<'_>)> = lues.iter().map(|l| (key(l), l)).collect();
    ordre.sort_by(|a, b| a.0.cmp(&b.0));
    if let Some(apres) = apres {
        // The key of a line is its convention's: a name may change between two pages.
        let debut = ordre.iter().position(|(_, l)| l.c.cle == apres).map_or(0, |rang| rang + 1);
        ordre.drain(..debut);
    }
    let more = ordre.len() > PAR_PAGE;
    ordre.truncate(PAR_PAGE);
    let suite = ordre.last().filter(|_| more).map(|(_, l)| l.c.cle.clone());
    (ordre.into_iter().map(|(_, l)| l.line(aujourdhui)).collect(), suite)
}

/// What waits for the référent, the oldest first. Other areas add their own lines here (late habilitations, reviews):
/// one query for the caisse each, never one a convention.
async fn a_suivre(tx: &Tx, (caisse, aujourdhui): (CaisseId, NaiveDate), lues: &[Lue<'_>]) -> Outcome<Vec<ASuivre>> {
    let mut choses: Vec<ASuivre> = lues.iter().flat_map(|l| of_convention(l, aujourdhui)).collect();
    choses.extend(left(tx, lues).await?);
    let dues = crate::habilitation::dues::of_caisse(tx, caisse, aujourdhui).await?;
    choses.extend(dues.into_iter().map(|d| ASuivre { le: d.le, texte: d.texte, lien: d.lien, retard: d.retard }));
    choses.sort_by(|a, b| (a.le.is_none(), a.le, &a.texte).cmp(&(b.le.is_none(), b.le, &b.texte)));
    Ok(choses)
}

/// Avenants that no longer fitted on their day, until they are in force or another one replaces them.
async fn left(tx: &Tx, lues: &[Lue<'_>]) -> Outcome<Vec<ASuivre>> {
    let ids: Vec<ConventionId> = lues.iter().map(|l| l.c.id).collect();
    let dits = convention::avenants_ecartes(tx, &ids).await?;
    let ids: Vec<ConventionId> = dits.iter().map(|(id, _)| *id).collect();
    let attendent = convention::attendent(tx, &ids).await?;
    let ecartes = attendent.into_iter().filter(|(id, numero, _)| dits.contains(&(*id, numero - 1)));
    Ok(ecartes
        .filter_map(|(id, numero, le)| {
            let c = lues.iter().find(|l| l.c.id == id)?.c;
            Some(ASuivre {
                le: Some(le),
                texte: format!(
                    "L’avenant n° {} à la convention de {} n’a pas pris effet : il ne correspond plus à la convention.",
                    numero - 1,
                    c.nom
                ),
                lien: format!("/conventions/{}/versions?apres={numero}", c.cle),
                retard: true,
            })
        })
        .collect())
}

fn of_convention(l: &Lue<'_>, aujourdhui: NaiveDate) -> Vec<ASuivre> {
    let (nom, cle) = (&l.c.nom, &l.c.cle);
    let mut choses = Vec::new();
    let page = format!("/conventions/{cle}");
    match l.line(aujourdhui).situation {
        Situation::Activable => choses.push(ASuivre {
            le: None,
            texte: format!("La convention de {nom} est prête : il reste à l’activer."),
            lien: format!("{page}/activation"),
            retard: false,
        }),
        Situation::Projet | Situation::ASigner => choses.push(ASuivre {
            le: None,
            texte: format!("Il manque des informations pour activer la convention de {nom}."),
            lien: format!("{page}/completer"),
            retard: false,
        }),
        _ => {}
    }
    for e in l.jours(aujourdhui) {
        match e.nature {
            NatureEcheance::Evaluation if e.le <= aujourdhui => choses.push(ASuivre {
                le: Some(e.le),
                texte: format!("L’évaluation de la première année avec {nom} est à faire."),
                lien: page.clone(),
                retard: true,
            }),
            NatureEcheance::ResiliationPossible if e.le <= aujourdhui => choses.push(ASuivre {
                le: Some(e.le),
                texte: format!("Le délai pour réparer est passé pour {nom} : la partie qui a écrit peut agir, ou constater la réparation."),
                lien: format!("{page}/lettres"),
                retard: false,
            }),
            NatureEcheance::Fin => choses.push(ASuivre {
                le: Some(e.le),
                texte: format!("La convention de {nom} prend fin : dites comment se poursuit ce qui reste ouvert."),
                lien: format!("{page}/bonne-fin"),
                retard: false,
            }),
            _ => {}
        }
    }
    choses
}
