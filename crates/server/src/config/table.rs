//! The table of all settings: the only place that knows their keys, defaults and meaning.

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Key in the file; a dot is a TOML table.
    pub key: &'static str,
    /// What a value looks like.
    pub kind: Kind,
    /// Value when nobody gives one; `None` leaves the setting unset.
    pub default: Option<&'static str>,
    /// What it does, in French, in one or two sentences.
    pub doc: &'static str,
}

/// What a value looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A text that is never shown and has no flag (a command line can be read by others).
    Secret,
    /// An address of a database, whose password is never shown; no flag either.
    Database,
    /// A whole number between two bounds, both included.
    Number(u64, u64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false`.
    Switch,
    /// A list of texts; separated by commas in a variable or a flag.
    List,
}

impl Setting {
    /// Environment variable that gives it.
    #[must_use]
    pub fn env(&self) -> String {
        format!("{}{}", super::ENV_PREFIX, self.key.replace('.', "_").to_uppercase())
    }

    /// Flag that gives it, without its dashes; none for what holds a secret.
    #[must_use]
    pub fn flag(&self) -> Option<String> {
        (!matches!(self.kind, Kind::Secret | Kind::Database)).then(|| self.key.replace(['.', '_'], "-"))
    }
}

macro_rules! settings {
    ($($name:ident $key:literal $kind:expr, $default:expr, $doc:literal;)*) => {
        $(pub(super) const $name: Setting = Setting { key: $key, kind: $kind, default: $default, doc: $doc };)*
        /// Every setting, in the order of the documentation.
        pub const SETTINGS: &[Setting] = &[$($name),*];
    };
}

settings! {
    NOM_PRODUIT "nom_produit" Kind::Text, Some("Espace Partenaires"),
        "Nom du portail sur les pages et dans les courriels.";
    ADRESSE "adresse" Kind::Text, Some("127.0.0.1:8080"),
        "Adresse et port où les pages sont servies, en HTTP : le chiffrement est l’affaire du mandataire placé devant.";
    ADRESSE_GESTION "adresse_gestion" Kind::Text, Some("127.0.0.1:9090"),
        "Adresse et port de `/healthz`, `/readyz` et `/metrics`. À ne jamais ouvrir au public.";
    URL_PUBLIQUE "url_publique" Kind::Text, Some("http://localhost:8080"),
        "Adresse que tapent les utilisateurs, sans chemin : elle sert aux liens des courriels et au contrôle de l’origine des formulaires. En `https`, sauf sur `localhost`.";
    MANDATAIRES "mandataires" Kind::List, None,
        "Adresses ou réseaux (`192.0.2.0/24`) des mandataires dont les en-têtes de transfert sont crus. Aucun par défaut.";
    DOSSIER_DONNEES "dossier_donnees" Kind::Text, Some("donnees"),
        "Dossier des fichiers de l’application.";
    BASE "base" Kind::Database, None,
        "`sqlite:<dossier>` (les fichiers `espace.sqlite` et `journal.sqlite` y sont) ou `postgres://…`. Par défaut, SQLite dans le dossier des données. PostgreSQL : en direct, ou par un mandataire qui garde sa connexion à chaque session (pas à chaque transaction) ; 24 connexions au plus par processus.";
    BASE_PROPRIETAIRE "base_proprietaire" Kind::Database, None,
        "Avec PostgreSQL seulement : adresse du rôle propriétaire du schéma, qui sert aux seules migrations.";
    CLE_MAITRESSE "cle_maitresse" Kind::Secret, None,
        "Clé maîtresse : 64 chiffres hexadécimaux, ou 32 octets en base64. Donner celle-ci ou son fichier, pas les deux.";
    CLE_MAITRESSE_FICHIER "cle_maitresse_fichier" Kind::Text, None,
        "Fichier qui contient la clé maîtresse et rien d’autre.";
    EXPLOITANT_NOM "exploitant.nom" Kind::Text, None,
        "Organisme qui exploite le portail, pour les mentions légales.";
    EXPLOITANT_ADRESSE "exploitant.adresse" Kind::Text, None,
        "Son adresse postale.";
    EXPLOITANT_PUBLICATION "exploitant.publication" Kind::Text, None,
        "Responsable de la publication.";
    EXPLOITANT_HEBERGEUR "exploitant.hebergeur" Kind::Text, None,
        "Hébergeur, avec son adresse.";
    EXPLOITANT_DPO "exploitant.dpo" Kind::Text, None,
        "Comment joindre le délégué à la protection des données.";
    EXPLOITANT_CONTACT "exploitant.contact" Kind::Text, None,
        "Adresse fonctionnelle pour l’aide, l’accessibilité et les pannes.";
    SMTP_HOTE "smtp.hote" Kind::Text, None,
        "Relais de messagerie. Sans lui, chaque courriel est tenté dix fois en une demi-journée environ, puis abandonné.";
    SMTP_PORT "smtp.port" Kind::Number(1, 65_535), Some("587"),
        "Port du relais.";
    SMTP_CHIFFREMENT "smtp.chiffrement" Kind::Choice(&["starttls", "tls", "aucun"]), Some("starttls"),
        "`starttls` (exigé, non proposé), `tls` dès la connexion, ou `aucun`.";
    SMTP_UTILISATEUR "smtp.utilisateur" Kind::Text, None,
        "Utilisateur du relais, avec son mot de passe. Refusé sans chiffrement, sauf vers la machine elle-même.";
    SMTP_MOT_DE_PASSE "smtp.mot_de_passe" Kind::Secret, None,
        "Mot de passe du relais.";
    SMTP_EXPEDITEUR "smtp.expediteur" Kind::Text, None,
        "Expéditeur des courriels : `adresse` ou `Nom <adresse>`. Obligatoire avec un relais.";
    OBJETS_DOSSIER "objets.dossier" Kind::Text, None,
        "Dossier des pièces jointes, scellées une à une. Par défaut, `objets` dans le dossier des données. À sauvegarder avec la base.";
    S3_ADRESSE "s3.adresse" Kind::Text, None,
        "Adresse d’un service S3 où garder les pièces jointes à la place d’un dossier, par exemple `https://s3.exemple.fr`.";
    S3_REGION "s3.region" Kind::Text, Some("us-east-1"),
        "Région, telle que le service la nomme.";
    S3_SEAU "s3.seau" Kind::Text, None,
        "Nom du seau, réservé à l’application.";
    S3_CLE "s3.cle" Kind::Text, None,
        "Identifiant de la clé d’accès.";
    S3_SECRET "s3.secret" Kind::Secret, None,
        "Secret de la clé d’accès.";
    ANTIVIRUS_SOCKET "antivirus.socket" Kind::Text, None,
        "Socket du démon ClamAV (`clamd`), par exemple `/run/clamav/clamd.ctl`. Sans lui, les pièces jointes restent en attente d’analyse et personne ne peut les ouvrir. Réglez aussi le démon : `AlertExceedsMax yes`, `AlertEncrypted yes`, `StreamMaxLength` et `MaxScanSize` d’au moins 25M ; sans cela il déclare sain un fichier qu’il n’a pas lu jusqu’au bout.";
    ANTIVIRUS_DELAI_S "antivirus.delai_s" Kind::Number(1, 110), Some("30"),
        "Secondes laissées à l’analyse d’un fichier ; au-delà, elle est tentée de nouveau plus tard.";
    JOURNAL_LOGS_FORMAT "journal_logs.format" Kind::Choice(&["texte", "json"]), Some("texte"),
        "Forme des lignes de journal technique, écrites sur la sortie d’erreur.";
    JOURNAL_LOGS_NIVEAU "journal_logs.niveau" Kind::Choice(&["error", "warn", "info", "debug"]), Some("info"),
        "Niveau le moins grave écrit par l’application. Les bibliothèques n’écrivent jamais en deçà de `warn` : leurs détails pourraient contenir des données personnelles.";
    LIMITES_ENTETES_S "limites.entetes_s" Kind::Number(1, 120), Some("10"),
        "Secondes laissées pour envoyer les en-têtes d’une requête ; une connexion inactive est fermée après le même délai.";
    LIMITES_CORPS_S "limites.corps_s" Kind::Number(1, 3_600), Some("300"),
        "Secondes laissées pour envoyer le corps entier d’une requête, pièces jointes comprises : 10 Mo sur une ligne lente.";
    LIMITES_CONNEXIONS "limites.connexions" Kind::Number(8, 65_536), Some("1024"),
        "Connexions servies en même temps ; les suivantes attendent.";
    LIMITES_FICHIERS "limites.fichiers" Kind::Number(1, 256), Some("8"),
        "Formulaires avec pièces jointes lus en même temps ; au-delà, la page demande de recommencer un peu plus tard. Chacun peut tenir une centaine de mégaoctets en mémoire.";
    ARGON2_MEMOIRE_KIO "argon2.memoire_kio" Kind::Number(47_104, 4_194_304), Some("47104"),
        "Mémoire d’un calcul de mot de passe (argon2id), en Kio.";
    TRAVAUX_INTEGRES "travaux.integres" Kind::Switch, Some("true"),
        "`serve` exécute aussi les travaux différés (courriels, purges). Toujours avec SQLite ; avec PostgreSQL, un processus `worker` peut s’en charger.";
    COMPLEMENT_RELANCES_J "complement.relances_j" Kind::List, Some("7,14"),
        "Complément demandé à un partenaire : jours des relances, comptés en jours civils de la caisse depuis la demande du complément.";
    COMPLEMENT_AVIS_J "complement.avis_j" Kind::Number(1, 365), Some("23"),
        "Jour de l’avis qui annonce la clôture. Rien n’est clôturé sans que cet avis soit parti ; parti en retard, il repousse la clôture d’autant.";
    COMPLEMENT_CLOTURE_J "complement.cloture_j" Kind::Number(2, 365), Some("30"),
        "Jour de la clôture sans réponse ; c’est aussi la dernière date de réponse qu’un agent peut fixer.";
    COMPLEMENT_REOUVERTURE_J "complement.reouverture_j" Kind::Number(0, 365), Some("30"),
        "Jours pendant lesquels une demande clôturée peut être rouverte, par la caisse ou par un message du partenaire.";
    ARRET_DELAI_S "arret.delai_s" Kind::Number(1, 600), Some("30"),
        "Secondes laissées aux requêtes et travaux en cours après une demande d’arrêt.";
}
