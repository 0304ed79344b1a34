// The forms: what is typed becomes the text that `handrail new` and `handrail set` write. Nothing is sent anywhere; the
// result is copied, saved, or handed to the host's own page for a new file. All text is set as text, never as markup.
(function () {
  "use strict";
  var root = document.getElementById("hr-form");
  if (!root) return;
  var Y = window.planYaml, word = root.dataset.form, MARK = "QZ[QZ", shared, data, fields = {};
  var NUMBER = /^-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{1,40})?$/;
  var TROUBLE = ["because", "back_to_green", "what_we_do", "decisions_asked"];

  function make(tag, about, inside) {
    var one = document.createElement(tag);
    Object.keys(about || {}).forEach(function (name) {
      if (name === "text") one.textContent = about[name];
      else if (name === "on") one.addEventListener(about.on[0], about.on[1]);
      else if (about[name] === true) one.setAttribute(name, "");
      else if (about[name] !== false && about[name] !== undefined) one.setAttribute(name, about[name]);
    });
    (inside || []).forEach(function (each) { if (each) one.append(each); });
    return one;
  }
  function get(name) {
    return fetch(root.dataset.data + name, { cache: "no-cache" }).then(function (answer) {
      if (!answer.ok) throw new Error(name);
      return answer.json();
    });
  }
  function shown(value) {
    if (value === undefined || value === null) return "";
    if (Array.isArray(value)) return value.map(shown).join("\n");
    return typeof value === "object" ? value.$n || "" : String(value);
  }
  // One labelled control. `about`: key, title, hint, kind, values, ref and the like, as the model declares them.
  function control(about, value, name) {
    var id = "f-" + (name || about.key), hint = id + "-hint", wrong = id + "-wrong", input, options = null;
    var kind = about.kind, common = { id: id, name: name || about.key, "aria-describedby": hint + " " + wrong };
    if (about.required) common["aria-required"] = "true";
    if (kind === "choice") options = about.values.map(function (one) { return [one, one]; });
    else if (kind === "yes_no") options = [["yes", "yes"], ["no", "no"]];
    else if (about.options) options = about.options;
    else if (about.ref === "person" && kind === "text") options = shared.people.map(function (one) { return [one, one]; });
    else if (about.ref === "rule" && kind === "text") options = shared.rules.map(function (one) { return [one[0], one[0] + " " + one[1]]; });
    if (kind === "list" && about.ref === "item") {
      var chosen = (value || []).map(shown);
      var boxes = data.items.map(function (one, number) {
        var box = make("input", { type: "checkbox", id: id + number, value: one[0], name: common.name, checked: chosen.indexOf(one[0]) >= 0 });
        return make("label", { class: "hr-check", "for": id + number }, [box, make("span", { text: one[0] + " " + one[1] })]);
      });
      if (!boxes.length) return { row: null, read: function () { return undefined; } };
      var group = make("fieldset", { class: "hr-field" }, [make("legend", { text: about.title }), make("p", { class: "hr-hint", id: hint, text: about.hint })].concat(boxes));
      return { row: group, read: function () {
        var found = Array.prototype.filter.call(group.querySelectorAll("input"), function (one) { return one.checked; });
        return found.length ? found.map(function (one) { return one.value; }) : undefined;
      } };
    }
    if (options) {
      input = make("select", common, [make("option", { value: "", text: "" })].concat(options.map(function (one) {
        return make("option", { value: one[0], text: one[1], selected: one[0] === shown(value) });
      })));
    } else if (kind === "list" || about.long) {
      input = make("textarea", Object.assign({ rows: kind === "list" ? 3 : 2 }, common));
    } else {
      var plain = kind === "date" ? { type: "date" } : kind === "number" || kind === "money" ? { inputmode: "decimal" } : {};
      input = make("input", Object.assign(Object.assign({ type: "text" }, plain), common));
    }
    if (!options) input.value = shown(value);
    var row = make("div", { class: "hr-field" }, [
      make("label", { "for": id, text: about.title + (about.required ? " (needed)" : "") }),
      make("p", { class: "hr-hint", id: hint, text: about.hint + (kind === "list" ? " One on each line." : "") }), input,
      make("p", { class: "hr-wrong", id: wrong, role: "alert" }),
    ]);
    function refuse(text) {
      document.getElementById(wrong).textContent = text;
      input.setAttribute("aria-invalid", text ? "true" : "false");
      return text;
    }
    function read() {
      var text = input.value.trim();
      if (kind === "list") {
        var lines = text.split("\n").map(function (one) { return one.trim(); }).filter(Boolean);
        return lines.length ? lines : undefined;
      }
      if (!text) return undefined;
      if (kind === "number" || kind === "money") return { $n: text };
      return about.long ? text.replace(/\s*\n\s*/g, " ") : text;
    }
    function check() {
      var found = read(), text = input.value.trim();
      if (found === undefined) return about.required ? refuse(about.title + " is needed.") : refuse("");
      if (Y.unseen(text.replace(/\n/g, ""))) return refuse("This text has a sign that nobody sees. Type it again.");
      if (found.$n !== undefined) {
        if (!NUMBER.test(text)) return refuse("Write a number such as 1200 or 12.50, without spaces or a comma.");
        if ((about.min && Number(text) < Number(about.min)) || (about.max && Number(text) > Number(about.max)) ||
            (about.min && about.words.indexOf("whole") >= 0 && text.indexOf(".") >= 0)) return refuse("Write " + about.words + ".");
      }
      if (about.pattern && !new RegExp("^(?:" + about.pattern + ")$").test(text)) return refuse("Write " + about.words + ".");
      if (about.taken && about.taken.indexOf(text.toLowerCase()) >= 0) return refuse("This id is used already, or was once; an id is never used twice.");
      return refuse("");
    }
    return { row: row, input: input, read: read, check: check };
  }
  function add(where, about, value, name) {
    var one = control(about, value, name);
    fields[name || about.key] = one;
    if (one.row) where.append(one.row);
    return one;
  }
  // Put values into the places that were computed for them; from the end, so that places before stay where they are.
  function fill(text, edits) {
    var letters = Array.from(text);
    edits.map(function (one, order) { return { slot: one[0], value: one[1], order: order }; })
      .sort(function (a, b) { return Number(b.slot[0]) - Number(a.slot[0]) || b.order - a.order; })
      .forEach(function (one) {
        var start = Number(one.slot[0]), end = Number(one.slot[1]);
        letters.splice.apply(letters, [start, end - start].concat(Array.from(put(one.slot[2], one.value))));
      });
    return letters.join("");
  }
  function put(template, value) {
    var flow = template.indexOf("'" + MARK + "'") >= 0, mark = flow ? "'" + MARK + "'" : MARK;
    if (value === null || typeof value !== "object" || "$n" in value) return template.split(mark).join(Y.inline(value, flow));
    if (flow) return template.split("{id: " + mark + "}").join(Y.inline(value, true));
    var found = /(^|\n)( *)- id: QZ\[QZ/.exec(template), newline = template.indexOf("\r\n") >= 0 ? "\r\n" : "\n";
    return template.split(found[2] + "- id: " + MARK).join(Y.item(value, found[2].length).join(newline));
  }
  function ordered(order, value) {
    var found = {};
    order.concat(Object.keys(value)).forEach(function (key) { if (value[key] !== undefined) found[key] = value[key]; });
    return found;
  }
  function typed(keys) {
    var found = {};
    keys.forEach(function (key) { var value = fields[key] && fields[key].row && !fields[key].row.hidden ? fields[key].read() : undefined; if (value !== undefined) found[key] = value; });
    return found;
  }
  function record() {
    var form = shared.forms[word], place = data[word];
    var given = typed(form.fields.map(function (one) { return one.key; }));
    var value = ordered(form.order, Object.assign({}, place.known, given));
    if (place.slot) return [{ path: place.path, text: fill(data.files[place.path], [[place.slot, value]]), old: data.files[place.path] !== "" }];
    return [{ path: place.path, text: Y.dump(value) }];
  }
  function report() {
    var form = shared.forms.report, place = data.report;
    var given = typed(form.fields.map(function (one) { return one.key; }));
    if (fields.ask && !fields.ask.row.closest("fieldset").hidden && fields.ask.read() !== undefined) {
      given.decisions_asked = [typed(["ask", "from", "by"])];
    }
    var known = Object.assign({}, place.known);
    if (given.status === "green") TROUBLE.forEach(function (key) { delete known[key]; });
    var value = ordered(form.order, Object.assign(known, given));
    var body = [["Done", fields.done], ["Next", fields.next]].map(function (one) {
      var text = one[1].read();
      return text ? one[0] + ": " + text.replace(/\.+$/, "") + "." : "";
    }).filter(Boolean).join(" ");
    var files = [{ path: place.path, text: "---\n" + Y.dump(value) + "---\n" + body + "\n" }], edits = {};
    place.milestones.forEach(function (one) {
      var day = fields["forecast-" + one.id].read(), why = fields["why-" + one.id];
      if (day !== undefined && day !== (one.forecast || one.planned)) {
        (edits[one.file] = edits[one.file] || []).push([one.slot, day]);
        if (why && why.read() !== undefined) edits[one.file].push([one.why, why.read()]);
      }
    });
    if (fields.spent && fields.spent.read() !== undefined && fields.spent.read().$n !== place.spent.now) {
      (edits[place.spent.file] = edits[place.spent.file] || []).push([place.spent.slot, fields.spent.read()]);
    }
    Object.keys(edits).forEach(function (path) { files.push({ path: path, text: fill(data.files[path], edits[path]), old: true }); });
    return files;
  }
  function tier() {
    var answers = typed(shared["new"].questions.map(function (one) { return one.key; }));
    if (!Object.keys(answers).length || !shared["new"].tiers.length) return "";
    var found = shared["new"].tiers.filter(function (limits) {
      return Object.keys(answers).every(function (key) {
        if (key === "regulated" || key === "new_to_us") return limits[key] !== false || answers[key] !== "yes";
        return limits[key] === undefined || Number(answers[key].$n) <= Number(limits[key]);
      });
    })[0];
    return (found || shared["new"].tiers[shared["new"].tiers.length - 1]).tier;
  }
  function proposed(today, days) {
    var day = new Date(today + "T00:00:00Z");
    day.setUTCDate(day.getUTCDate() + days);
    while (days && (day.getUTCDay() === 6 || day.getUTCDay() === 0)) day.setUTCDate(day.getUTCDate() + 1);
    return day.toISOString().slice(0, 10);
  }
  function project() {
    var given = typed(["id", "name", "sponsor", "manager", "board", "objective", "start"]);
    var answers = typed(shared["new"].questions.map(function (one) { return one.key; }));
    var starter = shared["new"].starters[fields.tier.read()];
    given.currency = shared["new"].currency;
    return Object.keys(starter).sort().map(function (name) {
      var text = starter[name].replace(/\{\{([a-z]+)(?:\+([0-9]+))?\}\}/g, function (_, hole, days) {
        return hole === "today" ? proposed(given.start, Number(days || 0)) : Y.inline(given[hole], false);
      });
      if (Object.keys(answers).length) {
        text = text.replace(/^tier_answers: \{.*\}$/m, function () { return "tier_answers: " + Y.inline(answers, true); });
      }
      return { path: "projects/" + given.id + "/" + name, text: text };
    });
  }
  function address(file) {
    var host = shared.host.replace(/\/+$/, ""), branch = encodeURIComponent(shared.branch), path = file.path.split("/").map(encodeURIComponent).join("/");
    if (!host) return null;
    if (file.old) return { href: host + { github: "/edit/", gitlab: "/-/edit/", other: "/_edit/" }[shared.host_kind] + branch + "/" + path, text: "Open the file on the host, and paste over it" };
    if (shared.host_kind === "gitlab") return { href: host + "/-/new/" + branch + "?file_name=" + encodeURIComponent(file.path), text: "Open a new file on the host, and paste" };
    var query = "?filename=" + encodeURIComponent(file.path), start = host + (shared.host_kind === "github" ? "/new/" : "/_new/") + branch;
    var whole = start + query + "&value=" + encodeURIComponent(file.text);
    return whole.length < 6000 ? { href: whole, text: "Hand it in on the host" } : { href: start + query, text: "Open a new file on the host, and paste" };
  }
  function results(files, out) {
    out.replaceChildren(make("h2", { text: "Your result", tabindex: "-1", id: "result" }));
    out.append(make("p", { text: files.length === 1 ? "One file. Hand it in, or copy it." : files.length + " files, in one proposal: choose the same new branch for each." }));
    files.forEach(function (file, number) {
      var box = make("textarea", { id: "result-" + number, readonly: true, rows: Math.min(24, file.text.split("\n").length), "aria-label": "Text of " + file.path, spellcheck: "false" });
      box.value = file.text;
      var link = address(file);
      out.append(make("section", { class: "hr-result", "data-path": file.path }, [
        make("h3", { text: file.path + (file.old ? " (there already: the whole new text)" : " (new)") }), box,
        make("p", { class: "hr-card__links" }, [
          link && make("a", { href: link.href, target: "_blank", rel: "noopener noreferrer", text: link.text + " (new window)" }),
          make("button", { type: "button", class: "hr-button", text: "Copy", on: ["click", function (event) {
            box.select();
            var done = function () { event.target.textContent = "Copied"; };
            if (navigator.clipboard) navigator.clipboard.writeText(file.text).then(done, function () { document.execCommand("copy"); done(); });
            else { document.execCommand("copy"); done(); }
          }] }),
          make("button", { type: "button", class: "hr-button", text: "Save as a file", on: ["click", function () {
            var url = URL.createObjectURL(new Blob([file.text], { type: "text/plain" }));
            make("a", { href: url, download: file.path.split("/").pop() }).click();
            setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
          }] }),
        ]),
      ]));
    });
    document.getElementById("result").focus();
  }
  function frame(form, result) {
    var out = make("div", { class: "hr-results" });
    form.setAttribute("novalidate", "");
    form.append(make("button", { type: "submit", class: "hr-button hr-button--main", text: "Make the text" }));
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var first = null;
      Object.keys(fields).forEach(function (key) {
        var one = fields[key], away = one.row && (one.row.hidden || one.row.closest("[hidden]"));
        if (!away && one.check && one.check() && !first) first = one.input;
      });
      if (first) { first.focus(); out.replaceChildren(); return; }
      results(result(), out);
    });
    root.append(form, out);
  }
  function note(text) { return make("p", { class: "hr-note", text: text }); }
  function reportForm() {
    var place = data.report, form = make("form", {});
    if (place.exists) form.append(note("There is a report for " + place.known.as_of + " already; a published report is never changed."));
    form.append(make("section", { class: "hr-said" }, [
      make("h2", { text: "What the figures say: " + (place.colour || "nothing yet") }), make("p", { text: place.why }),
      make("ul", {}, place.dimensions.map(function (one) { return make("li", {}, [make("strong", { text: one[0] + ": " + one[1] + ". " }), one[2]]); })),
    ]));
    var known = Object.assign({}, place.known), trouble = [];
    shared.forms.report.fields.forEach(function (about) {
      if (about.key === "decisions_asked") {
        var box = make("fieldset", { class: "hr-field" }, [make("legend", { text: "A decision you need" })]);
        about.parts.slice(0, 3).forEach(function (part) { add(box, Object.assign({}, part, { required: false }), undefined, part.key); });
        form.append(box);
        trouble.push(box);
        return;
      }
      var one = add(form, about, known[about.key]);
      if (one.row && TROUBLE.indexOf(about.key) >= 0) { trouble.push(one.row); one.row.dataset.why = about.key; }
    });
    function look() {
      var green = fields.status.input.value === "green", better = place.colour === "amber" || place.colour === "red";
      trouble.forEach(function (one) { one.hidden = green && !(better && one.dataset && one.dataset.why === "because"); });
    }
    fields.status.input.addEventListener("change", function () {
      if (fields.status.input.value === "green") fields.because.input.value = "";
      else if (!fields.because.input.value) fields.because.input.value = shown(known.because);
      look();
    });
    look();
    if (place.spent) {
      add(form, { key: "spent", title: "Spent in " + place.month, hint: "The whole month so far, as finance books it. Left empty, nothing changes.", kind: "money", words: "an amount" }, place.spent.now);
    }
    var stones = make("fieldset", { class: "hr-field" }, [make("legend", { text: "When do you expect what is still open?" }),
      make("p", { class: "hr-hint", text: "Only change what has moved." })]);
    place.milestones.forEach(function (one) {
      var row = make("div", { class: "hr-pair" });
      var day = add(row, { key: "forecast-" + one.id, title: one.name + ": forecast", hint: one.planned ? "Approved: " + one.planned : "No day was approved.", kind: "date" }, one.forecast || one.planned, "forecast-" + one.id);
      if (one.why) {
        var why = add(row, { key: "why-" + one.id, title: one.name + ": why it moved", hint: "In a few words.", kind: "text", long: true }, "", "why-" + one.id);
        why.row.hidden = true;
        day.input.addEventListener("input", function () { why.row.hidden = day.input.value === (one.forecast || one.planned); });
      }
      stones.append(row);
    });
    if (place.milestones.length) form.append(stones);
    add(form, { key: "done", title: "Done", hint: "What was finished since the last report.", kind: "text", long: true });
    add(form, { key: "next", title: "Next", hint: "What comes next.", kind: "text", long: true });
    frame(form, report);
  }
  function recordForm() {
    var place = data[word], form = make("form", {});
    if (place.nothing) { root.append(note(place.nothing)); return; }
    if (place.known.changes) {
      form.append(make("section", { class: "hr-said" }, [make("h2", { text: "What would change" }), make("ul", {}, place.known.changes.map(function (one) {
        return make("li", { text: one.item + ", " + one.field + ": " + shown(one.from) + " → " + shown(one.to) });
      }))]));
    }
    shared.forms[word].fields.forEach(function (about) { add(form, about, place.known[about.key]); });
    frame(form, record);
  }
  function projectForm() {
    var form = make("form", {}), known = shared["new"], said = make("p", { class: "hr-note", role: "status" });
    var asked = make("fieldset", { class: "hr-field" }, [make("legend", { text: "How much governance does it need?" })]);
    known.questions.forEach(function (about) { add(asked, about); });
    var rest = make("fieldset", { class: "hr-field" }, [make("legend", { text: "The project" })]);
    form.append(asked, said, rest);
    var plain = function (key, title, hint, more) { return Object.assign({ key: key, title: title, hint: hint, kind: "text", required: true }, more || {}); };
    var pairs = function (ones) { return ones.map(function (one) { return [one, one]; }); };
    add(rest, plain("tier", "Tier", "Follows from the answers; higher is allowed.", { options: pairs(Object.keys(known.starters)) }));
    var name = add(rest, plain("name", "Name", "What people call it."));
    var id = add(rest, plain("id", "Id", "The folder's name: small letters, digits and hyphens. It never changes.", { pattern: "[a-z0-9]+(?:-[a-z0-9]+)*", words: "small letters, digits and hyphens, such as visitor-desk", taken: known.taken }));
    add(rest, plain("sponsor", "Sponsor", "Who wants it and answers for it.", { options: pairs(known.sponsors) }));
    add(rest, plain("manager", "Project manager", "Who leads it day by day.", { options: pairs(known.managers) }));
    add(rest, plain("board", "Board", "A standing board of the policy.", { options: pairs(known.boards) }), known.boards[0]);
    add(rest, plain("objective", "Objective", "The strategic objective it serves.", { options: known.objectives.map(function (one) { return [one[0], one[0] + " " + one[1]]; }) }), known.objectives.length ? known.objectives[0][0] : "");
    add(rest, plain("start", "Start", "The day that the proposed dates count from.", { kind: "date" }), shared.as_of);
    rest.hidden = true;
    asked.addEventListener("input", function () {
      var found = tier();
      rest.hidden = !found;
      said.textContent = found ? "From these answers: a " + found + " project. It starts with " + (Object.keys(known.starters[found]).length === 1 ? "one file." : Object.keys(known.starters[found]).length + " files.") : "";
      if (found) fields.tier.input.value = found;
    });
    var own = false;
    id.input.addEventListener("input", function () { own = true; });
    name.input.addEventListener("input", function () {
      if (!own) id.input.value = name.input.value.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "");
    });
    var check = fields.manager.check;
    fields.manager.check = function () {
      var wrong = check();
      if (wrong || fields.sponsor.read() !== fields.manager.read()) return wrong;
      document.getElementById("f-manager-wrong").textContent = "The sponsor and the project manager must be two different people.";
      return "same";
    };
    frame(form, project);
    root.dataset.ready = "yes";
  }
  function choose(wanted) {
    var select = make("select", { id: "f-project", on: ["change", function () {
      location.search = "?project=" + encodeURIComponent(select.value);
    }] }, [make("option", { value: "", text: "Choose" })].concat(shared.projects.map(function (one) {
      return make("option", { value: one.id, text: one.name, selected: one.id === wanted });
    })));
    root.append(make("div", { class: "hr-field" }, [make("label", { "for": "f-project", text: "Project" }), select]));
  }
  get("forms.json").then(function (found) {
    shared = found;
    if (word === "project") return projectForm();
    var wanted = new URLSearchParams(location.search).get("project") || "";
    choose(wanted);
    if (!wanted) return null;
    if (!shared.projects.some(function (one) { return one.id === wanted; })) { root.append(note("There is no open project of that name here.")); return null; }
    return get("projects/" + wanted + ".json").then(function (one) {
      data = one;
      if (word === "report") reportForm();
      else recordForm();
      root.dataset.ready = "yes";
    });
  }).catch(function () { root.append(note("The form could not be loaded. Try again, or tell the PMO.")); });
})();
