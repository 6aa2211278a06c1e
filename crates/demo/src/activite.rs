//! A year of demandes « Demander un document »: every act by a persona, through the use case of the page, in order of time.

use std::collections::BTreeMap;

use app::demande::{Cloture, Saisie, cancel, close, reply, save_draft, show, submit, take};
use app::{AppError, Contexte};
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use domain::assure::Civilite;
use domain::calendrier::Zone;
use domain::compte::Profil;
use domain::convention::SousType;
use domain::demande::{Mode, Sorte};
use domain::ids::BrouillonId;

use crate::assures::{self, Assure};
use crate::comptes::{Gens, Ouvert};
use crate::erreur::DemoError;
use crate::hasard::HasardSeme;
use crate::horloge::HorlogeManuelle;
use crate::scenario::{self, Act};
use crate::textes;

/// One demande on its way.
struct Dossier<'a> {
    gens: &'a Gens,
    auteur: &'a Ouvert,
    agent: &'a Ouvert,
    civilite: Civilite,
    saisie: Saisie,
    reference: Option<String>,
}

/// Where and when it all happens.
pub(crate) struct Annee<'a> {
    pub(crate) ctx: &'a Contexte,
    pub(crate) hasard: &'a HasardSeme,
    pub(crate) horloge: &'a HorlogeManuelle,
    pub(crate) debut: NaiveDate,
    pub(crate) fin: DateTime<Utc>,
}

