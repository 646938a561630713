/* The grid of quotas: a column or a block pasted from a spreadsheet, the sum as one types. The server counts again; the page saves without this. */
(function () {
  "use strict";
  const grid = document.querySelector("[data-grid]");
  if (!grid) return;
  const cells = [...grid.querySelectorAll("[data-cell]")];
  const words = grid.dataset;
  const own = words.own ? Number(words.own) : null;
  const write = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, document.documentElement.lang === "en" ? "," : ".");
  const read = (text) => {
    const typed = text.trim();
    if (typed === "") return null;
    return /^(\d{1,3}([.\s]\d{3})+|\d+)$/.test(typed) ? Number(typed.replace(/\D/g, "")) : NaN;
  };
  const say = (sentence, number) => sentence.replace("{n}", write(number)).replace("{q}", write(own));

  const tell = (sentence) => { grid.querySelector("[data-said]").textContent = `${sentence} `; };
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
  const isName = (text) => text !== "" && !/^[\d .,-]*$/.test(text);

  // The cells that the lines of a paste go to: by the units' names where every line has one, else down from `start`.
  function places(lines, start) {
    const names = lines.map((line) => line.slice(0, -1).reverse().find(isName) || "");
    if (!names.every(Boolean)) {
      if (lines.length <= cells.length - start) return lines.map((line, place) => cells[start + place]);
      tell(words.long.replace("{n}", lines.length).replace("{q}", cells.length - start));
      return null;
    }
    const found = names.map((name) => cells.find((cell) => cell.closest("[data-names]").dataset.names.split("|").includes(fold(name))));
    const unknown = found.findIndex((cell) => !cell);
    if (unknown < 0) return found;
    tell(words.unknown.replace("{n}", names[unknown]));
    return null;
  }

  function paint() {
    let sum = 0;
    let changed = 0;
    let bad = false;
    cells.forEach((cell) => {
      const number = read(cell.value);
      const now = cell.dataset.now === "" ? null : Number(cell.dataset.now);
      const emptied = number === null && now !== null && cell.defaultValue !== "";
      const wrong = Number.isNaN(number) || number > Number(words.most) || emptied;
      bad = bad || wrong;
      cell.classList.toggle("is-invalid", wrong || (cell.hasAttribute("aria-invalid") && cell.value === cell.defaultValue));
      sum += wrong ? 0 : number === null ? now || 0 : number;
      if (number !== null && !wrong && number !== now) changed += 1;
    });
    grid.querySelectorAll("[data-sum]").forEach((place) => { place.textContent = write(sum); });
    const difference = grid.querySelector("[data-difference]");
    if (bad && !difference) tell(words.bad);
    if (difference) difference.textContent = bad ? words.bad : say(sum === own ? words.match : sum < own ? words.short : words.over, Math.abs(sum - own));
    grid.querySelector("[data-count]").textContent = changed ? `· ${changed}` : "";
  }

  grid.addEventListener("input", () => { tell(""); paint(); });
  grid.addEventListener("paste", (event) => {
    const start = cells.indexOf(event.target);
    if (start < 0) return;
    const lines = event.clipboardData.getData("text").replace(/\s+$/, "").split(/\r?\n/).map((line) => line.split("\t").map((part) => part.trim()));
    if (lines.length < 2 && lines[0].length < 2) return;
    event.preventDefault();
    const targets = places(lines, start);
    if (!targets) return;
    targets.forEach((cell, place) => { cell.value = lines[place][lines[place].length - 1]; });
    tell(words.filled.replace("{n}", targets.length));
    paint();
    targets[targets.length - 1].focus();
  });
  grid.addEventListener("keydown", (event) => {
    const place = cells.indexOf(event.target);
    if (place < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const back = event.shiftKey ? -1 : 1;
    if (event.key === "ArrowLeft" && event.target.selectionEnd === 0) {
      // To the numbers of the row, which Tab passes over.
      const links = event.target.closest("tr").querySelectorAll("a");
      if (links.length) links[links.length - 1].focus();
      return;
    }
    const step = { Enter: back, Tab: back, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || (event.key === "Tab" && !cells[place + step])) return;
    event.preventDefault();
    const next = cells[place + step] || (step > 0 ? document.getElementById("id_known_basis") : null);
    if (next) { next.focus(); if (next.select) next.select(); }
  });
  paint();
})();
