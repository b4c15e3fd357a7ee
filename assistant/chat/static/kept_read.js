/* What this browser has kept: the conversation of this tab, else the newest of another one. */
() => {
  const KEY = "paper-assistant";
  try {
    const own = sessionStorage.getItem(KEY);
    return own ? [own, ""] : ["", localStorage.getItem(KEY) ?? ""];
  } catch {
    return ["", ""];
  }
}
