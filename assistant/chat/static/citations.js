/* Citations: a card on hover and focus, arrow keys between them, a click opens the source. */
(() => {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const glide = (element, block) =>
    element.scrollIntoView({ block, behavior: calm() ? "auto" : "smooth" });

  const sentenceOf = (cite) => cite.closest(".passage")?.textContent ?? "";

  /* A card may mark several quotes: the one that the citing sentence repeats, else the first. */
  const chosen = (quotes, cite) =>
    quotes.find((quote) => sentenceOf(cite).includes(quote.textContent)) ?? quotes[0];

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
    glide(chosen([...card.querySelectorAll("mark")], cite) ?? card, "center");
  };

  const backToAnswer = (key) => {
    const cite = document.querySelector(`[data-cite="${key}"]`);
    if (!cite) return;
    cite.focus({ preventScroll: true });
    glide(cite, "center");
  };

  const hoverCard = () => document.getElementById("hover-card");

  const showCard = (cite) => {
    const template = document.querySelector(`template[data-card="${cite.dataset.cite}"]`);
    const card = hoverCard();
    if (!template || !card) return;
    card.replaceChildren(template.content.cloneNode(true));
    const quotes = [...card.querySelectorAll("q")];
    const kept = chosen(quotes, cite);
    for (const quote of quotes) quote.hidden = quote !== kept;
    card.hidden = false;
    cite.setAttribute("aria-describedby", "hover-card");
    const place = cite.getBoundingClientRect();
    const left = Math.min(place.left, innerWidth - card.offsetWidth - 12);
    const above = place.top - card.offsetHeight - 8;
    card.style.left = `${Math.max(8, left)}px`;
    card.style.top = `${above > 8 ? above : place.bottom + 8}px`;
  };

  const hideCard = () => {
    const card = hoverCard();
    if (card) card.hidden = true;
  };

  const step = (cite, by) => {
    const all = [...document.querySelectorAll(".exchange .cite")];
    const next = all[all.indexOf(cite) + by];
    if (next) next.focus();
  };

  document.addEventListener("click", ({ target }) => {
    const cite = target.closest("[data-cite]");
    if (cite) {
      hideCard();
      openSource(cite);
    }
    const back = target.closest("[data-back]");
    if (back) backToAnswer(back.dataset.back);
  });

  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, ({ target }) => {
      const cite = target.closest?.("[data-cite]");
      if (cite) showCard(cite);
      else if (!target.closest?.("#hover-card")) hideCard();
    });
  }
  document.addEventListener("scroll", hideCard, { capture: true, passive: true });

  document.addEventListener("keydown", (event) => {
    const cite = event.target.closest?.("[data-cite]");
    const arrows = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (cite && event.key in arrows) {
      event.preventDefault();
      step(cite, arrows[event.key]);
    }
    if (event.key !== "Escape") return;
    hideCard();
    const card = event.target.closest?.(".sources .source");
    if (card) backToAnswer(card.id.replace("source-", ""));
  });
})();
