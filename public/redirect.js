// Sends the browser to where a page went, with the fragment it was asked for.
(() => {
  const [target, moved] = JSON.parse(document.getElementById("moved").textContent);
  const fragment = decodeURIComponent(location.hash.slice(1));
  location.replace(moved[fragment] || target + (target.includes("#") ? "" : location.hash));
})();
