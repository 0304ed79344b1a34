// Values to YAML in the house style: the same text that `handrail new` writes (yaml_text.py), letter for letter.
// A number is given as {$n: "48000.50"}, so that its digits stay as they were typed.
(function () {
  "use strict";
  var NOT_PLAIN = /^[\s,[\]{}#&*!|>'"%@`]|^[?-](?:$|[ \t])|:[ \t]|[ \t]#|[\s:-]$/;
  var OTHER = /^(?:~|[Nn]ull|NULL|[Tt]rue|TRUE|[Ff]alse|FALSE|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)?$/;
  var PLAIN_IN_FLOW = /^[\p{L}\p{N}](?:[^\n\r\t]*\S)?$/u;
  var FLOW_MEANING = /[,?:[\]{}]/;
  var KEY_START = /^[\p{L}\p{N}_]/u;
  // the reader refuses them: with these a reviewer sees another text than the machine reads
  var UNSEEN = /[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]/;
  function unseen(text) { return UNSEEN.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "x")); }
  function isPlain(text) { return text.indexOf("\n") < 0 && !NOT_PLAIN.test(text) && !OTHER.test(text); }
  function quoted(text) {
    if (text.indexOf("\n") >= 0 || (text.indexOf("'") >= 0 && text.indexOf('"') < 0)) {
      return '"' + text.replace(/["\\\n\t]/g, function (c) { return { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" }[c]; }) + '"';
    }
    return "'" + text.replace(/'/g, "''") + "'";
  }
  function inline(value, flow) {
    if (value === null || value === undefined) return "null";
    if (typeof value === "boolean") return String(value);
    if (typeof value === "number") return String(value);
    if (Array.isArray(value)) return "[" + value.map(function (one) { return inline(one, true); }).join(", ") + "]";
    if (typeof value === "object") {
      if ("$n" in value) return value.$n;
      return "{" + Object.keys(value).map(function (k) { return key(k, true) + ": " + inline(value[k], true); }).join(", ") + "}";
    }
    return isPlain(value) && (!flow || (PLAIN_IN_FLOW.test(value) && !FLOW_MEANING.test(value))) ? value : quoted(value);
  }
  function key(name, flow) { return isPlain(name) && KEY_START.test(name) && !(flow && FLOW_MEANING.test(name)) ? name : quoted(name); }
  function isMap(value) { return value !== null && typeof value === "object" && !Array.isArray(value) && !("$n" in value); }
  function spaces(n) { return new Array(n + 1).join(" "); }
  function block(value, indent) {
    if (isMap(value) && Object.keys(value).length) {
      return [].concat.apply([], Object.keys(value).map(function (k) { return entry(k, value[k], indent); }));
    }
    if (Array.isArray(value) && value.length) {
      return [].concat.apply([], value.map(function (one) { return item(one, indent); }));
    }
    return null;
  }
  function scalarLines(value, indent) {
    if (typeof value === "string" && value.indexOf("\n") >= 0) {
      var text = value.replace(/\n$/, ""), lines = text.split("\n");
      if (lines[0].slice(0, 1).trim() && lines[lines.length - 1].slice(-1).trim()) {
        return [/\n$/.test(value) ? "|" : "|-", lines.map(function (line) { return line ? spaces(indent) + line : ""; })];
      }
    }
    return [inline(value, false), []];
  }
  function entry(name, value, indent) {
    var lines = block(value, Array.isArray(value) ? indent : indent + 2), start = spaces(indent) + key(name, false) + ":";
    if (lines) return [start].concat(lines);
    var one = scalarLines(value, indent + 2);
    return [start + (one[0] ? " " + one[0] : "")].concat(one[1]);
  }
  function item(value, indent) {
    var lines = block(value, indent + 2);
    if (lines) return [spaces(indent) + "- " + lines[0].slice(indent + 2)].concat(lines.slice(1));
    var one = scalarLines(value, indent + 2);
    return [spaces(indent) + "-" + (one[0] ? " " + one[0] : "")].concat(one[1]);
  }
  window.planYaml = {
    dump: function (value) { return block(value, 0).join("\n") + "\n"; },
    item: item, inline: inline, unseen: unseen
  };
})();
