/* Carries what a reader does to the page's own HTML over to Gradio's events.

   `gr.HTML` hands its `trigger` to `window.paperAssistant` (bus.js); everything else is delegated
   from the document, as Gradio replaces the HTML whenever it changes. */
(() => {
  const pages = (window.paperAssistant = window.paperAssistant ?? {});

  pages.act = (data, bus = "desk") => pages[bus]?.("click", data);

  pages.announce = (text) => {
    const line = document.getElementById("announcement");
    if (line) line.textContent = text;
  };

  const copy = async (button) => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const label = button.textContent;
    button.textContent = "Copied";
    pages.announce("BibTeX copied");
    setTimeout(() => (button.textContent = label), 1500);
  };

  const rate = (form, verdict) => {
    const comment = form.querySelector("input")?.value ?? "";
    pages.act({ kind: "rate", index: form.dataset.rate, verdict, comment });
  };

  document.addEventListener("click", ({ target }) => {
    const acting = target.closest("[data-act]");
    if (acting) {
      const { act, bus, ...data } = acting.dataset;
      if (act === "open" || act === "similar") pages.opener = acting;
      pages.act({ kind: act, ...data }, bus);
    }
    const copying = target.closest("[data-copy]");
    if (copying) copy(copying);
    const verdict = target.closest("[data-verdict]");
    if (verdict) rate(verdict.closest("form"), verdict.dataset.verdict);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-rate]");
    if (!form) return;
    event.preventDefault();
    rate(form, form.querySelector('[aria-pressed="true"]').dataset.verdict);
    form.querySelector("input").value = "";
    pages.announce("Thank you, your comment is kept on this machine");
  });
})();
