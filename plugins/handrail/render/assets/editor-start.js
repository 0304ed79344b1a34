// Starts the form editor with our own way to read and write plan files. The editor keeps values by names with dots between
// them, which breaks handles such as j.okafor, and writes whole files anew; here a saved file is the old text with just the
// edited values changed, so that comments, order and everything that no form shows stay as they are.
import * as YAML from "./yaml/index.js";

const WRITE = { indent: 2, indentSeq: false, lineWidth: 0, singleQuote: true, flowCollectionPadding: false };
const DOT = "\u2024"; // looks like a dot in a name and is none to the editor
const SOURCE = "handrail_source";
const sources = [];

const isGroup = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isEmpty = (value) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.every(isEmpty)) ||
  (isGroup(value) && Object.values(value).every(isEmpty));

// Two values say the same; what is empty says the same as what is not there.
function same(a, b) {
  if (isEmpty(a) && isEmpty(b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, i) => same(one, b[i]));
  if (isGroup(a) && isGroup(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
  return a === b;
}

// A value as a form can show it. A shape says what a form needs to know of a field: {fields, short, items, one, yes}.
function shown(value, shape) {
  if (shape && shape.yes && typeof value === "boolean") return value ? "yes" : "no";
  if (shape && shape.items !== undefined) {
    const list = value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
    return list.map((one) => shown(one, shape.items));
  }
  if (shape && shape.short && !isEmpty(value) && !isGroup(value)) return { [shape.short]: value };
  if (Array.isArray(value)) return value.map((one) => shown(one, undefined));
  if (!isGroup(value)) return value;
  const found = {};
  for (const [key, one] of Object.entries(value)) {
    found[key.replaceAll(".", DOT)] = shown(one, shape && shape.fields && shape.fields[key]);
  }
  return found;
}

// What a form gives back, ready to be written: names as they are in the file, nothing empty.
function given(value) {
  if (Array.isArray(value)) return value.filter((one) => !isEmpty(one)).map(given);
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => !isEmpty(one)).map(([key, one]) => [key.replaceAll(DOT, "."), given(one)]),
  );
}

// Every value that differs: [path in the file, old, new]; for items of a list that came or went, one entry for the list.
function differences(old, now, path, found) {
  if (same(old, now)) return found;
  if (isGroup(old) && isGroup(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      differences(old[key], now[key], [...path, key.replaceAll(DOT, ".")], found);
    }
  } else if (Array.isArray(old) && Array.isArray(now) && old.length === now.length) {
    old.forEach((one, index) => differences(one, now[index], [...path, index], found));
  } else {
    found.push([path, old, now]);
  }
  return found;
}

// The value at a path of a document is exchanged for another one; a list keeps the items that are still there.
function put(document, path, old, now) {
  for (let length = 1; length < path.length; length += 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (YAML.isScalar(node) && node.value !== null) return false; // a short form stands there: the whole is written
  }
  const list = document.getIn(path, true);
  if (Array.isArray(old) && Array.isArray(now) && YAML.isSeq(list) && list.items.length === old.length) {
    const left = old.map((one, index) => ({ one, node: list.items[index] }));
    const kept = now.filter((one) => !isEmpty(one)).map((one) => {
      const at = left.findIndex((each) => same(each.one, one) || (isGroup(one) && one.id !== undefined && each.one.id === one.id));
      if (at < 0) return document.createNode(given(one));
      const [taken] = left.splice(at, 1);
      return same(taken.one, one) ? taken.node : document.createNode(given(one));
    });
    list.items.splice(0, list.items.length, ...kept);
    if (kept.length) list.flow = list.flow && list.range !== undefined && kept.every((one) => !YAML.isMap(one) || one.flow);
    return true;
  }
  if (isEmpty(now)) document.deleteIn(path);
  else document.setIn(path, document.createNode(given(now)));
  return true;
}

function changed(source, now) {
  const edits = differences(source.shown, now, [], []);
  let text = source.text;
  const whole = [];
  const plain = [];
  const before = YAML.parseDocument(text);
  for (const edit of edits) {
    const node = before.getIn(edit[0], true);
    const one = YAML.isScalar(node) && !String(node.type).startsWith("BLOCK") && !isEmpty(edit[2]) && typeof edit[2] !== "object";
    (one && !String(edit[2]).includes("\n") && node.range[1] > node.range[0] ? plain : whole).push([...edit, node]);
  }
  // single values are exchanged in place, the last one first, so that every other byte stays
  for (const [, , value, node] of plain.sort((a, b) => b[3].range[0] - a[3].range[0])) {
    text = text.slice(0, node.range[0]) + YAML.stringify(value, WRITE).trimEnd() + text.slice(node.range[1]);
  }
  if (whole.length) {
    const document = YAML.parseDocument(text);
    for (const [path, old, value] of whole) {
      if (!put(document, path, old, value)) put(document, path.slice(0, 1), undefined, now[path[0]]);
    }
    text = document.toString(WRITE);
  }
  const read = shown(YAML.parse(text), source.shape);
  if (!same(read, now)) throw new Error("This change cannot be written without touching other values; make it in the file.");
  return text;
}

function format(shape) {
  return {
    fromFile(text) {
      const value = YAML.parse(text);
      if (!isGroup(value)) return {};
      const source = { text, shape, shown: shown(value, shape) };
      sources.push(source);
      return { ...structuredClone(source.shown), [SOURCE]: String(sources.length - 1) };
    },
    toFile(value) {
      const { [SOURCE]: number, ...now } = JSON.parse(JSON.stringify(value));
      const source = sources[Number(number)];
      return source ? changed(source, now) : YAML.stringify(given(now), WRITE);
    },
  };
}

const shapes = await (await fetch("shapes.json")).json();
for (const [name, shape] of Object.entries(shapes)) {
  window.CMS.registerCustomFormat(name, "yaml", format(shape));
}
window.CMS.init({ config: { ...(await (await fetch("config.json")).json()), load_config_file: false } });
