//! Registered letters: recorded when sent, completed at receipt, closed when the breach is repaired (CO-5). A letter ends
//! nothing: it only sets from when the other party may.

use super::conduite::{Conduite, motif, note_libre, saisie};
use crate::context::{Contexte, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::conventions::Sujet;
use crate::preuve::Nature;
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::convention::{self as regles, NatureLettre, PapierVise, RefusLettre, Role};
use store::WriteTx;
use store::convention::{self, Lettre, NatureActe, TexteLettre};
use uuid::Uuid;

/// Greatest length of the number of a registered letter.
const NUMERO_MAX: usize = 40;

/// A letter as typed.
#[derive(Clone, Debug)]
pub struct NouvelleLettre<'a> {
    /// Code of the paper.
    pub papier: &'a str,
    /// Code of what it says.
    pub nature: &'a str,
    /// Code of the party that sends it.
    pub par: &'a str,
    /// Day of sending.
    pub envoyee_le: NaiveDate,
    /// Day of receipt, where it is known.
    pub recue_le: Option<NaiveDate>,
    /// Number of the registered letter.
    pub numero: &'a str,
    /// What it says.
    pub motif: &'a str,
}

/// Records a registered letter; gives its id.
///
/// # Errors
/// [`AppError::Saisie`] with the fields to mend, [`AppError::Conflit`] when the convention changed meanwhile.
pub async fn record_letter(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    n: &NouvelleLettre<'_>,
) -> Outcome<Uuid> {
    let (papier, nature, par) = choices(n)?;
    let texte = texts(n)?;
    let tx = ctx.store.begin_write().await?;
    let c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    days(&c, n.envoyee_le, n.recue_le)?;
    if c.row.actes.fin_de(papier).is_some_and(|f| f.le <= c.aujourdhui) {
        return Err(saisie("papier", "Cette convention a déjà pris fin."));
    }
    let connues: Vec<regles::Lettre> = convention::lettres(&tx, &c.row).await?.into_iter().map(|l| l.lettre).collect();
    c.row.dossier.admet_lettre(papier, nature, par, &connues).map_err(refused)?;
    let lettre = regles::Lettre {
        id: ctx.new_id(),
        papier,
        nature,
        par,
        envoyee_le: n.envoyee_le,
        recue_le: n.recue_le,
        reparee_le: None,
    };
    convention::ajouter_lettre(&tx, &c.permis, &c.row, (&lettre, &texte), ctx.now()).await?;
    c.save(ctx, &tx).await?;
    c.note(ctx, &tx, NatureActe::Lettre, (lettre.id.to_string(), Some(lettre.envoyee_le), &texte.motif)).await?;
    c.prove(ctx, &tx, Nature::Lettre, proof(&lettre, &texte)).await?;
    c.tell(ctx, &tx, &told(&c, &lettre)).await?;
    let details = serde_json::json!({ "papier": papier.code(), "nature": nature.code(), "par": par.code() });
    c.journal(ctx, &tx, requete, ("convention.letter", details)).await?;
    tx.commit().await?;
    Ok(lettre.id)
}

fn choices(n: &NouvelleLettre<'_>) -> Outcome<(PapierVise, NatureLettre, Role)> {
    let mut erreurs = Vec::new();
    let papier = PapierVise::du_code(n.papier);
    let nature = NatureLettre::du_code(n.nature);
    let par = Role::du_code(n.par);
    if papier.is_none() {
        erreurs.push(ErreurChamp::new("papier", "Choisissez la convention concernée."));
    }
    if nature.is_none() {
        erreurs.push(ErreurChamp::new("nature", "Choisissez ce que dit la lettre."));
    }
    if par.is_none() {
        erreurs.push(ErreurChamp::new("par", "Choisissez la partie qui envoie la lettre."));
    }
    match (papier, nature, par) {
        (Some(papier), Some(nature), Some(par)) => Ok((papier, nature, par)),
        _ => Err(AppError::Saisie(erreurs)),
    }
}

