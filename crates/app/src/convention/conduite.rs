//! A convention in the hands of whoever conducts it: loaded in scope, locked, its day known. Every act begins here and ends
//! with [`Conduite::finish`].

use super::annonce;
use crate::compte::{load_acteur, load_renforce};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, ErreurChamp, Outcome};
use crate::mails::conventions::Sujet;
use crate::preuve::{self, Nature, Preuve};
use chrono::NaiveDate;
use domain::calendrier::{Zone, jour_civil};
use domain::droits::{self, Acteur, Conduire, Permis, Raison};
use store::convention::{self, ActeNote, Enregistree, NatureActe};
use store::{Tx, WriteTx};

/// Greatest length of a reason.
pub const MOTIF_MAX: usize = 2000;

/// A convention that somebody conducts.
pub(crate) struct Conduite {
    pub(crate) acteur: Acteur,
    pub(crate) permis: Permis<Conduire>,
    pub(crate) row: Box<Enregistree>,
    pub(crate) zone: Zone,
    /// Civil day of the caisse.
    pub(crate) aujourdhui: NaiveDate,
}

/// The zone of a caisse.
pub(crate) async fn zone_of(tx: &Tx, caisse: domain::ids::CaisseId) -> Outcome<Zone> {
    let found = store::caisse::some(tx, &[caisse]).await?.pop();
    found.map(|c| c.fiche.zone).ok_or_else(|| AppError::Interne("the caisse of a convention is missing".to_owned()))
}

impl Conduite {
    /// By whoever asks, on the version his page was made from.
    pub(crate) async fn begin(
        ctx: &Contexte,
        tx: &WriteTx,
        requete: &Requete,
        (cle, version): (&str, i64),
    ) -> Outcome<Self> {
        let acteur = Acteur::Compte(load_acteur(ctx, tx, requete).await?);
        Self::on_version(ctx, tx, acteur, (cle, version)).await
    }

    /// As [`Self::begin`], for an act that ends an access: a second factor was shown in the last five minutes.
    pub(crate) async fn begin_end(
        ctx: &Contexte,
        tx: &WriteTx,
        requete: &Requete,
        (cle, version): (&str, i64),
    ) -> Outcome<Self> {
        let acteur = Acteur::Compte(load_renforce(ctx, tx, requete).await?);
        Self::on_version(ctx, tx, acteur, (cle, version)).await
    }

    async fn on_version(ctx: &Contexte, tx: &WriteTx, acteur: Acteur, (cle, version): (&str, i64)) -> Outcome<Self> {
        let conduite = Self::of(ctx, tx, acteur, cle).await?;
        if conduite.row.version != version {
            return Err(AppError::Conflit);
        }
        Ok(conduite)
    }

    /// By the portal itself, as the reconciler found it.
    pub(crate) async fn systeme(ctx: &Contexte, tx: &WriteTx, raison: Raison, cle: &str) -> Outcome<Self> {
        Self::of(ctx, tx, Acteur::Systeme(raison), cle).await
    }

    async fn of(ctx: &Contexte, tx: &WriteTx, acteur: Acteur, cle: &str) -> Outcome<Self> {
        let portee = droits::lire_conventions(&acteur)?;
        let row = Box::new(convention::lock(tx, &portee, cle).await?.ok_or(AppError::Introuvable)?);
        let permis = droits::conduire(&acteur, row.caisse)?;
        let zone = zone_of(tx, row.caisse).await?;
        let aujourdhui = jour_civil(zone, ctx.now());
        Ok(Self { acteur, permis, row, zone, aujourdhui })
    }

    /// What the journal calls it.
    pub(crate) fn objet(&self) -> Objet {
        objet(&self.row)
    }

    /// Writes agreement and acts over the version read.
    pub(crate) async fn save(&self, ctx: &Contexte, tx: &WriteTx) -> Outcome<()> {
        Ok(convention::update(tx, &self.permis, &self.row, ctx.now()).await?)
    }

    /// Adds a line to the history of the convention.
    pub(crate) async fn note(
        &self,
        ctx: &Contexte,
        tx: &WriteTx,
        nature: NatureActe,
        (objet, jour, motif): (String, Option<NaiveDate>, &str),
    ) -> Outcome<()> {
        let acte = ActeNote {
            id: ctx.new_id(),
            nature,
            objet,
            jour,
            auteur: self.permis.auteur(),
            le: ctx.now(),
            motif: motif.to_owned(),
        };
        Ok(convention::noter(tx, &self.permis, &self.row, &acte).await?)
    }

    /// Adds a proof (JO-2).
    pub(crate) async fn prove(
        &self,
        ctx: &Contexte,
        tx: &WriteTx,
        nature: Nature,
        contenu: Vec<(&'static str, String)>,
    ) -> Outcome<()> {
        let preuve = Preuve {
            nature,
            caisse: Some(self.row.caisse),
            partenaire: Some(self.row.partenaire),
            convention: Some(self.row.id),
            compte: None,
            auteur: self.permis.auteur(),
            contenu,
        };
        preuve::add(ctx, tx, preuve).await.map(drop)
    }

    /// Tells both sides.
    pub(crate) async fn tell(&self, ctx: &Contexte, tx: &WriteTx, sujet: &Sujet) -> Outcome<()> {
        annonce::dire(ctx, tx, &self.row, sujet).await
    }

    /// The journal's row, last; `details` holds codes and days only.
    pub(crate) async fn journal(
        &self,
        ctx: &Contexte,
        tx: &WriteTx,
        requete: &Requete,
        (action, details): (&'static str, serde_json::Value),
    ) -> Outcome<()> {
        let mut entree = ctx.entree(requete, &self.acteur, action, self.objet());
        entree.details = details.to_string();
        ctx.journal(tx, entree).await
    }
}

/// What the journal calls a convention.
pub(crate) fn objet(row: &Enregistree) -> Objet {
    Objet {
        nature: "convention",
        id: Some(row.dossier.cle.clone()),
        caisse: Some(row.caisse),
        partenaire: Some(row.partenaire),
    }
}

/// One field to mend.
pub(crate) fn saisie(champ: &str, message: impl Into<String>) -> AppError {
    AppError::Saisie(vec![ErreurChamp::new(champ, message)])
}

/// A reason: not empty, not too long, without a NIR (GA-3).
pub(crate) fn motif(champ: &str, texte: &str, vide: &str) -> Outcome<String> {
    let mut erreurs = Vec::new();
    let texte = crate::demande::guard::text(champ, texte, MOTIF_MAX, &mut erreurs);
    if texte.is_empty() {
        erreurs.push(ErreurChamp::new(champ, vide));
    }
    if erreurs.is_empty() { Ok(texte) } else { Err(AppError::Saisie(erreurs)) }
}

/// A text that may be left empty.
pub(crate) fn note_libre(champ: &str, texte: &str) -> Outcome<String> {
    let mut erreurs = Vec::new();
    let texte = crate::demande::guard::text(champ, texte, MOTIF_MAX, &mut erreurs);
    if erreurs.is_empty() { Ok(texte) } else { Err(AppError::Saisie(erreurs)) }
}
