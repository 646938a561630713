/* A long list in which one searches by typing, without diacritics. Without JavaScript it stays a plain list. */
(function () {
  "use strict";

  // What was chosen of several, with a button that takes it away: a finger has no Backspace.
  const chosen = (list) => (data, escape) => {
    const label = escape(list.dataset.remove.replace("%(name)s", data.text));
    return `<div><span>${escape(data.text)}</span><button type="button" tabindex="-1" aria-label="${label}">×</button></div>`;
  };

  document.querySelectorAll("select[data-search]").forEach((list) => {
    const render = { no_results: (data, escape) => `<div class="no-results">${escape(list.dataset.none)}</div>` };
    if (list.multiple) render.item = chosen(list);
    const search = new TomSelect(list, {
      maxOptions: null,
      placeholder: list.dataset.search,
      // Tab takes what the letters typed so far have found, so the list must never lag behind them.
      refreshThrottle: 0,
      selectOnTab: true,
      searchField: ["text"],
      // "đ" has no mark to take off, so it is told what it is searched as.
      score: function (search) {
        const score = this.getScoreFunction(search.replace(/đ/gi, "d"));
        return (option) => score({ ...option, text: option.text.replace(/đ/gi, "d") });
      },
      onItemAdd: function () {
        if (list.multiple) { this.setTextboxValue(""); this.refreshOptions(false); }
      },
      render: render,
    });
    if (list.multiple) {
      search.control.addEventListener("mousedown", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        event.preventDefault();
        event.stopPropagation();
        search.removeItem(button.closest("[data-value]"));
        search.close();
      }, true);
    }
    // The box to type in has taken the label over: it is what is read aloud, with the hint, and the list is not.
    list.setAttribute("aria-hidden", "true");
    const hint = list.getAttribute("aria-describedby");
    if (hint) search.control_input.setAttribute("aria-describedby", hint);
  });
})();
