//! Importing conventions from files into the database (CO-9): all or nothing, and again without effect. Once an avenant is
//! in force, the papers from before it are refused: the avenant is what holds.

use super::assemblage::assemble;
use super::format::ErreurImport;
use super::import_refus::{amended, at_its_line, moved, unknown_caisse};
use super::lecture::lis;
use crate::context::{Contexte, Objet, Requete};
use crate::error::AppError;
use crate::partenaire::note_siret;
use domain::convention::{Actes, Canal, Dossier, Partie, Section, Source};
use domain::droits::{Acteur, Importer, Permis, Raison, systeme};
use domain::ids::{ConventionId, PartenaireId};
use store::caisse::{self, Caisse};
use store::convention::Enregistree;
use store::partenaire::{self, Partenaire};
use store::{StoreError, WriteTx, convention};

/// What an import did, or would do, with one dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effet {
    /// Was not there.
    Ajoutee,
    /// Says something new.
    Modifiee,
    /// Says what was already known.
    Inchangee,
}

impl Effet {
    /// The word printed.
    #[must_use]
    pub const fn libelle(self) -> &'static str {
        match self {
            Self::Ajoutee => "ajoutée",
            Self::Modifiee => "modifiée",
            Self::Inchangee => "inchangée",
        }
    }
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rapport {
    /// Key of the dossier.
    pub cle: String,
    /// What happened.
    pub effet: Effet,
    /// How many things activation still lacks (CO-12).
    pub lacunes: usize,
}

