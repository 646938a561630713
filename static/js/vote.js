/* A vote counted by itself: base, share and result as one types. The server counts again; the page records without this. */
(function () {
  "use strict";
  const line = document.querySelector("[data-vote]");
  if (!line) return;
  const words = line.dataset;
  const [over, under] = [Number(words.numerator), Number(words.denominator)];
  const strict = words.strict ? 1 : 0;
  const field = (name) => document.getElementById(`id_${name}`);
  const number = (name) => (/^\d+$/.test(field(name).value.trim()) ? Number(field(name).value) : null);
  const names = ["members", "excluded", "present", "agree", "disagree"];
  if (!names.every(field)) return;

  function paint() {
    const [members, excluded, present, agree, disagree] = names.map(number);
    const base = members === null ? 0 : members - (excluded || 0);
    const needed = Math.floor((base * over + strict + under - 1) / under);
    const tooMany = present !== null && agree !== null && agree + (disagree || 0) > present;
    if (base <= 0) line.textContent = "";
    else if (agree === null) line.textContent = `${words.base} ${base}; ${words.need} ${needed}.`;
    else if (tooMany) line.textContent = `${agree} + ${disagree || 0} = ${agree + (disagree || 0)} > ${present} ${words.present}`;
    else {
      const passed = agree >= needed;
      const sign = passed ? (strict ? ">" : "≥") : strict ? "≤" : "<";
      const result = passed ? words.pass : words.fail;
      line.textContent = `${under} × ${agree} = ${under * agree} ${sign} ${over} × ${base} = ${over * base}: ${result}`;
    }
    ["agree", "disagree"].forEach((name) => field(name).classList.toggle("is-invalid", tooMany));
  }

  field("agree").addEventListener("input", () => {
    const [present, agree] = [number("present"), number("agree")];
    field("disagree").value = present !== null && agree !== null && agree <= present ? present - agree : "";
  });
  names.forEach((name) => field(name).addEventListener("input", paint));
  paint();
})();
