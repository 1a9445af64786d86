
// Sorts and filters the table. Without this the page is whole: the table is there, only not to be rearranged.
(() => {
  "use strict";
  const early = document.documentElement.classList;
  addEventListener("error", () => early.remove("early"));  // a fault of this script must not cost the table
  const STEP = 250;
  const one = (id) => document.getElementById(id);
  const table = one("labels"), body = table.tBodies[0], none = table.dataset.none;
  const rows = Array.from(body.rows);
  const total = rows.length;
  body.replaceChildren(...rows.slice(0, STEP));
  const selects = Array.from(document.querySelectorAll("#filters select"));
  const words = one("words"), count = one("count"), below = one("below");
  const text = (node) => (node ? node.textContent : "");
  const grouped = (number) => String(number).replace(/\B(?=(?:\d{3})+$)/g, "\u202f");
  const place = new Map(rows.map((row, at) => [row, at]));
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" }).compare;

  const sortKeys = [
    (row) => text(row.cells[0].querySelector("bdi")),
    (row) => (text(row.cells[1]) === none ? "" : text(row.cells[1])),
    (row) => (row.cells[2].dataset.v === undefined ? "" : Number(row.cells[2].dataset.v)),
    (row) => text(row.cells[3]),
    (row) => place.get(row),
  ];
  const fits = {
    status: (row, wanted) => text(row.cells[4].querySelector("b")) === wanted,
    grade: (row, wanted) => text(row.cells[1]) === wanted,
    limit: (row, wanted) => text(row.cells[2].querySelector("small")) === wanted,
    finding: (row, wanted) => row.cells[4].textContent.includes(wanted),
  };
  const searched = new Map();
  const searchable = (row) => {
    if (!searched.has(row)) searched.set(row, row.textContent.toLowerCase());
    return searched.get(row);
  };

  let sorted = rows, found = rows, most = STEP, column = -1, direction = 1;

  const show = () => {
    body.replaceChildren(...found.slice(0, most));
    count.textContent = count.dataset.said.replace("%s", grouped(found.length)).replace("%t", grouped(total));
    below.hidden = found.length <= most;
    below.firstElementChild.textContent = below.dataset.said.replace("%s", grouped(Math.max(0, found.length - most)));
  };
  const filter = () => {
    const looked = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = selects.filter((select) => select.value !== "");
    found = sorted.filter((row) =>
      chosen.every((select) => fits[select.dataset.by](row, select.value)) &&
      (looked.length === 0 || looked.every((word) => searchable(row).includes(word))));
    most = STEP;
    show();
  };
  const sort = (at, head) => {
    direction = column === at ? -direction : 1;
    column = at;
    const keyed = rows.map((row) => [sortKeys[at](row), row]);
    keyed.sort(([left, first], [right, second]) => {
      if (left === "" || right === "") {
        if (left !== right) return left === "" ? 1 : -1;  // what is not known stands last, whichever way
        return place.get(first) - place.get(second);
      }
      const which = typeof left === "number" ? left - right : order(left, right);
      return which * direction || place.get(first) - place.get(second);
    });
    sorted = keyed.map(([, row]) => row);
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
    one("order").hidden = true;
    filter();
  };

  Array.from(table.tHead.rows[0].cells).forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(at, head));
    head.replaceChildren(button);
  });
  let waiting = 0;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });
  for (const select of selects) select.addEventListener("change", filter);
  const clear = () => {
    words.value = "";
    for (const select of selects) select.value = "";
  };
  one("clear").addEventListener("click", () => { clear(); filter(); });
  one("more").addEventListener("click", () => {
    const first = found[most];
    most += 4 * STEP;
    show();
    const target = first && (first.querySelector("a") || one("more"));
    if (target) target.focus();
  });
  for (const link of document.querySelectorAll("[data-pick]")) {
    link.addEventListener("click", () => {
      clear();
      const select = selects.find((each) => each.dataset.by === link.dataset.pick);
      if (select) select.value = link.dataset.value;
      filter();
    });
  }
  addEventListener("beforeprint", () => body.replaceChildren(...found));
  addEventListener("afterprint", show);

  one("filters").hidden = false;
  early.remove("early");
  filter();  // a browser may have kept what was chosen before the page was loaded anew
})();
