//! The good end of a convention (CO-11): what is still open at the caisse once an end is known, how each goes on, and the
//! list for both sides. Numbers, kinds and states: no content.

use super::conduite::{Conduite, note_libre, objet, saisie, zone_of};
use crate::compte::seen;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use crate::imprime::Imprime;
use crate::mails::conventions::Sujet;
use crate::ports::PrintError;
use crate::preuve::Nature;
use chrono::NaiveDate;
use domain::calendrier::{Zone, date_en_francais, jour_civil};
use domain::convention::SuiteFin;
use domain::demande::Sorte;
use domain::droits::{self, Acteur, Portee};
use std::collections::HashMap;
use store::Tx;
use store::convention::{self, Enregistree, NatureActe, Suite};
use store::demande::{self, Ouverte};

/// One demande of the list.
#[derive(Clone, Debug)]
pub struct LigneFin {
    /// The demande, without its content.
    pub demande: Ouverte,
    /// How it goes on, once decided.
    pub suite: Option<Suite>,
}

/// The list of a convention whose end is known.
#[derive(Clone, Debug)]
pub struct BonneFin {
    /// Key.
    pub cle: String,
    /// Short name of the structure.
    pub structure: String,
    /// Name of the caisse.
    pub caisse: String,
    /// Zone of the caisse, for dates.
    pub zone: Zone,
    /// First day without access.
    pub le: NaiveDate,
    /// Whether that day has come.
    pub effective: bool,
    /// Open demandes, and those for which something was decided, oldest first.
    pub lignes: Vec<LigneFin>,
    /// Drafts of the structure that nobody has sent, for whatever caisse.
    pub brouillons: u64,
    /// Whether the reader conducts the convention.
    pub conduit: bool,
    /// For the form.
    pub version: i64,
}

impl BonneFin {
    /// Those of one kind: appointments and documents have headings of their own.
    pub fn de(&self, sorte: Sorte) -> impl Iterator<Item = &LigneFin> {
        self.lignes.iter().filter(move |l| l.demande.sorte == sorte)
    }
}

/// The day on which access closes or closed; nothing while no end is known.
fn known_end(row: &Enregistree, aujourdhui: NaiveDate) -> Option<NaiveDate> {
    let fin = row.actes.fin_acces().map(|f| f.le);
    fin.or_else(|| {
        // Without renewal the only term is an end that everybody knows.
        let terme = (!row.dossier.est_renouvelable()).then(|| row.dossier.prochaine_echeance(aujourdhui)).flatten();
        terme.filter(|_| row.actes.activee_le.is_some())
    })
}

