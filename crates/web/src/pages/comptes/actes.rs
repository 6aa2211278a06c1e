//! The forms of the acts, each in its own words: before anything is closed, what it closes is said.

use super::acte::Acte;
use super::compte_path;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{
    Button, Checkboxes, Choice, DateInput, Fieldset, Hidden, Markup, Radios, SummaryList, SummaryRow, TextArea,
    TextInput, Width,
};
use crate::pages::feuille::FeuillePage;
use app::compte::{CompteVu, DerogationVue, Incident, Motif};
use domain::calendrier::{Zone, date_en_francais, jour_civil};
use domain::compte::attestations::Attestation;
use domain::compte::{EtatCompte, Fermeture, RaisonInactif};

/// Who the act is about.
fn resume(c: &CompteVu) -> SummaryList {
    SummaryList::new(vec![
        SummaryRow::new("Personne", c.nom.as_str()),
        SummaryRow::new("Profil", c.profil.libelle()),
        SummaryRow::new("Adresse électronique", c.courriel.as_str()),
    ])
}

fn acte(c: &CompteVu, titre: String, (chemin, bouton): (&str, Button)) -> Acte {
    Acte {
        titre,
        action: compte_path(c.id, chemin),
        retour: ("Page du compte", compte_path(c.id, "")),
        intro: Vec::new(),
        resume: Some(resume(c)),
        attention: None,
        champs: Markup::default(),
        bouton,
        protege: true,
    }
}

/// « Créer le compte d’un technicien ».
#[must_use]
pub fn creation(frame: &Frame, form: &FormState) -> FeuillePage {
    let attestation = |a: Attestation| Checkboxes::new(a.code(), "", vec![Choice::new("oui", a.texte())]).form(form);
    let atteste = Attestation::TOUTES
        .into_iter()
        .fold(Fieldset::new("Ce que vous attestez"), |groupe, a| groupe.with(&attestation(a)));
    let quota = form.error("profil").map(|m| format!("Aucun compte ne peut être créé : {m}"));
    let annonce = Choice::new("oui", "Annoncer cet agent à la caisse, pour qu’une formation lui soit proposée");
    let champs = Markup::default()
        .and(&TextInput::new("prenom", "Prénom").autocomplete("off").width(Width::Medium).form(form))
        .and(&TextInput::new("nom", "Nom").autocomplete("off").width(Width::Medium).form(form))
        .and(&TextInput::new("fonction", "Fonction").optional().width(Width::TwoThirds).form(form))
        .and(
            &TextInput::new("courriel", "Adresse électronique professionnelle")
                .email()
                .hint("Donnée par la structure à cette personne. Les messageries ouvertes à tous sont refusées.")
                .autocomplete("off")
                .form(form),
        )
        .and(&atteste)
        .and(&Checkboxes::new("annoncer", "Formation", vec![annonce]).form(form));
    let mut intro = vec![
        "La personne reçoit un courriel avec un lien valable 7 jours. Elle choisit elle-même son mot de passe."
            .to_owned(),
    ];
    intro.extend(quota);
    let acte = Acte {
        titre: "Créer le compte d’un technicien".to_owned(),
        action: "/comptes/nouveau".to_owned(),
        retour: ("Comptes", "/comptes".to_owned()),
        intro,
        resume: None,
        attention: None,
        champs,
        bouton: Button::submit("Créer le compte et envoyer l’invitation"),
        protege: true,
    };
    acte.page(frame, form)
}

/// « Fermer ce compte ? »
#[must_use]
pub fn fermeture(frame: &Frame, c: &CompteVu, form: &FormState) -> FeuillePage {
    let choix = Motif::TOUS.map(|m| Choice::new(m.code(), m.libelle())).into();
    let mut a =
        acte(c, format!("Fermer le compte de {} ?", c.nom), ("fermer", Button::submit("Fermer le compte").warning()));
    a.intro = vec![
        "La personne ne peut plus se connecter et ses sessions sont coupées aussitôt. Elle est prévenue par courriel."
            .to_owned(),
        "Ses demandes restent à la structure : ses collègues les suivent. Ses brouillons ne sont pas transmis."
            .to_owned(),
        "Vous pouvez rouvrir le compte pendant 6 mois, si une place est libre. Ensuite, il est supprimé.".to_owned(),
    ];
    a.champs = Markup::of(&Radios::new("motif", "Pourquoi (facultatif)", choix).form(form));
    a.page(frame, form)
}

