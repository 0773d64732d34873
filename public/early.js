// Runs before the first paint: sets what the reader chose last time, so that nothing flashes or shifts.
// Also remembers a button pressed before the app is there; the app answers it when it mounts.
(() => {
  const html = document.documentElement;
  html.classList.add("js");
  try {
    const stored = JSON.parse(localStorage.getItem("lectern:settings") || "null");
    const chosen = stored && stored.version === 1 ? stored.value : {};
    for (const name of ["theme", "typeface", "width"]) {
      if (/^[a-z]+$/.test(chosen[name])) html.dataset[name] = chosen[name];
    }
    if (chosen.size >= 70 && chosen.size <= 200) html.style.setProperty("--text-scale", chosen.size / 100);
    if (localStorage.getItem("lectern:fonts")) html.dataset.fonts = "";
    if (chosen.contents === false) html.classList.add("no-contents");
  } catch {
    // Storage may be blocked or damaged: the defaults are fine, and the app says what is wrong.
  }
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#menu, #search, #settings");
    if (button && !html.dataset.mounted) {
      event.preventDefault();
      html.dataset.pending = button.id;
    }
  });
})();

// Brings the current chapter into view in the contents before they are painted.
function lecternPlace() {
  const here = document.querySelector("#contents [aria-current]");
  const contents = document.getElementById("contents");
  if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 3;
}
