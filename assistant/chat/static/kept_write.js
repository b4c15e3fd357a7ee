/* Keeps the conversation: this tab's own over a reload, and the newest of all tabs for one to come.

   Gradio runs this as the body of a function with the part that holds the conversation. */
const KEY = "paper-assistant";

const store = (where, text) => {
  try {
    if (text) where.setItem(KEY, text);
    else where.removeItem(KEY);
  } catch {
    /* full, or not allowed: what is there stays */
  }
};

const keep = () => {
  const now = props.value ?? "";
  const empty = now === "" || now === "[]";
  if (!empty) store(localStorage, now);
  else if (localStorage.getItem(KEY) === sessionStorage.getItem(KEY)) store(localStorage, "");
  store(sessionStorage, now);
};

watch("value", () => {
  try {
    keep();
  } catch {
    /* a browser that keeps nothing for this page */
  }
});
