//! One-time links. The token is derived from the outbox row of its mail: it is stored nowhere, and a mail tried twice
//! carries the same link.

use crate::context::Contexte;
use crate::error::Outcome;
use crate::mails::{self, Mail};
use data_encoding::BASE64URL_NOPAD;
use domain::compte::UsageLien;
use domain::ids::CompteId;
use store::WriteTx;
use store::compte::liens::{self, Lien};
use uuid::Uuid;

/// The token of the link in the mail of an outbox row.
#[must_use]
pub fn jeton(ctx: &Contexte, outbox_row: Uuid) -> String {
    BASE64URL_NOPAD.encode(&ctx.store.keyring().mac("lien").sign(outbox_row.as_bytes()))
}

/// Adds a link and its mail to the caller's transaction; earlier links of the compte stop working. Gives the outbox row.
pub(crate) async fn envoie(ctx: &Contexte, tx: &WriteTx, compte: CompteId, usage: UsageLien) -> Outcome<Uuid> {
    let mail = match usage {
        UsageLien::Invitation => Mail::Invitation { compte },
        UsageLien::MotDePasse => Mail::MotDePasseOublie { compte },
    };
    let row = mails::push(ctx, tx, &mail).await?;
    let now = ctx.now();
    let lien = Lien {
        empreinte: vault::hash_token(jeton(ctx, row).as_bytes()),
        compte,
        usage,
        cree_le: now,
        expire_le: now + usage.duree(),
        utilise_le: None,
    };
    liens::insert(tx, &lien).await?;
    Ok(row)
}
