/* A long list in which one searches by typing, without diacritics. Without JavaScript it stays a plain list. */
(function () {
  "use strict";

  document.querySelectorAll("select[data-search]").forEach((list) => {
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
      render: {
        no_results: (data, escape) => `<div class="no-results">${escape(list.dataset.none)}</div>`,
      },
    });
    // The box to type in has taken the label over: it is what is read aloud, with the hint, and the list is not.
    list.setAttribute("aria-hidden", "true");
    const hint = list.getAttribute("aria-describedby");
    if (hint) search.control_input.setAttribute("aria-describedby", hint);
  });
})();
