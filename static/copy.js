// A button beside each number, that copies it. Without this script the number itself can be selected
// with one click (style.css, .copied).
for (const number of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy " + number.dataset.copy);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(number.dataset.copy);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(number);
      button.textContent = "Press Ctrl+C";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  number.after(" ", button);
}
