//! What the form of a kind needs: the caisses where it is open, the documents, the qualities, the words to recall.

use super::depot::motifs;
use super::show::in_scope;
use crate::compte::{Vu, seen};
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::assure::{Civilite, cle_de_nom};
use domain::convention::{Dossier, MotifRecours, ObjetAccord, Qualite, SousType, Voie};
use domain::demande::Sorte;
use domain::droits::{self, Acteur, ActeurCompte, Rattachement as Tenant, Refus};
use domain::ids::{BrouillonId, ConventionId, PartenaireId};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::caisse::Caisse;
use store::convention::{Accord, Liee};
use store::demande::{Contenu, Demande, Recent};

/// A caisse where the kind is open, with the convention that opens it.
#[derive(Clone, Debug)]
pub struct OuvertA {
    /// The caisse.
    pub caisse: Caisse,
    /// The dossier.
    pub convention: ConventionId,
    /// What the conventions say.
    pub accord: Arc<Accord>,
}

impl OuvertA {
    /// The dossier of the conventions.
    #[must_use]
    pub fn dossier(&self) -> &Dossier {
        &self.accord.dossier
    }
}

/// The form as the page shows it.
#[derive(Clone, Debug)]
pub struct Formulaire {
    /// Id that the draft will have: a double click makes one.
    pub brouillon: BrouillonId,
    /// Caisses to choose from.
    pub ouvertes: Vec<OuvertA>,
    /// Kind of demande.
    pub sorte: Sorte,
    /// Sub-kinds of these conventions, each once; none for « Contacter ».
    pub sous_types: Vec<SousType>,
    /// Qualities recorded on the structure, for which one of these conventions opens the portal (PA-2).
    pub qualites: Vec<Qualite>,
    /// Whether one of them asks an agreement for the examen de prévention (DE-3).
    pub accord_examen: bool,
    /// Whether one of them asks an agreement for talking of a person's file (PA-5: 001, 004).
    pub accord_dossier: bool,
    /// Whether one of them asks an agreement for reporting a difficulty or for the orientation (DE-3: 001, 004).
    pub accord_signalement: bool,
    /// Reasons of recourse of which one is asked; empty when none of them asks one (DE-15).
    pub recours: Vec<MotifRecours>,
    /// Whether one of them has criteria of fragility (DE-13).
    pub criteres: bool,
    /// Publics of the conventions, recalled before filing (DE-15).
    pub publics: Vec<String>,
    /// Whether the person must be told who receives the data (DE-3: 001, 004).
    pub nomme_destinataire: bool,
    /// Département of the structure, preset.
    pub departement: Option<String>,
    /// Persons of the caller's own latest demandes, each once, the latest first, five at most.
    pub recents: Vec<AssureRepris>,
    /// The person taken again, when a reference was given.
    pub assure: Option<AssureRepris>,
}

/// A person of an earlier demande, to be taken again without typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssureRepris {
    /// Reference of that demande.
    pub reference: String,
    /// Civilité.
    pub civilite: Civilite,
    /// Nom.
    pub nom: String,
    /// Prénom; empty when the person has one name.
    pub prenom: String,
    /// Date of birth in its canonical form.
    pub naissance: String,
    /// Code of the département of residence.
    pub departement: String,
}

/// Demandes among which recent persons are looked for.
const LUES: u64 = 30;
/// Recent persons shown.
const RECENTS: usize = 5;

/// The form of a new demande of this kind; `assure` is the reference of an earlier demande whose person is taken again.
/// One row of the journal when persons are shown.
///
/// # Errors
/// [`AppError::Interdit`] when no live convention opens the kind; [`AppError::Introuvable`] when `assure` is unknown or
/// out of scope.
pub async fn form(ctx: &Contexte, requete: &Requete, sorte: Sorte, assure: Option<&str>) -> Outcome<Formulaire> {
    let (formulaire, entree) = {
        let tx = ctx.store.begin_read().await?;
        let vu = seen(ctx, &tx, requete).await?;
        let compte = &vu.acteur;
        let acteur = Acteur::Compte(compte.clone());
        droits::garder_brouillon(&acteur, sorte)?;
        let partenaire = partenaire_of(compte)?;
        let structure = store::partenaire::load(&tx, partenaire).await?.ok_or(AppError::Introuvable)?;
        let ouvertes = open_at(&vu, sorte);
        let mut formulaire = blank(BrouillonId::new(ctx.new_id()), sorte, ouvertes);
        formulaire.departement = structure.departement;
        let lues = store::demande::recents(&tx, &droits::lire_demandes(&acteur)?, compte.compte, LUES).await?;
        formulaire.recents = distinct(lues);
        let mut objet =
            Objet { nature: "liste", id: Some("recents".to_owned()), caisse: None, partenaire: Some(partenaire) };
        if let Some(reference) = assure {
            let (demande, _) = in_scope(&tx, &acteur, reference).await?;
            objet = super::show::objet(&demande);
            formulaire.assure = Some(AssureRepris::of(demande));
        }
        let mut entree = ctx.entree(requete, &acteur, "demande.form", objet);
        entree.details = format!("{{\"lignes\":{}}}", formulaire.recents.len());
        (formulaire, entree)
    };
    if !formulaire.recents.is_empty() || formulaire.assure.is_some() {
        ctx.record(entree).await?;
    }
    Ok(formulaire)
}

