//! What the form of a kind needs: the caisses where it is open, the documents, the qualities, the words to recall.

use super::depot::motifs;
use crate::compte::load_acteur;
use crate::context::{Contexte, Requete};
use crate::error::{AppError, Outcome};
use domain::assure::Civilite;
use domain::caisse::{Departement, Rattachement, rattachement_parmi};
use domain::convention::{Dossier, MotifRecours, ObjetAccord, Qualite, SousType};
use domain::demande::Sorte;
use domain::droits::{self, Acteur, ActeurCompte, Rattachement as Tenant, Refus};
use domain::ids::{BrouillonId, CaisseId, ConventionId, PartenaireId};
use store::Tx;
use store::caisse::Caisse;
use store::convention::Enregistree;

/// A caisse where the kind is open, with the convention that opens it.
#[derive(Clone, Debug)]
pub struct OuvertA {
    /// The caisse.
    pub caisse: Caisse,
    /// The dossier.
    pub convention: ConventionId,
    /// What the conventions say.
    pub dossier: Dossier,
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

/// The form of a new demande of this kind.
///
/// # Errors
/// [`AppError::Interdit`] when no live convention opens the kind.
pub async fn form(ctx: &Contexte, requete: &Requete, sorte: Sorte, _assure: Option<&str>) -> Outcome<Formulaire> {
    let tx = ctx.store.begin_read().await?;
    let acteur = load_acteur(ctx, &tx, requete).await?;
    droits::garder_brouillon(&Acteur::Compte(acteur.clone()), sorte)?;
    let partenaire = partenaire_of(&acteur)?;
    let ouvertes = open_at(&tx, &acteur, sorte).await?;
    let structure = store::partenaire::load(&tx, partenaire).await?.ok_or(AppError::Introuvable)?;
    let mut sous_types: Vec<SousType> =
        ouvertes.iter().flat_map(|o| o.dossier.sous_types(sorte.fonctionnalite())).collect();
    sous_types.sort_unstable();
    sous_types.dedup();
    let mut recours: Vec<MotifRecours> =
        ouvertes.iter().flat_map(|o| motifs(&o.dossier, sorte).iter().copied()).collect();
    recours.sort_unstable();
    recours.dedup();
    let asks = |objet| ouvertes.iter().any(|o| o.dossier.accord_requis(objet));
    let mut qualites: Vec<Qualite> = Qualite::TOUS.to_vec();
    qualites
        .retain(|q| ouvertes.iter().any(|o| o.dossier.voie_de_remise(Some(*q)) == domain::convention::Voie::Portail));
    Ok(Formulaire {
        brouillon: BrouillonId::new(ctx.new_id()),
        sorte,
        sous_types,
        qualites,
        accord_examen: asks(ObjetAccord::ExamenPrevention),
        accord_signalement: asks(ObjetAccord::Signalement) || asks(ObjetAccord::Orientation),
        recours,
        criteres: ouvertes.iter().any(|o| o.dossier.orientation_sociale().1),
        publics: ouvertes.iter().filter_map(|o| o.dossier.public().map(|p| p.libelle.clone())).collect(),
        nomme_destinataire: ouvertes.iter().any(|o| o.dossier.nomme_le_destinataire()),
        departement: structure.departement,
        recents: Vec::new(),
        assure: None,
        ouvertes,
    })
}

/// The structure of a technicien.
pub(super) fn partenaire_of(acteur: &ActeurCompte) -> Outcome<PartenaireId> {
    match acteur.rattachement {
        Tenant::Partenaire(id) => Ok(id),
        Tenant::Caisse(_) | Tenant::National => Err(AppError::Interdit(Refus::ActeInterdit)),
    }
}

/// Caisses where this compte may file this kind today.
pub(super) async fn open_at(tx: &Tx, acteur: &ActeurCompte, sorte: Sorte) -> Outcome<Vec<OuvertA>> {
    let acces: Vec<_> = acteur.acces.iter().filter(|a| a.sortes.contains(&sorte)).collect();
    let ids: Vec<CaisseId> = acces.iter().map(|a| a.caisse).collect();
    let caisses = store::caisse::some(tx, &ids).await?;
    let conventions = store::convention::of_partenaire(tx, partenaire_of(acteur)?).await?;
    let join = |caisse: Caisse| {
        let convention = acces.iter().find(|a| a.caisse == caisse.id)?.convention;
        let Enregistree { dossier, .. } = conventions.iter().find(|c| c.id == convention)?.clone();
        Some(OuvertA { caisse, convention, dossier })
    };
    Ok(caisses.into_iter().filter_map(join).collect())
}

/// The caisse de rattachement of a département among the open ones (DE-2): proposed when one, asked when several,
/// explained when none; a caisse chosen by hand wins if it is open.
///
/// # Errors
/// The field at fault and a French sentence.
pub(super) async fn attach(
    tx: &Tx,
    ouvertes: &[OuvertA],
    departement: Departement,
    choisie: Option<&str>,
) -> Outcome<Result<OuvertA, (&'static str, String)>> {
    if let Some(slug) = choisie {
        let found = ouvertes.iter().find(|o| o.caisse.fiche.slug == slug).cloned();
        return Ok(found.ok_or((
            "caisse",
            "Cette caisse n’est pas ouverte à votre structure : choisissez-en une autre.".to_owned(),
        )));
    }
    let caisses: Vec<_> = store::caisse::all(tx).await?.into_iter().map(|c| c.fiche).collect();
    let open = |slug: &str| ouvertes.iter().find(|o| o.caisse.fiche.slug == slug).cloned();
    Ok(match rattachement_parmi(&caisses, departement) {
        Rattachement::Une(c) => open(&c.slug).ok_or_else(|| ("departement", closed(&c.nom))),
        Rattachement::Plusieurs(list) => {
            let noms: Vec<&str> = list.iter().map(|c| c.nom.as_str()).collect();
            let ask = format!(
                "Plusieurs caisses se partagent ce département ({}) : choisissez la caisse de rattachement.",
                noms.join(", ")
            );
            if list.iter().any(|c| open(&c.slug).is_some()) {
                Err(("caisse", ask))
            } else {
                Err(("departement", closed(&noms.join(" ou "))))
            }
        }
        Rattachement::HorsReseau { explication } => Err(("departement", explication.to_owned())),
    })
}

fn closed(nom: &str) -> String {
    format!(
        "Ce département relève de : {nom}. Votre structure n’a pas de convention active avec cette caisse pour cette fonction : rien n’a \
         été envoyé. La personne peut la joindre au 3646, sur son compte ameli ou par courrier."
    )
}