impl Annee<'_> {
    /// Plays `nombre` demandes for each convention, and leaves a draft behind at each.
    pub(crate) async fn play(&self, tous: &[Gens], nombre: usize) -> Result<(), DemoError> {
        let mut dossiers = Vec::new();
        let mut acts = Vec::new();
        for gens in tous {
            let zone = zone(gens);
            for rang in 0..nombre {
                let scenario = scenario::draw(self.hasard, zone, self.day(rang, nombre), self.fin);
                let Some((depot, _)) = scenario.first() else { continue };
                acts.extend(scenario.iter().map(|(at, act)| (*at, dossiers.len(), *act)));
                dossiers.push(self.draw(gens, depot.date_naive())?);
            }
        }
        acts.sort_by_key(|(at, dossier, _)| (*at, *dossier));
        let mut mailed = self.debut;
        for (at, dossier, act) in acts {
            self.horloge.advance_to(at);
            if let Some(dossier) = dossiers.get_mut(dossier) {
                self.act(dossier, act).await?;
            }
            if at.date_naive() != mailed {
                mailed = at.date_naive();
                app::jobs::work_off(self.ctx).await?;
            }
        }
        for gens in tous {
            self.draft(gens).await?;
        }
        Ok(())
    }

    /// Spread over the year, a quarter of them in its last three weeks.
    fn day(&self, rang: usize, nombre: usize) -> NaiveDate {
        let last = self.fin.date_naive();
        let span = (last - self.debut).num_days().max(30) - 21;
        let recent = nombre.div_ceil(4);
        let back = if rang < recent {
            self.hasard.below(21)
        } else {
            21 + self.hasard.below(usize::try_from(span).unwrap_or(1))
        };
        last - TimeDelta::days(1 + i64::try_from(back).unwrap_or(0))
    }

    fn draw<'a>(&self, gens: &'a Gens, depot: NaiveDate) -> Result<Dossier<'a>, DemoError> {
        let techniciens: Vec<&Ouvert> = gens.partenaire.iter().filter(|o| o.profil == Profil::Technicien).collect();
        let auteur =
            self.hasard.one(&techniciens).copied().ok_or(DemoError::Table("a structure without technicien"))?;
        let assure = assures::draw(self.hasard);
        let (document, texte) = self.document(gens);
        let service = if document == SousType::InvitationExamen { "centre_examens" } else { "droits" };
        let agent = gens.caisse.iter().find(|o| o.service == Some(service));
        let agent = agent.or_else(|| gens.caisse.iter().find(|o| o.profil == Profil::Superviseur));
        let agent = agent.ok_or(DemoError::Table("a service without agent"))?;
        let saisie = self.form(gens, &assure, (document, texte), depot);
        Ok(Dossier { gens, auteur, agent, civilite: assure.civilite, saisie, reference: None })
    }

    fn document(&self, gens: &Gens) -> (SousType, &'static str) {
        let ouverte = gens.equipe.cle != "000-tarn-et-garonne";
        let mut left = self.hasard.below(100);
        for (document, share, textes) in &textes::DOCUMENTS {
            if left < *share && (ouverte || *document != SousType::AutreDocument) {
                return (*document, self.hasard.one(textes).copied().unwrap_or_default());
            }
            left = left.saturating_sub(*share);
        }
        (SousType::AttestationDroits, "")
    }

    fn form(&self, gens: &Gens, a: &Assure, (document, texte): (SousType, &str), depot: NaiveDate) -> Saisie {
        let mode = self.hasard.one(&Mode::TOUS).copied().unwrap_or(Mode::Entretien).code();
        let informee = depot - TimeDelta::days(i64::try_from(self.hasard.below(6)).unwrap_or(0));
        let [jour, mois, annee] = a.naissance.clone();
        let mut champs: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut set = |champ: &str, valeur: &str| _ = champs.insert(champ.to_owned(), vec![valeur.to_owned()]);
        set("civilite", a.civilite.as_str());
        set("nom", &a.nom);
        set("prenom", &a.prenom);
        set("naissance_jour", &jour);
        set("naissance_mois", &mois);
        set("naissance_annee", &annee);
        set("departement", gens.equipe.departement);
        set("documents", document.code());
        set("information", mode);
        set("informee_jour", &informee.day().to_string());
        set("informee_mois", &informee.month().to_string());
        set("informee_annee", &informee.year().to_string());
        set("precisions", &textes::say(texte, a.civilite.libelle()));
        if document == SousType::InvitationExamen {
            set("accord", mode);
        }
        if document == SousType::AutreDocument {
            set("autre_document", self.hasard.one(&textes::AUTRES).copied().unwrap_or_default());
        }
        if self.hasard.percent(6) {
            set("urgent", "oui");
            set("motif_urgence", self.hasard.one(&textes::URGENCES).copied().unwrap_or_default());
        }
        Saisie(champs)
    }

    async fn act(&self, d: &mut Dossier<'_>, act: Act) -> Result<(), DemoError> {
        if act == Act::File {
            let id = BrouillonId::new(self.ctx.new_id());
            let requete = d.auteur.requete(self.ctx);
            save_draft(self.ctx, &requete, Sorte::Document, id, &d.saisie).await?;
            d.reference = Some(submit(self.ctx, &requete, id).await.map_err(|e| told(e, d))?);
            return Ok(());
        }
        let Some(reference) = d.reference.as_deref() else { return Ok(()) };
        let qui = if matches!(act, Act::Answer | Act::Cancel) { d.auteur } else { d.agent };
        let requete = qui.requete(self.ctx);
        let version = show(self.ctx, &requete, reference).await?.demande.version;
        let civilite = d.civilite.libelle();
        let one = |list: &[&str]| textes::say(self.hasard.one(list).copied().unwrap_or_default(), civilite);
        match act {
            Act::File => {}
            Act::Take => take(self.ctx, &requete, reference, version).await?,
            Act::Ask => reply(self.ctx, &requete, reference, version, &one(&textes::QUESTIONS)).await?,
            Act::Answer => reply(self.ctx, &requete, reference, version, &one(&textes::REPONSES)).await?,
            Act::Tell => reply(self.ctx, &requete, reference, version, &one(&textes::POINTS)).await?,
            Act::Cancel => cancel(self.ctx, &requete, reference, version).await?,
            Act::Close(issue) => {
                let texte = one(textes::cloture(issue));
                close(self.ctx, &requete, reference, &Cloture { version, issue: issue.code(), texte: &texte }).await?;
            }
        }
        Ok(())
    }

    /// A draft begun on the last days and not sent.
    async fn draft(&self, gens: &Gens) -> Result<(), DemoError> {
        let d = self.draw(gens, self.fin.date_naive() - TimeDelta::days(3))?;
        let mut saisie = d.saisie;
        saisie.0.remove("information");
        let id = BrouillonId::new(self.ctx.new_id());
        save_draft(self.ctx, &d.auteur.requete(self.ctx), Sorte::Document, id, &saisie).await?;
        Ok(())
    }
}

fn told(error: AppError, d: &Dossier<'_>) -> DemoError {
    match error {
        AppError::Saisie(erreurs) => {
            let champs: Vec<String> = erreurs.into_iter().map(|e| format!("{}: {}", e.champ, e.message)).collect();
            DemoError::Convention(format!("{}: {}", d.gens.equipe.cle, champs.join("; ")))
        }
        other => other.into(),
    }
}

fn zone(gens: &Gens) -> Zone {
    if gens.equipe.departement == "57" { Zone::AlsaceMoselle } else { Zone::Metropole }
}
