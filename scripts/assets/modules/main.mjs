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

createAll(Button, { preventDoubleClick: true });
createAll(CharacterCount, characterCount);
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(PasswordInput, passwordInput);
createAll(Radios);
createAll(SkipLink);

const prolong = watchSession(document.querySelector("[data-ep-session]"));
saveDraft(document.querySelector("[data-ep-brouillon]"), prolong);
sendFiles(document.querySelector("[data-ep-envoi]"));
