window.paperAssistant = window.paperAssistant ?? {};
window.paperAssistant[element.querySelector("[data-bus]").dataset.bus] = trigger;