fn texts(n: &NouvelleLettre<'_>) -> Outcome<TexteLettre> {
    let mut erreurs = Vec::new();
    let numero = crate::demande::guard::text("numero", n.numero, NUMERO_MAX, &mut erreurs);
    if numero.is_empty() {
        erreurs.push(ErreurChamp::new("numero", "Saisissez le numéro de la lettre recommandée."));
    }
    let pourquoi = crate::demande::guard::text("motif", n.motif, super::conduite::MOTIF_MAX, &mut erreurs);
    if pourquoi.is_empty() {
        erreurs.push(ErreurChamp::new("motif", "Dites en une phrase ce que dit la lettre."));
    }
    if erreurs.is_empty() {
        Ok(TexteLettre { numero, motif: pourquoi, reparation: String::new() })
    } else {
        Err(AppError::Saisie(erreurs))
    }
}

/// A letter was sent and received in this order, not after today.
fn days(c: &Conduite, envoyee_le: NaiveDate, recue_le: Option<NaiveDate>) -> Outcome<()> {
    if envoyee_le > c.aujourdhui {
        return Err(saisie("envoyee_le", "La date d’envoi ne peut pas être à venir."));
    }
    match recue_le {
        Some(le) if le > c.aujourdhui => Err(saisie("recue_le", "La date de réception ne peut pas être à venir.")),
        Some(le) if le < envoyee_le => Err(saisie("recue_le", "La lettre ne peut pas être reçue avant son envoi.")),
        _ => Ok(()),
    }
}

fn refused(refus: RefusLettre) -> AppError {
    let champ = match refus {
        RefusLettre::PasPartie => "par",
        RefusLettre::ClauseAbsente | RefusLettre::DejaOuverte | RefusLettre::SansPremiere => "nature",
    };
    saisie(champ, refus.to_string())
}

fn proof(l: &regles::Lettre, t: &TexteLettre) -> Vec<(&'static str, String)> {
    let mut contenu = vec![
        ("Convention", l.papier.libelle().to_owned()),
        ("Nature", l.nature.libelle().to_owned()),
        ("Envoyée par", l.par.libelle().to_owned()),
        ("Numéro", t.numero.clone()),
        ("Envoyée le", date_en_francais(l.envoyee_le)),
    ];
    contenu.extend(l.recue_le.map(|le| ("Reçue le", date_en_francais(le))));
    contenu.push(("Motif", t.motif.clone()));
    contenu.extend(l.reparee_le.map(|le| ("Réparé le", date_en_francais(le))));
    if !t.reparation.is_empty() {
        contenu.push(("Réparation", t.reparation.clone()));
    }
    contenu
}

fn told(c: &Conduite, l: &regles::Lettre) -> Sujet {
    let possible = c.row.dossier.delai_pour_reparer(l).map(|d| d.possible_le);
    Sujet::Lettre { papier: l.papier, nature: l.nature, possible }
}

async fn one(tx: &WriteTx, c: &Conduite, id: Uuid) -> Outcome<Lettre> {
    convention::lettre(tx, &c.row, id).await?.ok_or(AppError::Introuvable)
}

/// Records the receipt of a letter: the delay of the usage convention runs from it.
///
/// # Errors
/// [`AppError::Saisie`] for an impossible day or a receipt already recorded, [`AppError::Introuvable`] for another letter.
pub async fn receive_letter(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    (id, recue_le): (Uuid, NaiveDate),
) -> Outcome<()> {
    let tx = ctx.store.begin_write().await?;
    let c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    let mut l = one(&tx, &c, id).await?;
    if l.lettre.recue_le.is_some() {
        return Err(saisie("recue_le", "La réception de cette lettre est déjà enregistrée."));
    }
    days(&c, l.lettre.envoyee_le, Some(recue_le))?;
    l.lettre.recue_le = Some(recue_le);
    convention::modifier_lettre(&tx, &c.permis, &c.row, &l).await?;
    c.save(ctx, &tx).await?;
    c.note(ctx, &tx, NatureActe::Reception, (id.to_string(), Some(recue_le), "")).await?;
    c.prove(ctx, &tx, Nature::Lettre, proof(&l.lettre, &l.texte)).await?;
    c.tell(ctx, &tx, &told(&c, &l.lettre)).await?;
    c.journal(ctx, &tx, requete, ("convention.letter_received", serde_json::json!({ "lettre": id }))).await?;
    tx.commit().await?;
    Ok(())
}

