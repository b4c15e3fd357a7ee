/* The view follows an answer as it is written, until the reader scrolls; Escape stops it. */
(() => {
  let followed = null;
  let released = false;
  const release = () => (released = true);
  document.addEventListener("wheel", release, { passive: true });
  document.addEventListener("touchmove", release, { passive: true });

  const follow = () => {
    const writing = document.querySelector('#latest .exchange[data-state="answering"]');
    const newest = writing ?? document.querySelector("#latest .exchange");
    if (!newest) return;
    if (followed !== newest.id) {
      followed = newest.id;
      released = false;
    }
    if (!released) newest.scrollIntoView({ block: "start" });
    if (!writing) released = true;
  };
  const watch = new MutationObserver(() => requestAnimationFrame(follow));
  watch.observe(document.documentElement, { childList: true, subtree: true, characterData: true });

  document.addEventListener("keydown", (event) => {
    const stop = event.key === "Escape" && document.getElementById("stop");
    if (stop && document.querySelector('#latest [data-state="answering"]')) stop.click();
  });
})();
