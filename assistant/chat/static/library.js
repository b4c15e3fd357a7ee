/* The library's table: which papers are ticked, and what is done with them. */
(() => {
  const pages = window.paperAssistant;
  const ticked = () =>
    [...document.querySelectorAll("#papers tbody input:checked")].map((box) => box.value);

  const count = () => {
    const ids = ticked();
    const bar = document.querySelector("#papers .selection");
    if (!bar) return;
    bar.hidden = ids.length === 0;
    bar.querySelector("output").textContent =
      ids.length === 1 ? "1 paper selected" : `${ids.length} papers selected`;
  };

  document.addEventListener("change", ({ target }) => {
    if (target.matches("#papers thead input")) {
      for (const box of document.querySelectorAll("#papers tbody input")) {
        box.checked = target.checked;
      }
    }
    if (target.closest("#papers")) count();
  });

  document.addEventListener("click", ({ target }) => {
    const ids = JSON.stringify(ticked());
    const number = ticked().length;
    const papers = number === 1 ? "1 paper" : `${number} papers`;
    if (target.closest("[data-delete-ticked]")) {
      pages.confirm(`Delete ${papers} from the library? This cannot be undone.`, () =>
        pages.act({ kind: "delete", ids }, "library")
      );
    }
    if (target.closest("[data-ask-ticked]")) pages.act({ kind: "only", ids });
    const tab = target.closest("[data-go-to]");
    if (tab) document.querySelector(`[role="tab"][id*="${tab.dataset.goTo}"]`)?.click();
  });
})();
