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

  /* Brings the reader to where a question is written, as soon as that place is showing. */
  pages.write = (tries = 60) => {
    const box = document.querySelector("#question textarea");
    if (box?.offsetParent) box.focus();
    else if (tries) setTimeout(pages.write, 50, tries - 1);
  };
  const FOR_THE_NEXT_QUESTION = new Set(["edit", "keep", "only", "unfilter"]);

  /* Browsers have no clipboard for pages that come unencrypted from another machine. */
  const copied = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
    const box = document.createElement("textarea");
    box.value = text;
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done;
  };

  const copy = async (button) => {
    const label = button.textContent;
    const done = await copied(button.dataset.copy);
    button.textContent = done ? "Copied" : "Not copied: the browser refused";
    pages.announce(done ? "BibTeX copied" : "BibTeX was not copied, the browser refused");
    setTimeout(() => (button.textContent = label), 1500);
    button.focus();
  };

  const rate = (form, verdict) => {
    const comment = form.querySelector("input")?.value ?? "";
    pages.act({ kind: "rate", index: form.dataset.rate, verdict, comment });
  };

  document.addEventListener("click", ({ target }) => {
    const acting = target.closest("[data-act]");
    if (acting) {
      const { act, bus, ...data } = acting.dataset;
      const opens = act === "open" || act === "similar";
      if (opens && !acting.closest("#drawer")) pages.opener = acting;
      pages.act({ kind: act, ...data }, bus);
      if (FOR_THE_NEXT_QUESTION.has(act)) pages.write();
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
    const verdict = form.querySelector('[aria-pressed="true"]');
    rate(form, verdict.dataset.verdict);
    verdict.focus();
    pages.announce("Thank you, your comment is kept on this machine");
  });
})();
