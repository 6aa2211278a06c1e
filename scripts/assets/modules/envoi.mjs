// Shows how far the sending of files has come. Without this script, or when
// its answer cannot be read, the same form is sent by the browser itself.

/** @param {HTMLFormElement | null} form */
export function sendFiles(form) {
  if (!form) return;
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", "Envoi des fichiers");
  bar.hidden = true;
  const status = document.createElement("p");
  status.className = "govuk-body";
  status.setAttribute("role", "status");
  form.append(bar, status);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    bar.hidden = false;
    status.textContent = "Envoi en cours…";
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = loaded / total;
      if (loaded === total) status.textContent = "Vérification des fichiers…";
    };
    request.onerror = () => HTMLFormElement.prototype.submit.call(form);
    request.onload = () => {
      const { suite, erreur } = request.response ?? {};
      if (!suite) return request.onerror();
      if (!erreur) return location.assign(suite);
      bar.hidden = true;
      const link = document.createElement("a");
      link.href = suite;
      link.textContent = "Voir les fichiers joints";
      status.replaceChildren(erreur, " ", link);
    };
    request.open("POST", form.action);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  });
}
