// Choose one outcome, and sort tables. Without this script the page is long and whole; on paper it always is.
(() => {
  "use strict";
  const outcomes = [...document.querySelectorAll(".outcome")];
  const themes = [...document.querySelectorAll(".theme")];
  const explorer = document.getElementById("verkenner");
  const choice = document.getElementById("keuze");
  const said = document.getElementById("getoond");
  const steps = { vorige: -1, volgende: 1 };

  function show(id) {
    for (const one of outcomes) one.hidden = id !== "" && one.id !== id;
    for (const theme of themes) theme.hidden = !theme.querySelector(".outcome:not([hidden])");
    choice.value = id;
    const place = choice.selectedIndex;
    for (const [name, step] of Object.entries(steps)) {
      const next = place + step;
      document.getElementById(name).disabled = place === 0 || next < 1 || next > outcomes.length;
    }
    said.textContent = id === "" ? `Alle ${outcomes.length} uitkomsten` : `Uitkomst ${place} van ${outcomes.length}`;
  }

  // A link to what is hidden shows it first.
  function follow() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const one = target && target.closest(".outcome");
    const all = target && target.closest(".theme");
    if (one ? one.hidden : all && all.hidden) show(one ? one.id : "");
    if (target && (one || all)) target.scrollIntoView();
  }

  function number(text) {
    return parseFloat(text.replace(/\./g, "").replace("\u2212", "-").replace(",", "."));
  }

  function sortable(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = [...body.rows].map(row => [row, row.cells[place].textContent.trim()]);
        keyed.sort(([, a], [, b]) => {
          // what is not shown stands last, whatever the order
          if ((a === "\u2013") !== (b === "\u2013")) return a === "\u2013" ? 1 : -1;
          const [x, y] = [number(a), number(b)];
          const order = isNaN(x) || isNaN(y) ? a.localeCompare(b, "nl") : x - y;
          return down ? -order : order;
        });
        body.append(...keyed.map(([row]) => row));
      });
    });
  }

  if (outcomes.length) {
    explorer.hidden = false;
    choice.addEventListener("change", () => show(choice.value));
    for (const [name, step] of Object.entries(steps))
      document.getElementById(name).addEventListener("click", () => show(choice.options[choice.selectedIndex + step].value));
    show(outcomes[0].id);
    follow();
    addEventListener("hashchange", follow);
  }
  document.querySelectorAll("table.sortable").forEach(sortable);
})();