/// « Rouvrir ce compte ? »
#[must_use]
pub fn reouverture(frame: &Frame, c: &CompteVu, form: &FormState) -> FeuillePage {
    let signale = c.fermeture.is_some_and(|f| f.raison == RaisonInactif::Signalement);
    let mut a = acte(c, format!("Rouvrir le compte de {} ?", c.nom), ("rouvrir", Button::submit("Rouvrir le compte")));
    a.intro = vec![if signale {
        "La personne reçoit une nouvelle invitation : elle choisit un nouveau mot de passe et un nouveau second facteur.".to_owned()
    } else {
        "La personne retrouve son accès avec ses identifiants. Un mot de passe trop ancien est à changer à la connexion. Elle est prévenue par courriel.".to_owned()
    }];
    if c.etat == EtatCompte::Exclu {
        let motif = TextArea::new("motif", "Pourquoi la caisse revient sur l’exclusion", 1000)
            .hint("Gardé comme preuve, que la structure peut lire. Aucune donnée sur une personne accompagnée.");
        a.champs = Markup::of(&motif.form(form));
    }
    if let Some(m) = form.error("profil") {
        a.intro.push(format!("Ce compte ne peut pas être rouvert : {m}"));
    }
    a.page(frame, form)
}

/// « Renvoyer l’invitation ? »
#[must_use]
pub fn invitation(frame: &Frame, c: &CompteVu, form: &FormState) -> FeuillePage {
    let bouton = Button::submit("Renvoyer l’invitation");
    let mut a = acte(c, format!("Renvoyer l’invitation à {} ?", c.nom), ("invitation", bouton));
    a.intro =
        vec!["Un nouveau lien, valable 7 jours, part à cette adresse. L’ancien lien ne fonctionne plus.".to_owned()];
    a.intro.extend(form.error("invitation").map(str::to_owned));
    a.page(frame, form)
}

fn incidents(form: &FormState) -> Radios {
    let premier = FormState::new().with("incident", Incident::Perte.code());
    let choix = Incident::TOUS.map(|i| Choice::new(i.code(), i.libelle())).into();
    let radios = Radios::new("incident", "Ce qui s’est passé", choix);
    if form.value("incident").is_empty() && !form.has_errors() { radios.form(&premier) } else { radios.form(form) }
}

/// « Signaler une perte, un vol ou une fraude »: one click closes.
#[must_use]
pub fn signalement(frame: &Frame, c: &CompteVu, form: &FormState) -> FeuillePage {
    let bouton = Button::submit("Signaler et fermer le compte maintenant").warning();
    let mut a =
        acte(c, format!("Signaler une perte, un vol ou une fraude sur le compte de {}", c.nom), ("signaler", bouton));
    a.intro = vec![
        "Le compte est fermé et toutes ses sessions sont coupées aussitôt. La caisse et la personne sont prévenues. Vous gardez une preuve datée.".to_owned(),
        "Seule la caisse peut ensuite le rouvrir, avec un nouveau mot de passe et un nouveau second facteur.".to_owned(),
    ];
    a.attention = (c.mien).then_some("C’est votre propre compte : vous serez déconnecté.");
    a.champs = Markup::of(&incidents(form));
    a.page(frame, form)
}

/// The same for one's own compte, whatever the profil; the second factor may be what was lost.
#[must_use]
pub fn signalement_du_mien(frame: &Frame, form: &FormState) -> FeuillePage {
    let acte = Acte {
        titre: "Signaler une perte, un vol ou une fraude sur mon compte".to_owned(),
        action: "/mon-compte/signalement".to_owned(),
        retour: ("Mon compte", "/mon-compte".to_owned()),
        intro: vec![
            "Votre compte est fermé et toutes vos sessions sont coupées aussitôt, celle-ci comprise. Une preuve datée est gardée.".to_owned(),
            "Pour retrouver un accès, adressez-vous à votre caisse. Vous choisirez un nouveau mot de passe et un nouveau second facteur.".to_owned(),
        ],
        resume: None,
        attention: Some("Vous serez déconnecté."),
        champs: Markup::of(&incidents(form)),
        bouton: Button::submit("Signaler et fermer mon compte maintenant").warning(),
        protege: false,
    };
    acte.page(frame, form)
}