/// Records that the breach was repaired: the procedure ends and the convention goes on (« régularisée »).
///
/// # Errors
/// [`AppError::Saisie`] for an impossible day, without a word on the repair, for a letter that opens no procedure, or once
/// the end it led to is recorded.
pub async fn repair(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    (id, reparee_le, texte): (Uuid, NaiveDate, &str),
) -> Outcome<()> {
    let reparation = motif("reparation", texte, "Dites en une phrase comment le manquement est réparé.")?;
    let tx = ctx.store.begin_write().await?;
    let c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    let mut l = one(&tx, &c, id).await?;
    if !l.lettre.est_ouverte() {
        return Err(saisie("reparee_le", "Cette lettre n’ouvre pas de procédure, ou la procédure est déjà close."));
    }
    if reparee_le > c.aujourdhui || reparee_le < l.lettre.envoyee_le {
        return Err(saisie("reparee_le", "La réparation se date entre l’envoi de la lettre et aujourd’hui."));
    }
    if c.row.actes.fin_de(l.lettre.papier).is_some() {
        return Err(saisie("reparee_le", "La fin de cette convention est déjà enregistrée."));
    }
    l.lettre.reparee_le = Some(reparee_le);
    l.texte.reparation = reparation;
    convention::modifier_lettre(&tx, &c.permis, &c.row, &l).await?;
    c.save(ctx, &tx).await?;
    c.note(ctx, &tx, NatureActe::Reparation, (id.to_string(), Some(reparee_le), &l.texte.reparation)).await?;
    c.prove(ctx, &tx, Nature::Lettre, proof(&l.lettre, &l.texte)).await?;
    c.tell(ctx, &tx, &Sujet::Reparation { papier: l.lettre.papier }).await?;
    c.journal(ctx, &tx, requete, ("convention.repair", serde_json::json!({ "lettre": id }))).await?;
    tx.commit().await?;
    Ok(())
}

/// Records that the shared evaluation of the first year was made (CO-3).
///
/// # Errors
/// [`AppError::Saisie`] for a day to come or a convention that foresees none, [`AppError::Conflit`].
pub async fn evaluate(
    ctx: &Contexte,
    requete: &Requete,
    (cle, version): (&str, i64),
    (le, texte): (NaiveDate, &str),
) -> Outcome<()> {
    let note = note_libre("note", texte)?;
    let tx = ctx.store.begin_write().await?;
    let c = Box::pin(Conduite::begin(ctx, &tx, requete, (cle, version))).await?;
    let Some(due) = c.row.dossier.evaluation_le() else {
        return Err(saisie("evaluee_le", "Cette convention ne prévoit pas d’évaluation de la première année."));
    };
    if le > c.aujourdhui {
        return Err(saisie("evaluee_le", "La date de l’évaluation ne peut pas être à venir."));
    }
    if !convention::marquer(&tx, &c.permis, &c.row, (convention::Marque::Evaluation, due), ctx.now()).await? {
        return Err(saisie("evaluee_le", "L’évaluation est déjà enregistrée."));
    }
    c.save(ctx, &tx).await?;
    c.note(ctx, &tx, NatureActe::Evaluation, (String::new(), Some(le), &note)).await?;
    let mut contenu = vec![("Évaluation de la première année faite le", date_en_francais(le))];
    contenu.extend((!note.is_empty()).then(|| ("Note", note.clone())));
    c.prove(ctx, &tx, Nature::Attestation, contenu).await?;
    c.tell(ctx, &tx, &Sujet::Evaluation { le }).await?;
    c.journal(ctx, &tx, requete, ("convention.evaluate", serde_json::json!({ "le": le }))).await?;
    tx.commit().await?;
    Ok(())
}
