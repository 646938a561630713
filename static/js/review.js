/* How many people a review keeps and proposes, told anew with every answer. The server says it without this. */
(function () {
  "use strict";
  const told = document.querySelector("[data-people-told]");
  if (!told) return;
  const form = told.closest("form");
  const order = ["keep", "class", "procedure", "removal"];

  function paint() {
    const chosen = [...form.querySelectorAll("[name^='person-']:checked")].map((radio) => radio.value);
    told.textContent = order
      .map((value) => [value, chosen.filter((one) => one === value).length])
      .filter(([, count]) => count)
      .map(([value, count]) => told.dataset[value].replace("{n}", count))
      .join(", ");
  }

  form.addEventListener("change", (event) => { if (event.target.name.startsWith("person-")) paint(); });
  paint();
})();
