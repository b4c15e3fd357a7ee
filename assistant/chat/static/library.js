/* The library's table: which papers are ticked, on whatever page, and what is done with them. */
(() => {
  const pages = window.paperAssistant;
  const ticked = new Map();

  const boxes = () => [...document.querySelectorAll("#papers tbody input")];
  const amount = () => (ticked.size === 1 ? "1 paper" : `${ticked.size} papers`);
  const named = () => (ticked.size === 1 ? `“${[...ticked.values()][0]}”` : amount());
  const put = (element, name, value) => {
    if (element && element[name] !== value) element[name] = value;
  };

  /* Gradio patches the rows in place, so that a box comes to stand for another paper. */
  const show = () => {
    const here = boxes();
    for (const box of here) put(box, "checked", ticked.has(box.value));
    const count = here.filter((box) => box.checked).length;
    const head = document.querySelector("#papers thead input");
    put(head, "checked", count > 0 && count === here.length);
    put(head, "indeterminate", count > 0 && count < here.length);
    const bar = document.querySelector("#papers .selection");
    put(bar, "hidden", ticked.size === 0);
    put(bar?.querySelector("output"), "textContent", ticked.size ? `${amount()} selected` : "");
  };
  new MutationObserver(show).observe(document.documentElement, {
    childList: true, subtree: true, attributeFilter: ["value", "hidden"],
  });

  const tick = (box, on) => {
    if (on) ticked.set(box.value, box.dataset.title);
    else ticked.delete(box.value);
  };

  const untick = () => {
    ticked.clear();
    show();
  };

  document.addEventListener("change", ({ target }) => {
    if (target.matches("#papers thead input")) boxes().forEach((box) => tick(box, target.checked));
    if (target.matches("#papers tbody input")) tick(target, target.checked);
    if (target.closest("#papers")) show();
  });

  document.addEventListener("click", ({ target }) => {
    const ids = JSON.stringify([...ticked.keys()]);
    if (target.closest("[data-delete-ticked]")) {
      pages.confirm(`Delete ${named()} from the library? This cannot be undone.`, () => {
        pages.act({ kind: "delete", ids }, "library");
        untick();
      });
    }
    if (target.closest("[data-ask-ticked]")) {
      pages.act({ kind: "only", ids });
      pages.write();
    }
    if (target.closest("[data-untick]")) untick();
  });
})();
