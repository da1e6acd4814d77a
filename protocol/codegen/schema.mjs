// Reads protocol/schema/attune.json and turns it into the model that the writers in this folder share: every field
// with its parsed type, every message with who may send it. Throws with the name of the place when the schema is
// wrong, so that a typing mistake never reaches a generated file.
import { readFileSync } from "node:fs";

const cpp_keywords = new Set(
  ("alignas alignof and asm auto bool break case catch char class concept const continue default delete do double " +
    "else enum explicit export extern false float for friend goto if inline int long mutable namespace new not " +
    "nullptr operator or private protected public register requires return short signed sizeof static struct " +
    "switch template this throw true try typedef typeid typename union unsigned using virtual void volatile while xor").split(" "),
);
const snake = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const pascal = /^[A-Z][A-Za-z0-9]*$/;

function check_name(where, name, pattern) {
  if (!pattern.test(name)) throw new Error(`${where}: "${name}" is not spelled as names are here`);
  if (cpp_keywords.has(name)) throw new Error(`${where}: "${name}" is a word of C++`);
}

/** "list<str:160>:3?" -> { kind: "list", items: 3, item: { kind: "str", bytes: 160 }, optional: true }. A "~" instead of
 * the "?" makes it `lean`: left out when it is false, 0 or empty, and absent means that. */
export function parse_type(text, named, where) {
  const lean = text.endsWith("~");
  if (!lean) return parse_whole(text, named, where);
  const type = parse_whole(text.slice(0, -1), named, where);
  if (type.optional || !(type.kind in lean_values)) throw new Error(`${where}: "${text}" cannot be left out when it is empty`);
  return { ...type, lean };
}

/** What an absent lean field stands for. */
const lean_values = { bool: false, u53: 0, ms: 0, list: [] };
export const lean_value = (type) => lean_values[type.kind];

function parse_whole(text, named, where) {
  const optional = text.endsWith("?");
  const bare = optional ? text.slice(0, -1) : text;
  const list = /^list<(.+)>:(\d+)$/.exec(bare);
  if (list) return { kind: "list", item: parse_type(list[1], named, where), items: Number(list[2]), optional };
  const sized = /^(str|bin|bytes):(\d+)$/.exec(bare);
  if (sized) return { kind: sized[1], bytes: Number(sized[2]), optional };
  if (["bool", "u53", "ms"].includes(bare)) return { kind: bare, optional };
  if (named.enums.has(bare)) return { kind: "enum", name: bare, optional };
  if (named.structs.has(bare)) return { kind: "struct", name: bare, optional };
  throw new Error(`${where}: "${text}" is no type, or is used before it is declared`);
}

function parse_fields(where, fields, named) {
  const seen = new Set();
  return fields.map(([name, type, doc]) => {
    check_name(`${where}.${name}`, name, snake);
    if (seen.has(name)) throw new Error(`${where}.${name} is there twice`);
    seen.add(name);
    return { name, text: type, type: parse_type(type, named, `${where}.${name}`), doc: doc ?? "" };
  });
}

export function snake_case(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

export function load_schema(path) {
  const raw = JSON.parse(readFileSync(path, "utf8"));
  const named = { enums: new Set(), structs: new Set() };
  const all = new Set();
  const declare = (name) => {
    check_name(name, name, pascal);
    if (all.has(name)) throw new Error(`${name} is declared twice`);
    all.add(name);
  };
  const enums = Object.entries(raw.enums).map(([name, [doc, values]]) => {
    declare(name);
    named.enums.add(name);
    for (const value of Object.keys(values)) check_name(`${name}.${value}`, value, snake);
    return { name, doc, values: Object.entries(values).map(([value, text]) => ({ name: value, doc: text })) };
  });
  const structs = Object.entries(raw.structs).map(([name, [doc, fields]]) => {
    declare(name);
    const parsed = parse_fields(name, fields, named);
    named.structs.add(name);
    return { name, doc, fields: parsed };
  });
  const messages = Object.entries(raw.messages).map(([name, m]) => {
    declare(name);
    check_name(name, snake_case(name), snake);
    if (!["client", "hub", "both"].includes(m.from)) throw new Error(`${name}: from is client, hub or both`);
    return {
      name, doc: m.doc, from: m.from, by: m.by ?? [], answer: m.answer ?? null,
      command: (m.by ?? []).length > 0, fields: parse_fields(name, m.fields, named),
    };
  });
  const devices = raw.enums.DeviceKind[1];
  for (const m of messages) {
    for (const by of m.by) if (!(by in devices)) throw new Error(`${m.name}: ${by} is no DeviceKind`);
    if (m.answer && !(m.answer in raw.messages)) throw new Error(`${m.name}: ${m.answer} is no message`);
  }
  const errors = raw.errors.map(([number, name, text]) => ({ number, name, text }));
  if (new Set(errors.map((e) => e.number)).size !== errors.length) throw new Error("an error number is there twice");
  const limits = Object.entries(raw.limits).map(([name, [value, doc]]) => ({ name, value, doc }));
  return { version: raw.version, subprotocol: raw.subprotocol, envelope: raw.envelope, enums, structs, messages, errors, limits };
}