/// Why an import changed nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Files to mend, each with line, field and reason.
    #[error("{} erreur(s) dans les fichiers", .0.len())]
    Fichiers(Vec<ErreurImport>),
    /// The database refused.
    #[error(transparent)]
    App(#[from] AppError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

/// Reads files (name, content) and stores what is new. With `dry_run` everything is done but the commit.
///
/// # Errors
/// [`ImportError::Fichiers`] with every fault of every file; nothing is changed then.
pub async fn import(ctx: &Contexte, fichiers: &[(String, String)], dry_run: bool) -> Result<Vec<Rapport>, ImportError> {
    let documents = lis(fichiers).map_err(ImportError::Fichiers)?;
    let acteur = Acteur::Systeme(Raison::Import);
    let permis = systeme::permis::<Importer>(&acteur).map_err(AppError::from)?;
    let tx = ctx.store.begin_write().await?;
    let connus = convention::lock_all(&tx).await?;
    let dossiers: Vec<Dossier> = connus.iter().map(|c| c.dossier.clone()).collect();
    let demenages = moved(&documents, &dossiers);
    if !demenages.is_empty() {
        return Err(ImportError::Fichiers(demenages));
    }
    let resultat = assemble(&documents, &dossiers).map_err(ImportError::Fichiers)?;
    let mut rapports = Vec::with_capacity(resultat.len());
    for dossier in resultat {
        let dossier = with_sheets(dossier, &dossiers);
        let Some(caisse) = caisse::by_slug(&tx, &dossier.cle_caisse).await? else {
            return Err(ImportError::Fichiers(vec![unknown_caisse(&documents, &dossier)]));
        };
        let connu = connus.iter().find(|c| c.dossier.cle == dossier.cle);
        if connu.is_some_and(|c| c.dossier != dossier) {
            amended(&tx, &documents, connu).await?;
        }
        let effet = keep(ctx, &tx, &permis, (&caisse, connu), &dossier)
            .await
            .map_err(|e| at_its_line(&documents, &dossier, e))?;
        if effet != Effet::Inchangee {
            journalise(ctx, &tx, &acteur, (&caisse, &dossier)).await?;
        }
        rapports.push(Rapport { lacunes: dossier.lacunes().len(), cle: dossier.cle, effet });
    }
    if !dry_run {
        tx.commit().await?;
    }
    Ok(rapports)
}

async fn journalise(
    ctx: &Contexte,
    tx: &WriteTx,
    acteur: &Acteur,
    (caisse, dossier): (&Caisse, &Dossier),
) -> Result<(), ImportError> {
    let objet =
        Objet { nature: "convention", id: Some(dossier.cle.clone()), caisse: Some(caisse.id), partenaire: None };
    let requete = Requete::systeme("import");
    Ok(ctx.journal(tx, ctx.entree(&requete, acteur, "convention.import", objet)).await?)
}

/// A new convention takes over what the sheets of its structure and of its caisse already say: there is one sheet.
fn with_sheets(mut dossier: Dossier, connus: &[Dossier]) -> Dossier {
    if connus.iter().any(|c| c.cle == dossier.cle) {
        return dossier;
    }
    let sheet = |partie: &Partie| {
        let mut kept = partie.clone();
        kept.garde(&Source::est_fiche);
        kept.coordonnees = None;
        kept
    };
    if let Some(c) = connus.iter().find(|c| c.cle_partenaire == dossier.cle_partenaire) {
        dossier.stipulations.partenaire.ajoute(&sheet(&c.stipulations.partenaire), "", &mut Vec::new());
    }
    if let Some(c) = connus.iter().find(|c| c.cle_caisse == dossier.cle_caisse) {
        dossier.stipulations.caisse.ajoute(&sheet(&c.stipulations.caisse), "", &mut Vec::new());
    }
    dossier
}

async fn keep(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Importer>,
    (caisse, connu): (&Caisse, Option<&Enregistree>),
    dossier: &Dossier,
) -> Result<Effet, ImportError> {
    let now = ctx.now();
    if let Some(connu) = connu {
        if connu.dossier == *dossier {
            return Ok(Effet::Inchangee);
        }
        contacts(tx, permis, caisse, dossier).await?;
        structure(ctx, tx, permis, (caisse, dossier)).await?;
        let row = Enregistree { dossier: dossier.clone(), ..connu.clone() };
        convention::update(tx, permis, &row, now).await?;
        return Ok(Effet::Modifiee);
    }
    contacts(tx, permis, caisse, dossier).await?;
    let partenaire = structure(ctx, tx, permis, (caisse, dossier)).await?;
    let row = Enregistree {
        id: ConventionId::new(ctx.new_id()),
        caisse: caisse.id,
        partenaire,
        dossier: dossier.clone(),
        actes: Actes::default(),
        version: 1,
    };
    convention::insert(tx, permis, &row, now).await?;
    Ok(Effet::Ajoutee)
}

/// What the caisse's sheet does not say yet, as the convention gives it. What it says stays: the sheet is the caisse's
/// own, and each of its partenaires has a convention.
async fn contacts(
    tx: &WriteTx,
    permis: &Permis<Importer>,
    caisse: &Caisse,
    dossier: &Dossier,
) -> Result<(), ImportError> {
    let partie = &dossier.stipulations.caisse;
    let said = |value: &Option<domain::convention::Valeur<String>>| value.as_ref().map(|v| v.valeur.clone());
    let row = Caisse {
        telephone: caisse.telephone.clone().or_else(|| said(&partie.standard)),
        courriel: caisse.courriel.clone().or_else(|| said(&partie.courriel)),
        adresse: caisse.adresse.clone().or_else(|| said(&partie.adresse)),
        autre_canal: caisse.autre_canal.clone().or_else(|| Some(other_channel(dossier))),
        ..caisse.clone()
    };
    Ok(caisse::update_contacts(tx, permis, &row).await?)
}

/// How to reach the caisse when the portal is away (usage art. 3.2), as its convention says.
fn other_channel(dossier: &Dossier) -> String {
    let moyens = match (dossier.canal_ouvert(Canal::CourrielCode), dossier.canal_ouvert(Canal::TelephoneSiret)) {
        (true, true) => "par courriel à son adresse unique avec votre code confidentiel, ou au 3646 avec votre SIRET",
        (true, false) => "par courriel à son adresse unique avec votre code confidentiel",
        (false, true) => "au 3646 avec votre SIRET",
        (false, false) => "auprès de son interlocuteur local, par téléphone ou par courrier",
    };
    format!("Joignez la caisse {moyens}.")
}

async fn structure(
    ctx: &Contexte,
    tx: &WriteTx,
    permis: &Permis<Importer>,
    (caisse, dossier): (&Caisse, &Dossier),
) -> Result<PartenaireId, ImportError> {
    let partie: &Partie = &dossier.stipulations.partenaire;
    let court = partie.nom_affiche().to_owned();
    let connu = partenaire::by_slug(tx, &dossier.cle_partenaire).await?;
    // A known structure keeps its names and its département: its sheet is kept by people, and a second convention,
    // elsewhere, neither renames nor moves it.
    let siret = partie.siret.as_ref().map(|s| s.valeur.as_str());
    if let Some(connu) = connu.as_ref().filter(|connu| !connu.nom.is_empty()) {
        if siret.is_some() {
            note_siret(tx, permis, connu.id, siret).await?;
        }
        return Ok(connu.id);
    }
    // Presets the département of an assuré; only a caisse of one département tells it.
    let departement = match caisse.fiche.departements.as_slice() {
        [seul] => Some(seul.code().to_owned()),
        _ => None,
    };
    let row = Partenaire {
        id: connu.as_ref().map_or_else(|| PartenaireId::new(ctx.new_id()), |connu| connu.id),
        slug: dossier.cle_partenaire.clone(),
        nom: partie.nom_complet().unwrap_or(&court).to_owned(),
        nom_court: court.clone(),
        departement,
    };
    match connu {
        Some(_) => partenaire::update(tx, permis, &row).await?,
        None => partenaire::insert(tx, permis, &row, ctx.now()).await?,
    }
    note_siret(tx, permis, row.id, siret).await?;
    Ok(row.id)
}
