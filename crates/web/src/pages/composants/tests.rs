//! Every component rendered from a sample.

use super::*;
use crate::pages::FormState;
use scraper::{Html, Selector};

fn refused() -> FormState {
    let mut form = FormState::new().with("nom", "O'Brien <b>").with("pays", "fr").with("choix", "b");
    form.refuse("nom", "Saisissez le nom");
    form.refuse("naissance", "Saisissez une date qui existe");
    form.refuse("choix", "Choisissez une réponse");
    form
}

fn choices() -> Vec<Choice> {
    let inner = TextInput::new("autre", "Lequel ?");
    vec![Choice::new("a", "Attestation").hint("De droits"), Choice::new("b", "Autre").reveals(inner)]
}

/// All fields, some refused.
fn fields(form: &FormState) -> Vec<Markup> {
    vec![
        TextInput::new("nom", "Nom").hint("De naissance").form(form).into(),
        TextInput::new("courriel", "Courriel").email().autocomplete("email").form(form).into(),
        TextInput::new("tel", "Téléphone").telephone().optional().form(form).into(),
        TextInput::new("code", "Code").digits().width(Width::Short).form(form).into(),
        PasswordInput::current("mot_de_passe", "Mot de passe").form(form).into(),
        PasswordInput::new_password("nouveau", "Nouveau mot de passe").hint("15 caractères").form(form).into(),
        TextArea::new("texte", "Précisions", 500).rows(4).form(form).into(),
        Select::new("pays", "Pays", vec![Choice::new("", "Choisissez"), Choice::new("fr", "France")]).form(form).into(),
        Radios::new("choix", "Document", choices()).form(form).into(),
        Checkboxes::new("cases", "Cases", vec![Choice::new("oui", "J’accepte")]).form(form).into(),
        DateInput::new("naissance", "Date de naissance").hint("Par exemple 31 3 1980").form(form).into(),
    ]
}

