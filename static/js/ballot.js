/* The ballot of a meeting: counts as one types. The server counts again; the page records without this. */
(function () {
  "use strict";
  const ballot = document.querySelector("[data-ballot]");
  if (!ballot) return;
  const find = (selector, root) => (root || ballot).querySelector(selector);
  const all = (selector, root) => [...(root || ballot).querySelectorAll(selector)];
  const number = (field) => (field && /^\d+$/.test(field.value.trim()) ? Number(field.value) : null);
  const words = ballot.dataset;
  const [over, under] = [Number(words.numerator), Number(words.denominator)];
  const strict = words.strict ? 1 : 0;
  const count = (name) => all(`[data-b="${name}"]`).reduce((sum, field) => sum + (number(field) || 0), 0);
  const needed = (base) => Math.floor((base * over + strict + under - 1) / under);
  const percent = (part, whole) => {
    const tenths = Math.floor((2000 * part + whole) / (2 * whole));
    return `${Math.floor(tenths / 10)}${words.comma}${tenths % 10}%`;
  };
  const shape = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 12 12");
    svg.setAttribute("class", "mk");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(svg.namespaceURI, "path");
    Object.entries({ d: path, fill: "none", stroke: "currentColor", "stroke-width": "1.9" }).forEach((a) => line.setAttribute(...a));
    svg.append(line);
    return svg;
  };
  const verdict = (passed, text) => {
    const state = document.createElement("span");
    state.className = "st st-strong";
    state.append(shape(passed ? "M1.5 6.5l3 3L10.5 2.5" : "M2 2l8 8M10 2l-8 8"), text);
    return state;
  };

  function line(row, base, present) {
    const [agree, deny, outcome] = ["agree", "deny", "outcome"].map((name) => find(`[data-${name}]`, row));
    const held = outcome.value !== "";
    find("[data-choice]", row).hidden = !held && document.activeElement !== outcome;
    agree.disabled = deny.disabled = held;
    const a = held ? null : number(agree);
    const d = number(deny) || 0;
    const tooMany = a !== null && a + d > present;
    [agree, deny].forEach((field) => field.classList.toggle("is-invalid", tooMany));
    const passed = a !== null && base > 0 && a >= needed(base);
    const sign = strict ? (passed ? ">" : "≤") : passed ? "≥" : "<";
    find("[data-bar]", row).setAttribute("width", a !== null && base ? `${Math.min(100, (100 * a) / base).toFixed(2)}%` : "0%");
    find("[data-reckon]", row).textContent = held
      ? words.none
      : a === null ? ""
        : tooMany ? `${a} + ${d} = ${a + d} > ${present} ${words.present}`
          : `${under} × ${a} = ${under * a} ${sign} ${over} × ${base} = ${over * base}`;
    const result = find("[data-result]", row);
    result.replaceChildren();
    if (a !== null && base && !tooMany) result.append(verdict(passed, `${passed ? words.pass : words.fail}, ${percent(a, base)}`));
    return held ? "held" : a === null ? "" : tooMany ? "wrong" : passed ? "pass" : "fail";
  }

  function paint() {
    const base = count("members") - count("excluded");
    const present = count("present");
    if (base > 0) {
      all("[data-tgt]").forEach((tick) => ["x1", "x2"].forEach((end) => tick.setAttribute(end, `${((100 * needed(base)) / base).toFixed(2)}%`)));
    }
    all("[data-base]").forEach((cell) => { cell.textContent = base > 0 ? base : "–"; });
    find("[data-need]").textContent = base > 0 ? needed(base) : "";
    find("[data-least]").hidden = !(base > 0);
    find("[data-absent]").textContent = base > 0 ? base - present : "–";
    const counts = { pass: 0, fail: 0, held: 0, wrong: 0, "": 0 };
    all("[data-row]").forEach((row) => { counts[line(row, base, present)] += 1; });
    const taken = counts.pass + counts.fail + counts.held + counts.wrong;
    find("[data-count]").textContent = taken ? `· ${taken}` : "";
    if (taken) find("[data-sum]").textContent = `${words.pass} ${counts.pass}, ${words.fail.toLowerCase()} ${counts.fail}, ${words.held} ${counts.held}${counts.wrong ? `, ${words.wrong} ${counts.wrong}` : ""}.`;
  }

  const fill = (row, agree, deny) => { find("[data-agree]", row).value = agree; find("[data-deny]", row).value = deny; };
  function step(row, by) {
    const rows = all("[data-row]");
    for (let place = rows.indexOf(row) + by; rows[place]; place += by) {
      const field = find("[data-agree]", rows[place]);
      if (!field.disabled) { field.focus(); field.select(); return; }
    }
    if (by > 0) find(".btn-primary").focus();
  }
  function hold(row) {
    const outcome = find("[data-outcome]", row);
    fill(row, "", "");
    outcome.value = outcome.options[1].value;
    paint();
    outcome.focus();
  }

  ballot.addEventListener("input", (event) => {
    if (event.target.matches("[data-agree]")) {
      const agree = number(event.target);
      const deny = find("[data-deny]", event.target.closest("[data-row]"));
      if (agree !== null) deny.value = agree <= count("present") ? count("present") - agree : "";
    }
    paint();
  });
  ballot.addEventListener("change", (event) => {
    paint();
    if (event.target.matches("[data-outcome]") && event.target.value === "") find("[data-agree]", event.target.closest("[data-row]")).focus();
  });
  ballot.addEventListener("focusin", (event) => {
    all("[data-row].on").forEach((row) => row.classList.remove("on"));
    const row = event.target.closest("[data-row]");
    if (row) row.classList.add("on");
  });
  ballot.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("[data-agree],[data-deny]")) {
      if (event.key === "=") { fill(row, count("present"), 0); paint(); } else if (event.key.toLowerCase() === "l") hold(row);
      else if (event.key === "Enter") step(row, event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
    } else if (event.key === "Enter" && !event.target.matches("button")) {
      step(row, event.shiftKey ? -1 : 1);
      event.preventDefault();
    }
  });
  paint();
})();
