/* The panel at the side and the question before a deletion. */
(() => {
  const pages = window.paperAssistant;

  /* The panel takes the focus when it comes and gives it back when it goes. */
  let shown = null;
  const watch = new MutationObserver(() => {
    const drawer = document.querySelector("#drawer .drawer");
    if (drawer === shown) return;
    const closed = shown && !drawer;
    shown = drawer;
    if (drawer) drawer.focus();
    if (closed && pages.opener?.isConnected) pages.opener.focus();
  });
  watch.observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown && event.target.closest?.("#drawer")) {
      pages.act({ kind: "close" });
    }
  });

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
