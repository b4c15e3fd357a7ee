/* Citations open their source, "back" returns, and the view follows an answer as it is written. */
(() => {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const glide = (element, block) =>
    element.scrollIntoView({ block, behavior: calm() ? "auto" : "smooth" });

  /* A card may mark several quotes: the one that the citing sentence repeats, else the first. */
  const markFor = (cite, card) => {
    const marks = [...card.querySelectorAll("mark")];
    const sentence = cite.closest(".passage")?.textContent ?? "";
    return marks.find((mark) => sentence.includes(mark.textContent)) ?? marks[0] ?? card;
  };

  const openSource = (cite) => {
    const card = document.getElementById(`source-${cite.dataset.cite}`);
    if (!card) return;
    const group = card.closest("section");
    for (const other of group.parentElement.querySelectorAll("section")) {
      other.hidden = other !== group;
    }
    const details = card.querySelector("details");
    if (details) details.open = true;
    for (const shown of document.querySelectorAll(".source.current")) {
      shown.classList.remove("current");
    }
    card.classList.add("current");
    card.focus({ preventScroll: true });
    glide(markFor(cite, card), "center");
  };

  const backToAnswer = (key) => {
    const cite = document.querySelector(`[data-cite="${key}"]`);
    if (!cite) return;
    cite.focus({ preventScroll: true });
    glide(cite, "center");
  };

  document.addEventListener("click", ({ target }) => {
    const cite = target.closest("[data-cite]");
    if (cite) openSource(cite);
    const back = target.closest("[data-back]");
    if (back) backToAnswer(back.dataset.back);
  });

  document.addEventListener("keydown", (event) => {
    const card = event.key === "Escape" && event.target.closest?.(".source");
    if (card) backToAnswer(card.id.replace("source-", ""));
  });

  /* Keep the newest question at the top and its answer in view, until the reader scrolls. */
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
})();
