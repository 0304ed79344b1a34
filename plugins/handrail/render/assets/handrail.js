// Sorting and filtering of tables that are complete without it. State stands in the address, so that a view can be sent.
(function () {
  "use strict";
  function key(cell) {
    return cell.hasAttribute("data-v") ? cell.getAttribute("data-v") : cell.textContent.trim();
  }
  function compare(a, b) {
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    var x = Number(a), y = Number(b);
    return isNaN(x) || isNaN(y) ? a.localeCompare(b, "en", { numeric: true }) : x - y;
  }
  function sortBy(table, index, down) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (r, s) {
      var a = key(r.cells[index]), b = key(s.cells[index]);
      var order = compare(a, b);
      return a === "" || b === "" ? order : down ? -order : order;
    });
    rows.forEach(function (row) { body.appendChild(row); });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, i) {
      if (i === index) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }
  function said(number) { return number.toLocaleString("en"); }
  function readHash() {
    return new URLSearchParams(location.hash.slice(1));
  }
  function writeHash(state) {
    var text = state.toString();
    history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  }
  function makeSortable(table, changed) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, index) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "hr-sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        sortBy(table, index, down);
        if (changed) changed(index, down);
      });
    });
  }
  function wire(form) {
    var table = document.getElementById(form.getAttribute("data-hr-filter"));
    if (!table) return;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var texts = rows.map(function (row) { return row.textContent.toLocaleLowerCase(); });
    var out = form.querySelector("output");
    var fields = Array.prototype.filter.call(form.elements, function (one) { return one.name; });
    var state = {};
    // a page with several lists keeps each one's state apart: "risks.text" beside "needs.text"
    var prefix = table.id.indexOf("all-") === 0 ? table.id.slice(4) + "." : "";
    function apply() {
      var wanted = [], words = [];
      fields.forEach(function (one) {
        if (!one.value) return;
        if (one.name === "text") words = one.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
        else wanted.push([one.name, one.value]);
      });
      var count = 0;
      rows.forEach(function (row, i) {
        // a row can have several values of one kind, such as tags: they stand between bars
        var fits = wanted.every(function (w) { return (row.getAttribute("data-" + w[0]) || "").split("|").indexOf(w[1]) >= 0; }) &&
          words.every(function (w) { return texts[i].indexOf(w) >= 0; });
        row.hidden = !fits;
        if (fits) count += 1;
      });
      out.textContent = count === rows.length ? "all " + said(count) : said(count) + " of " + said(rows.length);
    }
    function save() {
      var hash = new URLSearchParams();
      if (prefix) readHash().forEach(function (value, name) {
        if (name.indexOf(".") > 0 && name.indexOf(prefix) !== 0) hash.set(name, value);
      });
      fields.forEach(function (one) { if (one.value) hash.set(prefix + one.name, one.value); });
      if (state.sort !== undefined) hash.set(prefix + "sort", state.sort);
      writeHash(hash);
    }
    function load() {
      var hash = readHash();
      var folded = form.closest("details"), told = false;
      fields.forEach(function (one) {
        one.value = hash.get(prefix + one.name) || "";
        told = told || one.value !== "";
      });
      if (folded && (told || hash.has(prefix + "sort"))) folded.open = true;
      var sort = /^(-?)(\d+)$/.exec(hash.get(prefix + "sort") || "");
      if (sort && table.tHead.rows[0].cells[Number(sort[2])]) {
        state.sort = sort[0];
        sortBy(table, Number(sort[2]), sort[1] === "-");
      }
      apply();
    }
    makeSortable(table, function (index, down) { state.sort = (down ? "-" : "") + index; save(); });
    form.hidden = false;
    form.addEventListener("input", function () { apply(); save(); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function (event) {
      event.preventDefault();
      fields.forEach(function (one) { one.value = ""; });
      apply();
      save();
    });
    window.addEventListener("hashchange", load);
    load();
  }
  function start() {
    var filtered = {};
    Array.prototype.forEach.call(document.querySelectorAll("form[data-hr-filter]"), function (form) {
      filtered[form.getAttribute("data-hr-filter")] = true;
      wire(form);
    });
    Array.prototype.forEach.call(document.querySelectorAll("table[data-hr-sort]"), function (table) {
      if (!filtered[table.id]) makeSortable(table);
    });
    remember();
    stack();
    centre();
    follow();
    window.addEventListener("hashchange", follow);
  }
  // On a phone a table that is wider than the screen becomes a list: each row under its name, each cell beside the name of its column.
  function stack() {
    var phone = window.matchMedia("(max-width: 44.9em)");
    function each(list, act) { Array.prototype.forEach.call(list, act); }
    function label(table) {
      var titles = Array.prototype.map.call(table.tHead.rows[0].cells, function (one) {
        var said = one.textContent;
        return one.querySelector("code") ? said : said.charAt(0).toUpperCase() + said.slice(1);
      });
      table.setAttribute("role", "table");
      each(table.rows, function (row) {
        row.setAttribute("role", "row");
        each(row.cells, function (cell, i) {
          if (row.parentNode === table.tHead) { cell.setAttribute("role", "columnheader"); return; }
          cell.setAttribute("role", i ? "cell" : "rowheader");
          cell.setAttribute("data-label", titles[i] || "");
        });
      });
    }
    // A written table that has been squeezed into the screen, a word or two on a line.
    function narrow(table) {
      return !table.className && table.rows[0].cells.length > 2 && Array.prototype.some.call(table.tBodies, function (body) {
        return Array.prototype.some.call(body.rows, function (row) { return row.offsetHeight > 130; });
      });
    }
    function fit(table, room, listed) {
      var before = table.className.replace(listed, "").trim();
      if (before) table.className = before; else table.removeAttribute("class");
      if (!table.tHead || !room || !phone.matches || (table.scrollWidth <= room && !narrow(table))) return;
      if (!table.hasAttribute("role")) label(table);
      table.className = (before + " " + listed).trim();
    }
    function look(within) {
      each(within.querySelectorAll('.hr-scroll > table[class="hr-table"], .hr-scroll > .hr-stacked'), function (table) {
        fit(table, table.parentNode.clientWidth, "hr-stacked");
      });
      each(within.querySelectorAll("article table:not([class]), article .hr-written"), function (table) {
        fit(table, table.closest("article").clientWidth, "hr-written hr-table hr-stacked");
      });
    }
    each(document.querySelectorAll("article details"), function (one) {
      one.addEventListener("toggle", function () { if (one.open) look(one); });
    });
    phone.addEventListener("change", function () { look(document); });
    look(document);
  }
  // On a phone the links between pages are one line that can be pushed: the page that is open stands in sight. So do the newest months.
  function centre() {
    var here = document.querySelector(".hr-pages [aria-current]"), line = here && here.closest(".hr-pages");
    Array.prototype.forEach.call(document.querySelectorAll(".hr-strips"), function (table) { table.parentNode.scrollLeft = table.scrollWidth; });
    Array.prototype.forEach.call(document.querySelectorAll(".hr-from-end"), share);
    if (line && line.scrollWidth > line.clientWidth) line.scrollLeft = here.getBoundingClientRect().left - line.getBoundingClientRect().left - line.clientWidth / 3;
  }
  // A drawing that opens at its end has names there: the lines that they belong to take at least half of the screen.
  function share(sheet) {
    var name = sheet.querySelector("text.hr-d-name");
    if (!name || sheet.scrollWidth <= sheet.clientWidth) return;
    var over = name.getBoundingClientRect().left - sheet.getBoundingClientRect().left - sheet.clientWidth / 2;
    if (over < 0) sheet.scrollLeft += over;
  }
  // A part of a project that has moved to a page of its own: its link stands under the name that addresses have for it.
  function follow() {
    var aimed = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (aimed && aimed.matches(".hr-parts a[href]")) location.replace(aimed.href);
  }
  // Whose page was looked at last stays in this browser, so that nobody looks for their own name twice.
  function remember() {
    var again = document.querySelector("[data-hr-again]"), mine = document.querySelector("[data-hr-person]"), link;
    try {
      if (mine) localStorage.setItem("handrail.person", mine.getAttribute("data-hr-person"));
      var person = again && localStorage.getItem("handrail.person");
      if (!person || !/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/.test(person)) return;
      link = again.querySelector("a");
      link.href = again.getAttribute("data-hr-again") + person + "/";
      link.textContent = person;
      again.hidden = false;
    } catch (error) { /* a browser that keeps nothing shows the list */ }
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