/// The list, for the référent of the caisse and the gestionnaires of the structure.
///
/// # Errors
/// [`AppError::Introuvable`] out of scope or while no end is known, [`AppError::Interdit`] for other profils.
pub async fn good_end(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<BonneFin> {
    let tx = ctx.store.begin_read().await?;
    let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
    let portee = droits::suivre_fin(&acteur)?;
    let row = convention::in_scope(&tx, &portee, cle).await?.ok_or(AppError::Introuvable)?;
    let conduit = !matches!(portee, Portee::Partenaire { .. });
    let fin = read(ctx, &tx, &row, conduit).await?;
    drop(tx);
    ctx.record(ctx.entree(requete, &acteur, "convention.good_end", objet(&row))).await?;
    Ok(fin)
}

async fn read(ctx: &Contexte, tx: &Tx, row: &Enregistree, conduit: bool) -> Outcome<BonneFin> {
    let zone = zone_of(tx, row.caisse).await?;
    let aujourdhui = jour_civil(zone, ctx.now());
    let le = known_end(row, aujourdhui).ok_or(AppError::Introuvable)?;
    let entre = (row.caisse, row.partenaire);
    let suites: Vec<Suite> = convention::suites(tx, row).await?;
    let mut demandes = demande::ouvertes(tx, entre).await?;
    let closed: Vec<String> =
        suites.iter().map(|s| s.reference.clone()).filter(|r| !demandes.iter().any(|d| d.reference == *r)).collect();
    if !closed.is_empty() {
        demandes.extend(demande::nommees(tx, entre, &closed).await?);
        demandes.sort_by(|a, b| (a.transmise_le, &a.reference).cmp(&(b.transmise_le, &b.reference)));
    }
    let mut par_reference: HashMap<String, Suite> = suites.into_iter().map(|s| (s.reference.clone(), s)).collect();
    let lignes = demandes
        .into_iter()
        .map(|demande| LigneFin { suite: par_reference.remove(&demande.reference), demande })
        .collect();
    let caisse = store::caisse::some(tx, &[row.caisse]).await?.pop().map(|c| c.fiche.nom).unwrap_or_default();
    Ok(BonneFin {
        cle: row.dossier.cle.clone(),
        structure: row.dossier.stipulations.partenaire.nom_affiche().to_owned(),
        caisse,
        zone,
        le,
        effective: le <= aujourdhui,
        lignes,
        brouillons: demande::compter_brouillons(tx, row.partenaire).await?,
        conduit,
        version: row.version,
    })
}

/// The list as lines of a mail: number, kind, state, suite; nobody's name. After the last end nobody of the structure can
/// sign in to read the page.
pub(crate) async fn lines(ctx: &Contexte, tx: &Tx, row: &Enregistree) -> Outcome<Vec<String>> {
    Ok(read(ctx, tx, row, true).await?.lignes.iter().map(line).collect())
}

fn line(l: &LigneFin) -> String {
    let suite = l.suite.as_ref().map_or("suite à décider", |s| s.suite.libelle());
    let d = &l.demande;
    let said = format!("{} : {}, {} ; {suite}", d.reference, d.sorte.libelle(), d.etat.libelle().to_lowercase());
    said.replace('\'', "’")
}

/// The list as a PDF, as it stands now.
///
/// # Errors
/// As for [`good_end`].
pub async fn print_good_end(ctx: &Contexte, requete: &Requete, cle: &str) -> Outcome<Vec<u8>> {
    let fin = good_end(ctx, requete, cle).await?;
    let imprime: Imprime = crate::imprime::bonne_fin(&fin);
    ctx.imprimeur.print(imprime).await.map_err(|e: PrintError| AppError::Interne(e.to_string()))
}

/// Records how one open demande goes on.
///
/// # Errors
/// [`AppError::Saisie`] for a choice that is none, [`AppError::Introuvable`] for a demande that is not on the list.
pub async fn settle(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    (reference, suite, note): (&str, &str, &str),
) -> Outcome<()> {
    let suite =
        SuiteFin::du_code(suite).ok_or_else(|| saisie("suite", "Choisissez comment la demande se poursuit."))?;
    let note = note_libre("note", note)?;
    let tx = ctx.store.begin_write().await?;
    let c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    let liste = read(ctx, &tx, &c.row, true).await?;
    if !liste.lignes.iter().any(|l| l.demande.reference == reference) {
        return Err(AppError::Introuvable);
    }
    let ecrite = Suite { reference: reference.to_owned(), suite, note, le: ctx.now() };
    convention::ecrire_suite(&tx, &c.permis, &c.row, &ecrite, ctx.new_id()).await?;
    c.note(ctx, &tx, NatureActe::Suite, (reference.to_owned(), None, suite.libelle())).await?;
    let details = serde_json::json!({ "demande": reference, "suite": suite.code() });
    c.journal(ctx, &tx, requete, ("convention.settle", details)).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives the list to both sides: a mail with its link, and a proof that holds it as it stands.
///
/// # Errors
/// As for [`good_end`], [`AppError::Conflit`] when the convention changed meanwhile.
pub async fn hand_over(ctx: &Contexte, requete: &Requete, (cle, version): (&str, i64)) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    let liste = read(ctx, &tx, &c.row, true).await?;
    let ouvertes: Vec<String> = liste.lignes.iter().map(line).collect();
    let contenu = vec![
        ("Fin de l’accès", date_en_francais(liste.le)),
        ("Demandes ouvertes", ouvertes.join("\n")),
        ("Brouillons de la structure, toutes caisses", liste.brouillons.to_string()),
    ];
    c.prove(ctx, &tx, Nature::Notice, contenu).await?;
    c.tell(ctx, &tx, &Sujet::BonneFin { ouvertes }).await?;
    let details = serde_json::json!({ "demandes": liste.lignes.len() });
    c.journal(ctx, &tx, requete, ("convention.hand_over", details)).await?;
    tx.commit().await?;
    Ok(())
}