/// The form as the open conventions ask it, without anybody in it.
fn blank(brouillon: BrouillonId, sorte: Sorte, ouvertes: Vec<OuvertA>) -> Formulaire {
    let each = |d: &Dossier| d.sous_types(sorte.fonctionnalite());
    let sous_types: BTreeSet<SousType> = ouvertes.iter().flat_map(|o| each(o.dossier())).collect();
    let recours: BTreeSet<_> = ouvertes.iter().flat_map(|o| motifs(o.dossier(), sorte).iter().copied()).collect();
    let asks = |objet| ouvertes.iter().any(|o| o.dossier().accord_requis(objet));
    let delivers = |q: &Qualite| ouvertes.iter().any(|o| o.dossier().voie_de_remise(Some(*q)) == Voie::Portail);
    Formulaire {
        brouillon,
        sorte,
        sous_types: sous_types.into_iter().collect(),
        qualites: Qualite::TOUS.iter().copied().filter(delivers).collect(),
        accord_examen: asks(ObjetAccord::ExamenPrevention),
        accord_dossier: asks(ObjetAccord::EtatDossier),
        accord_signalement: asks(ObjetAccord::Signalement) || asks(ObjetAccord::Orientation),
        recours: recours.into_iter().collect(),
        criteres: ouvertes.iter().any(|o| o.dossier().orientation_sociale().1),
        publics: ouvertes.iter().filter_map(|o| o.dossier().public().map(|p| p.libelle.clone())).collect(),
        nomme_destinataire: ouvertes.iter().any(|o| o.dossier().nomme_le_destinataire()),
        departement: None,
        recents: Vec::new(),
        assure: None,
        ouvertes,
    }
}

/// Each person once, however the name was written, by the latest demande.
fn distinct(lues: Vec<Recent>) -> Vec<AssureRepris> {
    let mut seen = BTreeSet::new();
    let mut first = |r: &Recent| seen.insert((cle_de_nom(&r.nom), cle_de_nom(&r.prenom), r.naissance.clone()));
    lues.into_iter().filter(|r| first(r)).take(RECENTS).map(AssureRepris::from).collect()
}

impl From<Recent> for AssureRepris {
    fn from(r: Recent) -> Self {
        let Recent { reference, civilite, nom, prenom, naissance, departement } = r;
        Self { reference, civilite, nom, prenom, naissance, departement }
    }
}

impl AssureRepris {
    fn of(demande: Demande) -> Self {
        let Demande { reference, civilite, departement, contenu, .. } = demande;
        let Contenu { nom, prenom, naissance, .. } = contenu;
        Self { reference, civilite, nom, prenom, naissance, departement }
    }
}

/// The structure of a technicien.
pub(super) fn partenaire_of(acteur: &ActeurCompte) -> Outcome<PartenaireId> {
    match acteur.rattachement {
        Tenant::Partenaire(id) => Ok(id),
        Tenant::Caisse(_) | Tenant::National => Err(AppError::Interdit(Refus::ActeInterdit)),
    }
}

/// Caisses where this compte may file this kind today.
pub(super) fn open_at(vu: &Vu, sorte: Sorte) -> Vec<OuvertA> {
    let opens = |l: &&Liee| vu.acteur.acces.iter().any(|a| a.convention == l.id && a.sortes.contains(&sorte));
    let mut open: Vec<&Liee> = vu.conventions.iter().filter(opens).collect();
    open.sort_by(|a, b| (&a.caisse.fiche.nom, a.caisse.id).cmp(&(&b.caisse.fiche.nom, b.caisse.id)));
    open.dedup_by_key(|l| l.caisse.id);
    let of = |l: &Liee| OuvertA { caisse: l.caisse.clone(), convention: l.id, accord: Arc::clone(&l.accord) };
    open.into_iter().map(of).collect()
}
