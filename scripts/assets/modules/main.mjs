// Starts the govuk-frontend parts we use, in French, then our own.
// Nothing here is needed to use a page; no HTML is ever built from text (Trusted Types).
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
} from "govuk-frontend";
import { saveDraft } from "./brouillon.mjs";
import { sendFiles } from "./envoi.mjs";
import { watchSession } from "./session.mjs";

const characterCount = {
  i18n: {
    charactersUnderLimit: {
      one: "Il reste %{count} caractère",
      many: "Il reste %{count} caractères",
      other: "Il reste %{count} caractères",
    },
    charactersAtLimit: "Il ne reste aucun caractère",
    charactersOverLimit: {
      one: "%{count} caractère en trop",
      many: "%{count} caractères en trop",
      other: "%{count} caractères en trop",
    },
    textareaDescription: { other: "%{count} caractères au plus" },
  },
};

const passwordInput = {
  i18n: {
    showPassword: "Afficher",
    hidePassword: "Masquer",
    showPasswordAriaLabel: "Afficher le mot de passe",
    hidePasswordAriaLabel: "Masquer le mot de passe",
    passwordShownAnnouncement: "Votre mot de passe est visible",
    passwordHiddenAnnouncement: "Votre mot de passe est masqué",
  },
};

if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}

/** @param {Element} scope the page, or a part of it that just came */
function start(scope) {
  createAll(Button, { preventDoubleClick: true }, scope);
  createAll(CharacterCount, characterCount, scope);
  createAll(Checkboxes, undefined, scope);
  createAll(ErrorSummary, undefined, scope);
  createAll(NotificationBanner, undefined, scope);
  createAll(PasswordInput, passwordInput, scope);
  createAll(Radios, undefined, scope);
  saveDraft(scope.querySelector("[data-ep-brouillon]"), prolong);
  for (const form of scope.querySelectorAll("[data-ep-envoi]")) sendFiles(form, start);
}

const prolong = watchSession(document.querySelector("[data-ep-session]"));
start(document.body);
createAll(SkipLink);
