// Shows how far the sending of files has come, and keeps what was typed when it fails: the page stays, the reason is
// told, the same button tries again. Without this script, and where no file was chosen, the browser sends the form.

const MOST = 100 * 1024 * 1024;
const KEPT = "Votre saisie est toujours sur cette page.";
const HEAVY = `Ces fichiers sont trop lourds pour partir ensemble : 10 Mo au plus par fichier, 10 fichiers au plus. Rien n’a été envoyé. ${KEPT} Retirez des fichiers, puis recommencez.`;
const BROKEN = `L’envoi a été interrompu : vérifiez votre connexion et le poids des fichiers (10 Mo au plus chacun). ${KEPT} Recommencez quand vous voulez.`;
const ENDED = `Votre session est terminée : rien n’a été envoyé. ${KEPT}`;

/**
 * @param {HTMLFormElement} form
 * @param {(main: Element) => void} start starts the components of a page that came back
 */
export function sendFiles(form, start) {
  const files = form.querySelector("input[type=file]");
  const bar = document.createElement("progress");
  bar.id = "ep-envoi-progres";
  bar.setAttribute("aria-label", "Envoi des fichiers");
  bar.hidden = true;
  const status = document.createElement("p");
  status.id = "ep-envoi-etat";
  status.className = "govuk-body";
  status.setAttribute("role", "status");
  form.append(bar, status);
  let sending = false;
  let stale = false;

  const stop = (...told) => {
    sending = false;
    bar.hidden = true;
    status.className = "govuk-error-message";
    status.replaceChildren(...told);
  };

  const ended = () => {
    stale = true;
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = "/connexion";
    link.target = "_blank";
    link.textContent = "Connectez-vous dans un nouvel onglet";
    stop(`${ENDED} `, link, ", revenez ici, puis envoyez de nouveau.");
  };

  /** The same form with its errors, or what changed meanwhile: in place of this one. */
  const swap = (page) => {
    const main = page.querySelector("main");
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    start(main);
  };

  const answered = (request) => {
    const suite = request.getResponseHeader("ep-suite");
    if (request.status === 204 && suite) return location.assign(suite);
    if (new URL(request.responseURL).pathname === "/connexion") return ended();
    if (request.status === 413) return stop(HEAVY);
    if ([409, 422].includes(request.status) && request.response) return swap(request.response);
    stale = true;
    stop(`Le portail n’a pas pu recevoir cet envoi. ${KEPT} Recommencez dans quelques instants.`);
  };

  /** Signed in again elsewhere, the form needs a token of the new session. */
  const renew = (then) => {
    const request = new XMLHttpRequest();
    request.onerror = () => stop(BROKEN);
    request.onload = () => {
      const fresh = request.response?.querySelector("input[name=_jeton]");
      if (fresh) form.elements.namedItem("_jeton").value = fresh.value;
      stale = false;
      then();
    };
    request.open("GET", "/");
    request.responseType = "document";
    request.send();
  };

  form.addEventListener("submit", (event) => {
    const chosen = [...files.files];
    if (!chosen.length) return;
    event.preventDefault();
    if (sending) return;
    if (chosen.reduce((sum, file) => sum + file.size, 0) > MOST) return stop(HEAVY);
    sending = true;
    bar.hidden = false;
    bar.removeAttribute("value");
    status.className = "govuk-body";
    status.textContent = "Envoi en cours…";
    const send = () => {
      const request = new XMLHttpRequest();
      request.upload.onprogress = ({ loaded, total }) => {
        bar.value = loaded / total;
        if (loaded === total) status.textContent = "Vérification des fichiers…";
      };
      request.onerror = () => stop(BROKEN);
      request.onload = () => answered(request);
      request.open("POST", form.action);
      request.responseType = "document";
      request.setRequestHeader("ep-envoi", "1");
      request.send(new FormData(form));
    };
    if (stale) renew(send);
    else send();
  });
}