#[test]
fn a_text_input_shows_hint_error_and_the_escaped_value() {
    let html = TextInput::new("nom", "Nom").hint("De naissance").form(&refused()).to_string();
    insta::assert_snapshot!(html, @r##"<div class="govuk-form-group govuk-form-group--error"><label class="govuk-label govuk-label--s" for="nom">Nom</label><div id="nom-indice" class="govuk-hint">De naissance</div><p id="nom-erreur" class="govuk-error-message"><span class="govuk-visually-hidden">Erreur : </span>Saisissez le nom</p><input class="govuk-input govuk-input--error" id="nom" name="nom" type="text" value="O&#39;Brien &#60;b&#62;" aria-describedby="nom-indice nom-erreur" aria-invalid="true"></div>"##);
}

#[test]
fn a_password_is_never_sent_back() {
    let form = FormState::new().with("mot_de_passe", "tres secret");
    let html = PasswordInput::current("mot_de_passe", "Mot de passe").form(&form).to_string();
    assert!(!html.contains("tres secret"));
    insta::assert_snapshot!(html, @r##"<div class="govuk-form-group govuk-password-input" data-module="govuk-password-input"><label class="govuk-label govuk-label--s" for="mot_de_passe">Mot de passe</label><div class="govuk-input__wrapper govuk-password-input__wrapper"><input class="govuk-input govuk-password-input__input govuk-js-password-input-input" id="mot_de_passe" name="mot_de_passe" type="password" spellcheck="false" autocomplete="current-password" autocapitalize="none"><button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle" data-module="govuk-button" aria-controls="mot_de_passe" aria-label="Afficher le mot de passe" hidden>Afficher</button></div></div>"##);
}

#[test]
fn a_long_text_keeps_its_lines_and_says_its_limit() {
    let form = FormState::new().with("texte", "\nDeux </textarea> lignes");
    insta::assert_snapshot!(TextArea::new("texte", "Précisions", 500).form(&form).to_string(), @r##"
<div class="govuk-form-group govuk-character-count" data-module="govuk-character-count" data-maxlength="500"><label class="govuk-label govuk-label--s" for="texte">Précisions</label><textarea class="govuk-textarea govuk-js-character-count" id="texte" name="texte" rows="6" aria-describedby="texte-info">

Deux &#60;/textarea&#62; lignes</textarea><div id="texte-info" class="govuk-hint govuk-character-count__message">500 caractères au plus</div></div>
"##);
}

#[test]
fn radios_keep_the_answer_and_open_what_it_reveals() {
    insta::assert_snapshot!(Radios::new("choix", "Document", choices()).form(&refused()).to_string(), @r##"
<div class="govuk-form-group govuk-form-group--error"><fieldset class="govuk-fieldset" aria-describedby="choix-erreur"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Document</legend><p id="choix-erreur" class="govuk-error-message"><span class="govuk-visually-hidden">Erreur : </span>Choisissez une réponse</p><div class="govuk-radios" data-module="govuk-radios">
<div class="govuk-radios__item"><input class="govuk-radios__input" id="choix" name="choix" type="radio" value="a" aria-describedby="choix-aide"><label class="govuk-label govuk-radios__label" for="choix">Attestation</label><div id="choix-aide" class="govuk-hint govuk-radios__hint">De droits</div></div>
<div class="govuk-radios__item"><input class="govuk-radios__input" id="choix-2" name="choix" type="radio" value="b" checked data-aria-controls="suite-choix-2"><label class="govuk-label govuk-radios__label" for="choix-2">Autre</label></div>
<div class="govuk-radios__conditional" id="suite-choix-2"><div class="govuk-form-group"><label class="govuk-label govuk-label--s" for="autre">Lequel ?</label><input class="govuk-input" id="autre" name="autre" type="text" value=""></div></div></div></fieldset></div>
"##);
}

#[test]
fn checkboxes_are_never_ticked_in_advance() {
    let html = Checkboxes::new("cases", "Cases", vec![Choice::new("oui", "J’accepte")]).form(&FormState::new());
    insta::assert_snapshot!(html.to_string(), @r##"
<div class="govuk-form-group"><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Cases</legend><div class="govuk-checkboxes" data-module="govuk-checkboxes">
<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="cases" name="cases" type="checkbox" value="oui"><label class="govuk-label govuk-checkboxes__label" for="cases">J’accepte</label></div>
</div></fieldset></div>
"##);
}

#[test]
fn a_select_keeps_the_answer() {
    let options = vec![Choice::new("", "Choisissez"), Choice::new("fr", "France")];
    insta::assert_snapshot!(Select::new("pays", "Pays", options).form(&refused()).to_string(), @r##"
<div class="govuk-form-group"><label class="govuk-label govuk-label--s" for="pays">Pays</label><select class="govuk-select" id="pays" name="pays">
<option value="">Choisissez</option>
<option value="fr" selected>France</option>
</select></div>
"##);
}

#[test]
fn a_date_has_three_fields_and_one_error() {
    insta::assert_snapshot!(DateInput::new("naissance", "Date de naissance").form(&refused()).to_string(), @r##"
<div class="govuk-form-group govuk-form-group--error"><fieldset class="govuk-fieldset" role="group" aria-describedby="naissance-erreur"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Date de naissance</legend><p id="naissance-erreur" class="govuk-error-message"><span class="govuk-visually-hidden">Erreur : </span>Saisissez une date qui existe</p><div class="govuk-date-input">
<div class="govuk-date-input__item"><label class="govuk-label govuk-date-input__label" for="naissance">Jour</label><input class="govuk-input govuk-date-input__input govuk-input--width-2 govuk-input--error" id="naissance" name="naissance_jour" type="text" inputmode="numeric" autocomplete="off" value="" aria-invalid="true"></div>
<div class="govuk-date-input__item"><label class="govuk-label govuk-date-input__label" for="naissance_mois">Mois</label><input class="govuk-input govuk-date-input__input govuk-input--width-2 govuk-input--error" id="naissance_mois" name="naissance_mois" type="text" inputmode="numeric" autocomplete="off" value="" aria-invalid="true"></div>
<div class="govuk-date-input__item"><label class="govuk-label govuk-date-input__label" for="naissance_annee">Année</label><input class="govuk-input govuk-date-input__input govuk-input--width-4 govuk-input--error" id="naissance_annee" name="naissance_annee" type="text" inputmode="numeric" autocomplete="off" value="" aria-invalid="true"></div>
</div></fieldset></div>
"##);
}

#[test]
fn the_error_summary_links_to_each_field() {
    insta::assert_snapshot!(refused().summary().to_string(), @r##"
<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert"><h2 class="govuk-error-summary__title">Le formulaire comporte des erreurs</h2><div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">
<li><a href="#nom">Saisissez le nom</a></li>
<li><a href="#naissance">Saisissez une date qui existe</a></li>
<li><a href="#choix">Choisissez une réponse</a></li>
</ul></div></div></div>
"##);
    assert_eq!(FormState::new().summary().to_string().trim(), "");
}

#[test]
fn buttons_submit_and_links_lead() {
    let group = ButtonGroup::new(&Button::submit("Envoyer").named("acte", "envoyer"))
        .with(&Button::submit("Désactiver").warning())
        .with(&Button::link("Nouvelle demande", "/demandes/nouvelle").secondary())
        .with(&Link::new("Annuler", "/"));
    insta::assert_snapshot!(group.to_string(), @r##"<div class="govuk-button-group"><button type="submit" class="govuk-button" data-module="govuk-button" name="acte" value="envoyer">Envoyer</button><button type="submit" class="govuk-button govuk-button--warning" data-module="govuk-button">Désactiver</button><a href="/demandes/nouvelle" role="button" draggable="false" class="govuk-button govuk-button--secondary">Nouvelle demande</a><a class="govuk-link" href="/">Annuler</a></div>"##);
}

#[test]
fn blocks_are_written_as_their_samples() {
    insta::assert_snapshot!(Panel::new("Demande envoyée", "Référence 26-ABCD").to_string(), @r##"<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">Demande envoyée</h1><div class="govuk-panel__body">Référence 26-ABCD</div></div>"##);
    insta::assert_snapshot!(NotificationBanner::success("Envoyée.").to_string(), @r##"<div class="govuk-notification-banner govuk-notification-banner--success" role="alert" aria-labelledby="avis-titre" data-module="govuk-notification-banner"><div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="avis-titre">C’est fait</h2></div><div class="govuk-notification-banner__content"><div class="govuk-notification-banner__heading">Envoyée.</div></div></div>"##);
    insta::assert_snapshot!(NotificationBanner::important("Bientôt.").to_string(), @r##"<div class="govuk-notification-banner" role="region" aria-labelledby="avis-titre" data-module="govuk-notification-banner"><div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="avis-titre">Important</h2></div><div class="govuk-notification-banner__content"><div class="govuk-notification-banner__heading">Bientôt.</div></div></div>"##);
    insta::assert_snapshot!(WarningText::new("Sans retour.").to_string(), @r##"<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Attention : </span>Sans retour.</strong></div>"##);
    insta::assert_snapshot!(InsetText::new("À part <b>").to_string(), @r##"<div class="govuk-inset-text">À part &#60;b&#62;</div>"##);
    insta::assert_snapshot!(Tag::new("Clôturée", TagColour::Green).to_string(), @r##"<strong class="govuk-tag govuk-tag--green">Clôturée</strong>"##);
    insta::assert_snapshot!(Details::new("Pourquoi ?", "Parce que.").open().to_string(), @r##"<details class="govuk-details" open><summary class="govuk-details__summary"><span class="govuk-details__summary-text">Pourquoi ?</span></summary><div class="govuk-details__text">Parce que.</div></details>"##);
    insta::assert_snapshot!(Fieldset::new("L’assuré").with(&Tag::new("x", TagColour::Grey)).to_string(), @r##"<div class="govuk-form-group"><fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--m">L’assuré</legend><strong class="govuk-tag govuk-tag--grey">x</strong></fieldset></div>"##);
}

#[test]
fn lists_are_written_as_their_samples() {
    let rows =
        vec![SummaryRow::new("Nom", "Exemple").action("Modifier", "/modifier"), SummaryRow::new("État", "Envoyée")];
    insta::assert_snapshot!(SummaryList::new(rows).to_string(), @r##"
<dl class="govuk-summary-list">
<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">Nom</dt><dd class="govuk-summary-list__value">Exemple</dd><dd class="govuk-summary-list__actions"><a class="govuk-link" href="/modifier">Modifier<span class="govuk-visually-hidden"> : Nom</span></a> </dd></div>
<div class="govuk-summary-list__row govuk-summary-list__row--no-actions"><dt class="govuk-summary-list__key">État</dt><dd class="govuk-summary-list__value">Envoyée</dd></div>
</dl>
"##);
    let table = Table::new("Demandes", vec![Cell::new("Référence"), Cell::number("Jours")])
        .hide_caption()
        .row(vec![Cell::new(Link::new("26-ABCD", "/demandes/26-ABCD")), Cell::number("3")]);
    insta::assert_snapshot!(table.to_string(), @r##"
<div class="ep-table" role="region" aria-label="Demandes" tabindex="0"><table class="govuk-table"><caption class="govuk-visually-hidden">Demandes</caption><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">Référence</th><th scope="col" class="govuk-table__header govuk-table__header--numeric">Jours</th></tr></thead><tbody class="govuk-table__body">
<tr class="govuk-table__row"><th scope="row" class="govuk-table__header"><a class="govuk-link" href="/demandes/26-ABCD">26-ABCD</a></th><td class="govuk-table__cell govuk-table__cell--numeric">3</td></tr>
</tbody></table></div>
"##);
    let tasks = vec![
        Task::to("Mot de passe", "/mot-de-passe", Tag::new("À faire", TagColour::Blue)),
        Task::new("CGU", "Terminé"),
    ];
    insta::assert_snapshot!(TaskList::new("etapes", tasks).to_string(), @r##"
<ul class="govuk-task-list">
<li class="govuk-task-list__item govuk-task-list__item--with-link"><div class="govuk-task-list__name-and-hint"><a class="govuk-link govuk-task-list__link" href="/mot-de-passe" aria-describedby="etapes-1">Mot de passe</a></div><div class="govuk-task-list__status" id="etapes-1"><strong class="govuk-tag govuk-tag--blue">À faire</strong></div></li>
<li class="govuk-task-list__item"><div class="govuk-task-list__name-and-hint"><div>CGU</div></div><div class="govuk-task-list__status" id="etapes-2">Terminé</div></li>
</ul>
"##);
}

#[test]
fn ways_are_written_as_their_samples() {
    insta::assert_snapshot!(BackLink::new("/").to_string(), @r##"<nav aria-label="Retour"><a href="/" class="govuk-back-link">Retour</a></nav>"##);
    insta::assert_snapshot!(Breadcrumbs::new(vec![Link::new("Accueil", "/")]).to_string(), @r##"<nav class="govuk-breadcrumbs" aria-label="Fil d’Ariane"><ol class="govuk-breadcrumbs__list"><li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="/">Accueil</a></li></ol></nav>"##);
    let tabs = Tabs::new("Vues")
        .tab(Link::new("Mes demandes", "/m").current(true), Some("3".to_owned()))
        .tab(Link::new("Traitées", "/t"), None);
    insta::assert_snapshot!(tabs.to_string(), @r##"
<nav class="ep-onglets" aria-label="Vues"><ul class="ep-onglets__liste">
<li><a class="ep-onglets__lien" href="/m" aria-current="page">Mes demandes (3)</a></li>
<li><a class="ep-onglets__lien" href="/t">Traitées</a></li>
</ul></nav>
"##);
    insta::assert_snapshot!(BulletList::new([Link::new("A & B", "/a?x=1&y=2")]).to_string(), @r##"<ul class="govuk-list govuk-list--bullet"><li><a class="govuk-link" href="/a?x=1&#38;y=2">A &#38; B</a></li></ul>"##);
    assert_eq!(Pagination::default().to_string().trim(), "");
    let paged = Pagination::new(Some("/l?avant=a".into()), Some("/l?apres=b".into())).to_string();
    assert!(paged.contains("rel=\"prev\"") && paged.contains("rel=\"next\""));
}

#[test]
fn the_navigation_marks_the_nearest_page_above() {
    let links = vec![Link::new("Accueil", "/"), Link::new("Demandes", "/demandes"), Link::new("Autres", "/dem")];
    let current = |path: &str| {
        let html = Html::parse_fragment(&ServiceNavigation::new(links.clone()).at(path).to_string());
        let selector = Selector::parse("a[aria-current]").unwrap();
        html.select(&selector).map(|a| a.value().attr("href").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(current("/demandes/26-ABCD"), ["/demandes"]);
    assert_eq!(current("/demandesx"), [] as [&str; 0]);
    assert_eq!(current("/"), ["/"]);
    assert_eq!(ServiceNavigation::default().to_string().trim(), "");
}

#[test]
fn every_field_has_its_label_and_every_reference_its_target() {
    for form in [FormState::new(), refused()] {
        let all: String = fields(&form).iter().map(ToString::to_string).collect();
        crate::testing::assert_well_formed(&Html::parse_fragment(&all));
    }
}
