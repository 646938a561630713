/* Helpers for the keyboard. Served from this site; every page works without them. */
(function () {
  "use strict";
  const find = (selector) => document.querySelector(selector);

  // An error summary takes the focus, so that it is read first.
  const problem = find("#problem");
  if (problem) problem.focus();

  const keys = {
    "/": () => {
      const field = find(".jump input") || find(".mast-find input");
      if (field) { field.focus(); field.select(); }
      return field;
    },
    "?": () => {
      const link = find('.foot a[href$="phim-tat/"]');
      if (link) link.click();
      return link;
    },
  };

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape") {
      const menu = find(".mast-user[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    } else if (event.key === "Enter" && event.ctrlKey) {
      const form = event.target.closest("form");
      if (form) form.requestSubmit();
    } else if (event.altKey && (event.key === "PageUp" || event.key === "PageDown")) {
      const link = find(event.key === "PageUp" ? 'a[rel="prev"]' : 'a[rel="next"]');
      if (link) { event.preventDefault(); link.click(); }
    } else if (document.documentElement.dataset.keys !== "off" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey && keys[event.key]) {
      if (keys[event.key]()) event.preventDefault();
    }
  });

  // Lists choose by typing, without marks and from the middle of a name: "tan ng" finds "Chi bộ thôn Tân Nguyên".
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
  let typed = "";
  let forgotten = 0;
  document.addEventListener("keydown", (event) => {
    const list = event.target;
    if (list.tagName !== "SELECT" || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === " " && !typed) return;
    clearTimeout(forgotten);
    forgotten = setTimeout(() => { typed = ""; }, 1200);
    typed += fold(event.key);
    const options = [...list.options].filter((option) => option.value && !option.disabled);
    const found = options.find((option) => fold(option.text).startsWith(typed))
      || options.find((option) => fold(option.text).includes(` ${typed}`));
    event.preventDefault();
    if (!found || found.selected) return;
    list.value = found.value;
    ["input", "change"].forEach((name) => list.dispatchEvent(new Event(name, { bubbles: true })));
  });
  document.addEventListener("focusin", () => { typed = ""; });

  // 5/2/96, 5.2.1996 and 05021996 become 05/02/1996; what is no date stays as typed, for the server to explain.
  const date = /^(\d{1,2})[\/.\-](\d{1,2})[\/.\-](\d{4}|\d{2})$|^(\d{2})(\d{2})(\d{4})$/;
  const pad = (text) => text.padStart(2, "0");
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-date]")) return;
    const found = date.exec(event.target.value.trim());
    if (!found) return;
    const [day, month, typed] = found[1] ? found.slice(1, 4) : found.slice(4, 7);
    const pivot = (new Date().getFullYear() % 100) + 1;
    const year = typed.length === 4 ? typed : (Number(typed) > pivot ? "19" : "20") + typed;
    event.target.value = `${pad(day)}/${pad(month)}/${year}`;
  });

  // Of periods, parts and rooms that do not fit side by side, the one that is shown.
  document.querySelectorAll(".switch, .tabs, .mast nav").forEach((row) => {
    const current = row.querySelector("[aria-current]");
    if (current) row.scrollLeft = current.offsetLeft + current.offsetWidth - row.clientWidth + 24;
  });

  // A page that is being made in the background shows its progress with the value the server sent.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
})();
