/* The panel at the side and the question before a deletion. */
(() => {
  const pages = window.paperAssistant;

  /* The panel takes the focus when it comes to show something, and gives it back when it goes.
     Gradio patches it in place, so that what it shows is told by its headings. */
  let shown = "";
  const watch = new MutationObserver(() => {
    const drawer = document.querySelector("#drawer .drawer");
    const headings = drawer ? [...drawer.querySelectorAll("h2, h3")] : [];
    const now = headings.map((heading) => heading.textContent).join("\n");
    if (now === shown) return;
    shown = now;
    if (drawer) {
      drawer.scrollTop = 0;
      drawer.focus();
    } else if (pages.opener?.isConnected) pages.opener.focus();
  });
  watch.observe(document.documentElement, {
    childList: true, subtree: true, characterData: true,
  });

  /* Escape closes the panel, wherever the focus is, before it means anything else. */
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !shown || document.querySelector("dialog[open]")) return;
      event.stopPropagation();
      pages.act({ kind: "close" });
    },
    { capture: true }
  );

  /* Asks before `agreed` is called; Escape and "Keep" change nothing. */
  pages.confirm = (question, agreed) => {
    const dialog = document.getElementById("confirm");
    document.getElementById("confirm-question").textContent = question;
    document.getElementById("confirm-no").onclick = () => dialog.close();
    document.getElementById("confirm-yes").onclick = () => {
      dialog.close();
      agreed();
    };
    dialog.showModal();
  };
})();