/// « Exclure cet utilisateur ».
#[must_use]
pub fn exclusion(frame: &Frame, c: &CompteVu, form: &FormState) -> FeuillePage {
    let mut a = acte(c, format!("Exclure {}", c.nom), ("exclure", Button::submit("Exclure cet utilisateur").warning()));
    a.intro = vec![
        "L’exclusion est une décision de la direction de la caisse, pour un usage contraire à la convention ou aux conditions d’utilisation.".to_owned(),
        "Elle est immédiate : le compte est fermé, ses sessions sont coupées. La décision est notifiée à la structure et à la personne. Seule la caisse peut y revenir.".to_owned(),
    ];
    a.champs = Markup::of(&DateInput::new("decision", "Date de la décision").form(form)).and(
        &TextArea::new("motif", "Motif de la décision", 1000)
            .hint("Notifié à la structure. Aucune donnée sur une personne accompagnée.")
            .form(form),
    );
    a.page(frame, form)
}

/// « Annoncer un nouvel agent ».
#[must_use]
pub fn annonce(frame: &Frame, form: &FormState) -> FeuillePage {
    let champs = Markup::default()
        .and(&TextInput::new("prenom", "Prénom").autocomplete("off").width(Width::Medium).form(form))
        .and(&TextInput::new("nom", "Nom").autocomplete("off").width(Width::Medium).form(form))
        .and(&TextInput::new("fonction", "Fonction").width(Width::TwoThirds).form(form))
        .and(&TextInput::new("courriel", "Adresse électronique").email().optional().autocomplete("off").form(form));
    let acte = Acte {
        titre: "Annoncer un nouvel agent à la caisse".to_owned(),
        action: "/comptes/agents".to_owned(),
        retour: ("Comptes", "/comptes".to_owned()),
        intro: vec![
            "La caisse propose une formation à chaque nouvel agent, qu’il ait un compte ou non.".to_owned(),
            "Pour un agent qui aura un compte, une case du formulaire de création suffit.".to_owned(),
        ],
        resume: None,
        attention: None,
        champs,
        bouton: Button::submit("Annoncer cet agent"),
        protege: false,
    };
    acte.page(frame, form)
}

/// « Déclarer le nombre de membres », of one's own structure or of one named.
#[must_use]
pub fn membres(frame: &Frame, structure: Option<(&str, &str)>, form: &FormState) -> FeuillePage {
    let (titre, action, retour) = match structure {
        Some((nom, slug)) => (
            format!("Déclarer le nombre de membres de {nom}"),
            format!("/partenaires/{slug}/membres"),
            ("Comptes de la structure", format!("/partenaires/{slug}/comptes")),
        ),
        None => (
            "Déclarer le nombre de membres de la structure".to_owned(),
            "/comptes/membres".to_owned(),
            ("Comptes", "/comptes".to_owned()),
        ),
    };
    let champs = Markup::of(&TextInput::new("nombre", "Nombre de membres").digits().form(form))
        .and(&DateInput::new("au", "À quelle date ?").form(form));
    let acte = Acte {
        titre,
        action,
        retour,
        intro: vec![
            "Ce nombre fixe combien de comptes la convention autorise.".to_owned(),
            "S’il baisse, les comptes existants restent ouverts. Aucun compte ne peut être créé tant qu’il y en a trop, et la structure et la caisse sont prévenues.".to_owned(),
        ],
        resume: None,
        attention: None,
        champs,
        bouton: Button::submit("Enregistrer"),
        protege: true,
    };
    acte.page(frame, form)
}

/// « Ne plus admettre cette adresse ? »
#[must_use]
pub fn retrait(frame: &Frame, slug: &str, vue: &DerogationVue, form: &FormState) -> FeuillePage {
    let acte = Acte {
        titre: format!("Ne plus admettre {} ?", vue.derogation.contenu.objet),
        action: format!("/partenaires/{slug}/adresses/retirer"),
        retour: ("Adresses admises", format!("/partenaires/{slug}/adresses")),
        intro: vec![
            "Aucun compte ne pourra plus être créé avec elle. Les comptes qui l’utilisent déjà restent ouverts."
                .to_owned(),
        ],
        resume: None,
        attention: None,
        champs: Markup::of(&Hidden::new("derogation", vue.derogation.id.to_string())),
        bouton: Button::submit("Ne plus admettre").warning(),
        protege: true,
    };
    acte.page(frame, form)
}

/// Words on how a compte was closed, for lists and pages.
pub(super) fn ferme(c: &Fermeture, zone: Zone) -> String {
    let jour = |le| date_en_francais(jour_civil(zone, le));
    format!("Le {} : {}. Suppression le {}", jour(c.le), c.raison.libelle(), jour(c.supprimer_le))
}
