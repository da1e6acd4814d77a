// Builds the vectors: valid frames (bytes and value are each other's only form), tolerated frames (decode to the
// value, but are not what an encoder writes), refused values (no encoder may write them) and invalid frames (each
// with the number of its error, and the id and type that can still be read).
import { examples, more_examples } from "./examples.mjs";
import { session_frames } from "./session.mjs";
import { lean_value } from "../codegen/schema.mjs";
import { array_head, bin_head, expand, map_head, pack_str, pack_value, str_head, tidy } from "./pack.mjs";

const id = "000102030405060708090a0b0c0d0e0f";
const hex_of = (text) => Buffer.from(text, "utf8").toString("hex");
const run = (count, digits = "61") => [digits, count];

const is_empty = (value) => value === false || value === 0 || (Array.isArray(value) && value.length === 0);

export function build_vectors(schema) {
  const structs = new Map(schema.structs.map((s) => [s.name, s]));
  const enums = new Map(schema.enums.map((e) => [e.name, e]));
  const messages = new Map(schema.messages.map((m) => [m.name, m]));
  const errors = new Map(schema.errors.map((e) => [e.name, e.number]));
  const out = { valid: [], session: [], tolerated: [], refused: [], invalid: [] };

  // ---- values ----
  const ordered = (fields, value) =>
    Object.fromEntries(fields.filter((f) => f.name in value || f.type.lean)
      .map((f) => [f.name, f.name in value ? in_order(f.type, value[f.name]) : lean_value(f.type)]));
  const in_order = (type, value) => {
    if (type.kind === "struct") return ordered(structs.get(type.name).fields, value);
    if (type.kind === "list" && Array.isArray(value)) return value.map((item) => in_order(type.item, item));
    return value;
  };
  // As it is packed: without the lean fields that are empty.
  const packed_fields = (fields, value) =>
    Object.fromEntries(fields.filter((f) => f.name in value && !(f.type.lean && is_empty(value[f.name])))
      .map((f) => [f.name, packed_item(f.type, value[f.name])]));
  const packed_item = (type, value) => {
    if (type.kind === "struct") return packed_fields(structs.get(type.name).fields, value);
    if (type.kind === "list" && Array.isArray(value)) return value.map((item) => packed_item(type.item, item));
    if (type.kind === "list" && value.$list) return { $list: [packed_item(type.item, value.$list[0]), value.$list[1]] };
    return value;
  };
  const sample = (type, pick) => pick[type.kind](type);
  const of_fields = (fields, pick, keep) =>
    Object.fromEntries(fields.filter(keep).map((f) => [f.name, sample(f.type, pick)]));
  const fields_of = (type) => structs.get(type.name).fields;
  const least = {
    bool: () => false, u53: () => 0, ms: () => 0, str: () => "", bin: (t) => ({ $hex: [["00", t.bytes]] }),
    bytes: () => ({ $hex: "" }), list: () => [], enum: (t) => enums.get(t.name).values[0].name,
    struct: (t) => of_fields(fields_of(t), least, (f) => !f.type.optional),
  };
  const most = {
    bool: () => true, u53: () => Number.MAX_SAFE_INTEGER, ms: () => Number.MAX_SAFE_INTEGER,
    str: (t) => ({ $text: ["a", t.bytes] }), bin: (t) => ({ $hex: [["ff", t.bytes]] }), bytes: (t) => ({ $hex: [["ff", t.bytes]] }),
    list: (t) => ({ $list: [sample(t.item, most), t.items] }), enum: (t) => enums.get(t.name).values.at(-1).name,
    struct: (t) => of_fields(fields_of(t), most, () => true),
  };
  // Lists of long texts would not fit the frame: one item each.
  const full = { ...most, bytes: () => ({ $hex: "00ff" }), list: (t) => [sample(t.item, full)], struct: (t) => of_fields(fields_of(t), full, () => true) };

  // ---- frames ----
  const frame = (type, id_parts, body) => ["94", "01", pack_str(type), id_parts, body];
  const id_for = (m) => (m.command || m.name === "Done" || m.name === "Rejected" ? id : null);
  const pack_id = (hex) => (hex === null ? "c0" : "c410" + hex);
  const is_local = (m) => m.by.length === 1 && m.by[0] === "local";
  const local_only = new Set(schema.messages.filter(is_local).map((m) => m.answer));
  const local = (m) => (is_local(m) || (local_only.has(m.name) && m.name !== "Done") ? { local: true } : {});

  const valid = (name, type, value, with_id) => {
    const m = messages.get(type);
    const body = ordered(m.fields, value);
    const sent_id = with_id === undefined ? id_for(m) : with_id;
    out.valid.push({ name, type, id: sent_id, body, ...local(m), hex: tidy(frame(type, pack_id(sent_id), pack_value(packed_fields(m.fields, body)))) });
  };
  const tolerated = (name, type, body, parts) => {
    out.tolerated.push({ name, type, id: null, body, hex: tidy(parts) });
  };
  const refused = (name, type, body, error) => {
    out.refused.push({ name, type, id: id_for(messages.get(type)), body, ...local(messages.get(type)), error: errors.get(error), error_name: error });
  };
  const invalid = (name, error, parts, known = {}) => {
    out.invalid.push({ name, error: errors.get(error), error_name: error, id: known.id ?? null, type: known.type ?? null, ...(known.local ? { local: true } : {}), hex: tidy(parts) });
  };
  const invalid_body = (name, error, type, body) => {
    const m = messages.get(type);
    invalid(name, error, frame(type, pack_id(id_for(m)), body), { id: id_for(m), type, ...local(m) });
  };

  for (const step of session_frames) {
    const { fields } = messages.get(step.type);
    const body = ordered(fields, step.body);
    const name = `session, ${step.who} ${out.session.length + 1}`;
    out.session.push({ name, ...step, body, hex: tidy(frame(step.type, pack_id(step.id), pack_value(packed_fields(fields, body)))) });
  }

  const tools = { schema, structs, enums, messages, least, most, full, sample, ordered, of_fields, frame, pack_id, id_for, valid, tolerated, refused, invalid, invalid_body };
  valid_messages(tools);
  valid_numbers(tools);
  tolerated_frames(tools);
  invalid_fields(tools);
  invalid_frames(tools);
  invalid_heads(tools);
  return out;
}

function valid_messages({ schema, messages, least, most, full, of_fields, sample, valid }) {
  for (const m of schema.messages) valid(`${m.name}`, m.name, examples[m.name]);
  for (const [type, what, body] of more_examples) valid(`${type}, ${what}`, type, body);
  for (const m of schema.messages) {
    if (m.fields.length === 0) continue;
    valid(`${m.name}, required fields alone, each at its least`, m.name, of_fields(m.fields, least, (f) => !f.type.optional));
    valid(`${m.name}, all fields, each at its longest`, m.name, of_fields(m.fields, full, () => true));
  }
  valid("Hello with an id", "Hello", examples.Hello, "ff".repeat(16));
  // Every value of every enum, and every list at its limit, in the first message that can carry it.
  const path_to = (fields, wanted) => {
    for (const f of fields) {
      if (wanted(f.type)) return [f];
      if (f.type.kind === "list" && wanted(f.type.item)) return [f];
      const name = f.type.kind === "struct" ? f.type.name : f.type.kind === "list" && f.type.item.kind === "struct" ? f.type.item.name : null;
      const inner = name && path_to(schema.structs.find((s) => s.name === name).fields, wanted);
      if (inner) return [f, ...inner];
    }
    return null;
  };
  const carry = (m, path, value) => {
    const place = (fields, [f, ...rest]) => {
      const body = of_fields(fields, least, (g) => !g.type.optional || g === f);
      const inner = f.type.kind === "list" ? f.type.item : f.type;
      const item = rest.length ? place(schema.structs.find((s) => s.name === inner.name).fields, rest) : value;
      body[f.name] = f.type.kind === "list" ? [item] : item;
      return body;
    };
    return place(m.fields, path);
  };
  for (const e of schema.enums) {
    const wanted = (type) => type.kind === "enum" && type.name === e.name;
    const m = schema.messages.find((candidate) => path_to(candidate.fields, wanted));
    if (!m) continue;
    for (const v of e.values) valid(`${m.name}, ${e.name} ${v.name}`, m.name, carry(m, path_to(m.fields, wanted), v.name));
  }
  for (const m of schema.messages) {
    for (const f of m.fields.filter((g) => g.type.kind === "list" && g.type.item.kind !== "struct")) {
      const body = of_fields(m.fields, least, (g) => !g.type.optional);
      valid(`${m.name}, ${f.name} with as many items as allowed`, m.name, { ...body, [f.name]: sample(f.type, most) });
    }
  }
  for (const type of ["Children", "Places", "Staff"]) {
    const f = messages.get(type).fields.find((g) => g.type.kind === "list");
    const item = sample(f.type.item, least);
    const body = of_fields(messages.get(type).fields, least, () => true);
    valid(`${type} with as many items as allowed`, type, { ...body, [f.name]: { $list: [item, f.type.items] } });
  }
}

function valid_numbers({ valid }) {
  for (const n of [0, 1, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296, 9007199254740991])
    valid(`u53 ${n}`, "Live", { seq: n });
  for (const n of [0, 127, 128, -1, -32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649, -9007199254740991])
    valid(`ms ${n}`, "RaiseCall", { level: 1, pressed_at: n });
  for (const n of [0, 1, 31, 32, 33, 63, 64])
    valid(`a text of ${n} bytes`, "Hello", { credential: { $hex: [["07", 32]] }, last_seq: 0, app: { $text: ["x", n] } });
  for (const [what, text] of [["two bytes a letter", "éß"], ["three", "漢字"], ["four", "🙂"], ["the last of all", "\u{10ffff}"], ["zero", "\u0000"], ["a byte order mark", "\ufeffa"], ["around the surrogates", "\ud7ff\ue000"]])
    valid(`UTF-8, ${what}`, "Hello", { credential: { $hex: [["07", 32]] }, last_seq: 0, app: text });
  valid("a text of 64 bytes in 32 letters", "Hello", { credential: { $hex: [["07", 32]] }, last_seq: 0, app: { $text: ["é", 32] } });
  for (const n of [1, 255, 256, 16384])
    valid(`a file of ${n} bytes`, "ImportDirectory", { files: [{ name: "a", text: { $hex: [["2c", n]] } }], apply: true });
}

// Live {seq: 7} with other forms of the same, or with more than it needs.
function tolerated_frames({ messages, ordered, frame, tolerated }) {
  const live = (body) => frame("Live", "c0", body);
  const seven = { seq: 7 };
  const seq = pack_str("seq");
  for (const [what, digits] of [["uint8", "cc07"], ["uint16", "cd0007"], ["uint32", "ce00000007"], ["uint64", "cf0000000000000007"], ["int8", "d007"], ["int16", "d10007"], ["int32", "d200000007"], ["int64", "d30000000000000007"]])
    tolerated(`a number as ${what}`, "Live", seven, live(["81", seq, digits]));
  tolerated("a key as str8", "Live", seven, live(["81", "d903736571", "07"]));
  tolerated("a key as str32", "Live", seven, live(["81", "db00000003736571", "07"]));
  tolerated("a map as map16", "Live", seven, live(["de0001", seq, "07"]));
  tolerated("a map as map32", "Live", seven, live(["df00000001", seq, "07"]));
  tolerated("the envelope as array16", "Live", seven, ["dc0004", "01", pack_str("Live"), "c0", "81", seq, "07"]);
  tolerated("the envelope as array32", "Live", seven, ["dd00000004", "01", pack_str("Live"), "c0", "81", seq, "07"]);
  tolerated("the type as str8", "Live", seven, ["94", "01", "d904" + hex_of("Live"), "c0", "81", seq, "07"]);
  tolerated("the version as uint8", "Live", seven, ["94", "cc01", pack_str("Live"), "c0", "81", seq, "07"]);
  const extra = (value) => live(["82", pack_str("later"), value, seq, "07"]);
  tolerated("an unknown field", "Live", seven, extra("c3"));
  tolerated("an unknown field that is nil", "Live", seven, extra("c0"));
  tolerated("an unknown field with a map in it", "Live", seven, extra(["81", pack_str("a"), "93c0c2a0"]));
  tolerated("an unknown field named __proto__", "Live", seven, live(["82", pack_str("__proto__"), "80", seq, "07"]));
  tolerated("an unknown field with an empty name", "Live", seven, live(["82", "a0", "01", seq, "07"]));
  tolerated("fields in another order", "DeviceChanged", { seq: 1, device: { device: "d", kind: "room", label: "", health: "silent", since: 0, faults: [] } },
    frame("DeviceChanged", "c0", ["82", pack_str("device"), pack_value({ faults: [], since: 0, health: "silent", label: "", kind: "room", device: "d" }), seq, "01"]));
  const card = ordered(messages.get("CallChanged").fields, examples.CallChanged);
  tolerated("fields that need not be said, said", "CallChanged", card, frame("CallChanged", "c0", pack_value(card)));
  // Each limit, just reached.
  tolerated("depth 8", "Live", seven, extra(["9191919191", "90"]));
  tolerated("256 items", "Live", seven, extra([array_head(256), run(256, "00")]));
  tolerated("64 entries", "Live", seven, live([map_head(64), ...Array.from({ length: 63 }, (_, n) => [pack_str(`k${n}`), "c2"]), seq, "07"]));
  tolerated("a string of 4096 bytes", "Live", seven, extra([str_head(4096), run(4096)]));
  tolerated("a binary of 16384 bytes", "Live", seven, extra([bin_head(16384), run(16384, "00")]));
  tolerated("a frame of 32768 bytes", "Live", seven, full_frame(live, seq, 32768));
}

/** Live {seq: 7} with two unknown binaries that make it `size` bytes long. */
function full_frame(live, seq, size) {
  const with_rest = (rest) => live(["83", pack_str("a"), bin_head(16384), run(16384, "00"), pack_str("b"), bin_head(rest), run(rest, "00"), seq, "07"]);
  const spare = size - expand(with_rest(16000)).length / 2;
  return with_rest(16000 + spare);
}

function invalid_fields(tools) {
  const { schema, structs, least, of_fields, refused, invalid_body } = tools;
  const wrong = { bool: "07", u53: "c3", ms: "a131", str: "07", bin: "a161", bytes: "a161", list: "80", enum: "07", struct: "90" };
  const wrong_value = { bool: 7, u53: true, ms: "1", str: 7, bin: "a", bytes: "a", list: {}, enum: 7, struct: [] };
  const too_much = (type) => {
    if (type.kind === "str") return [[["TooLong", { $text: ["a", type.bytes + 1] }, "one byte too long"]], []];
    if (type.kind === "bytes") return [[["TooLong", { $hex: [["00", type.bytes + 1]] }, "one byte too long"]], []];
    if (type.kind === "bin") return [[["TooLong", { $hex: [["00", type.bytes + 1]] }, "one byte too long"], ["OutOfRange", { $hex: [["00", type.bytes - 1]] }, "one byte short"]], []];
    if (type.kind === "list") {
      const item = type.item.kind === "struct" ? of_fields(structs.get(type.item.name).fields, least, (f) => !f.type.optional) : least[type.item.kind](type.item);
      return [type.items < 256 ? [["TooMany", { $list: [item, type.items + 1] }, "one item too many"]] : [], []];
    }
    if (type.kind === "enum") return [[["OutOfRange", "no_such_name", "no name of the enum"], ["OutOfRange", "", "empty"]], []];
    if (type.kind === "u53") return [[["OutOfRange", -1, "below zero"]], [["OutOfRange", "cf0020000000000000", "2^53"], ["OutOfRange", "cfffffffffffffffff", "2^64 - 1"], ["WrongType", "cb4000000000000000", "the float 2.0"]]];
    if (type.kind === "ms") return [[], [["OutOfRange", "cf0020000000000000", "2^53"], ["OutOfRange", "d3ffe0000000000000", "-2^53"], ["WrongType", "ca3f800000", "the float 1.0"]]];
    return [[], []];
  };
  const each = (fields, message, around, path) => {
    const base = of_fields(fields, least, (f) => !f.type.optional);
    for (const f of fields) {
      const name = `${path}.${f.name}`;
      const packed = (parts) => {
        const keys = fields.filter((g) => !g.type.optional || g === f);
        return [map_head(keys.length), ...keys.flatMap((g) => [pack_str(g.name), g === f ? parts : pack_value(base[g.name])])];
      };
      if (!f.type.optional && !f.type.lean) {
        const { [f.name]: gone, ...rest } = base;
        void gone;
        invalid_body(`${name} is missing`, "MissingField", message.name, around.packed(pack_value(rest)));
        refused(`${name} is missing`, message.name, around.value(rest), "MissingField");
      }
      invalid_body(`${name} is of the wrong type`, "WrongType", message.name, around.packed(packed(wrong[f.type.kind])));
      invalid_body(`${name} is nil`, "WrongType", message.name, around.packed(packed("c0")));
      refused(`${name} is of the wrong type`, message.name, around.value(ordered_with(fields, base, f, wrong_value[f.type.kind])), "WrongType");
      const [values, raws] = too_much(f.type);
      for (const [error, value, what] of values) {
        invalid_body(`${name}: ${what}`, error, message.name, around.packed(packed(pack_value(value))));
        refused(`${name}: ${what}`, message.name, around.value(ordered_with(fields, base, f, value)), error);
      }
      for (const [error, parts, what] of raws) invalid_body(`${name}: ${what}`, error, message.name, around.packed(packed(parts)));
      if (f.type.kind === "list" && f.type.item.kind !== "struct") {
        invalid_body(`${name}: an item of the wrong type`, "WrongType", message.name, around.packed(packed(["91", wrong[f.type.item.kind]])));
        for (const [error, value, what] of too_much(f.type.item)[0])
          invalid_body(`${name}: an item with ${what}`, error, message.name, around.packed(packed(["91", pack_value(value)])));
      }
    }
  };
  for (const m of schema.messages) each(m.fields, m, { packed: (p) => p, value: (v) => v }, m.name);
  // Each struct once, inside the first message that holds it.
  const held = new Set();
  for (const m of schema.messages) {
    for (const f of m.fields) {
      const list = f.type.kind === "list";
      const inner = list ? f.type.item : f.type;
      if (inner.kind !== "struct" || held.has(inner.name)) continue;
      held.add(inner.name);
      const base = of_fields(m.fields, least, (g) => !g.type.optional && g !== f);
      const keys = m.fields.filter((g) => !g.type.optional || g === f);
      each(structs.get(inner.name).fields, m, {
        packed: (p) => [map_head(keys.length), ...keys.flatMap((g) => [pack_str(g.name), g === f ? (list ? ["91", p] : p) : pack_value(base[g.name])])],
        value: (v) => ordered_with(m.fields, base, f, list ? [v] : v),
      }, `${m.name}.${f.name}`);
    }
  }
}

function ordered_with(fields, base, field, value) {
  return Object.fromEntries(fields.filter((g) => g === field || g.name in base).map((g) => [g.name, g === field ? value : base[g.name]]));
}

function invalid_frames({ frame, invalid }) {
  const live = (body) => frame("Live", "c0", body);
  const seq = pack_str("seq");
  const good = ["81", seq, "07"];
  const known = { type: "Live" };
  const extra = (value) => live(["82", pack_str("later"), value, seq, "07"]);

  invalid("nothing at all", "BadFrame", "");
  invalid("the byte that MessagePack never uses", "BadFrame", "c1");
  invalid("that byte in a field", "BadFrame", extra("c1"), known);
  for (const [what, digits] of [["nil", "c0"], ["a number", "07"], ["a string", "a3616263"], ["a map", "80"], ["an empty array", "90"]]) invalid(`not an array but ${what}`, "BadFrame", digits);
  invalid("three items", "BadFrame", ["93", "01", pack_str("Live"), "c0"]);
  invalid("five items", "BadFrame", ["95", "01", pack_str("Live"), "c0", good, "c0"]);
  const whole = expand(live(good));
  for (let cut = 1; cut < whole.length / 2; ++cut) {
    const bytes = whole.slice(0, cut * 2);
    invalid(`cut short after ${cut} of ${whole.length / 2} bytes`, "BadFrame", bytes, cut >= 7 ? known : {});
  }
  for (const [what, digits] of [["str8", "d905"], ["str16", "da0005"], ["str32", "dbffffffff"], ["bin8", "c405"], ["bin16", "c50005"], ["bin32", "c6ffffffff"], ["uint64", "cf"], ["fixext", "d501"], ["float64", "cb"]])
    invalid(`ends inside a ${what}`, "BadFrame", ["94", "01", pack_str("Live"), "c0", "81", seq, digits, "00"], known);
  invalid("an array of more items than there are bytes", "BadFrame", ["94", "01", pack_str("Live"), "c0", "82", seq, "dc0100", "00"], known);
  invalid("an array that claims 2^32 - 1 items", "TooMany", ["94", "01", pack_str("Live"), "c0", "81", seq, "ddffffffff"], known);
  invalid("a map that claims 2^32 - 1 entries", "TooMany", ["94", "01", pack_str("Live"), "c0", "81", seq, "dfffffffff"], known);

  invalid("a frame of 32769 bytes", "FrameTooLong", full_frame(live, seq, 32769));
  invalid("a long run of zeroes", "FrameTooLong", run(40000, "00"));
  invalid("depth 9", "TooDeep", extra(["919191919191", "90"]), known);
  invalid("depth 9, maps", "TooDeep", extra([run(6, "81a161"), "80"]), known);
  invalid("20000 arrays in each other", "TooDeep", run(20000, "91"));
  invalid("257 items", "TooMany", extra([array_head(257), run(257, "00")]), known);
  invalid("65 entries", "TooMany", live([map_head(65), ...Array.from({ length: 64 }, (_, n) => [pack_str(`k${n}`), "c2"]), seq, "07"]), known);
  invalid("a string of 4097 bytes", "TooLong", extra([str_head(4097), run(4097)]), known);
  invalid("a binary of 16385 bytes", "TooLong", extra([bin_head(16385), run(16385, "00")]), known);

  for (const [what, digits] of [["a lone continuation", "80"], ["an overlong slash", "c0af"], ["an overlong zero", "c080"], ["an overlong three", "e08080"], ["an overlong four", "f0808080"], ["a surrogate", "eda080"], ["the last surrogate", "edbfbf"], ["above the last", "f4908080"], ["f5", "f5808080"], ["ff", "ff"], ["cut after two of three", "e282"], ["cut after three of four", "f09f99"], ["a broken two", "c241"], ["after much ASCII", "6161616161616161616161616161616161e2"]])
    invalid(`not UTF-8: ${what}`, "NotUtf8", extra(str_head(digits.length / 2) + digits), known);
  invalid("not UTF-8 in a key", "NotUtf8", live(["82", "a1ff", "c0", seq, "07"]), known);
  invalid("not UTF-8 in the type", "NotUtf8", ["94", "01", "a1ff", "c0", good]);

  invalid("a key twice", "DuplicateKey", live(["82", seq, "07", seq, "07"]), known);
  invalid("a key twice, in two forms", "DuplicateKey", live(["82", seq, "07", "d903736571", "08"]), known);
  invalid("a key twice, far apart", "DuplicateKey", live([map_head(20), seq, "07", ...Array.from({ length: 18 }, (_, n) => [pack_str(`k${n}`), "c2"]), seq, "07"]), known);
  invalid("a key twice, in a map within", "DuplicateKey", extra(["82", "a161", "c2", "a161", "c3"]), known);
  invalid("one byte too many", "TrailingBytes", [live(good), "00"], known);
  invalid("the frame twice", "TrailingBytes", [live(good), live(good)], known);
  for (const [what, digits] of [["fixext 1", "d40100"], ["fixext 16", "d801" + "00".repeat(16)], ["ext 8", "c70001"], ["ext 16", "c8000101ff"], ["ext 32", "c90000000101ff"], ["a timestamp", "d6ff00000000"]])
    invalid(`an extension: ${what}`, "ExtNotAllowed", extra(digits), known);
  invalid("an extension for a frame", "ExtNotAllowed", "d40100");

  for (const [what, digits] of [["a number", "07"], ["a negative number", "ff"], ["nil", "c0"], ["a binary", "c40161"], ["an array", "90"], ["a map", "80"], ["a bool", "c3"]])
    invalid(`a key that is ${what}`, "WrongType", live(["82", digits, "c0", seq, "07"]), known);
  invalid("a float in an unknown field", "WrongType", extra("ca3f800000"), known);
  invalid("an integer above 2^53 - 1 in an unknown field", "OutOfRange", extra("cf0020000000000000"), known);
  invalid("an integer below -(2^53 - 1) in an unknown field", "OutOfRange", extra("d3ffe0000000000000"), known);
  invalid("a body that is an array", "WrongType", live("90"), known);
  invalid("a body that is nil", "WrongType", live("c0"), known);
}

function invalid_heads({ schema, frame, invalid, least, of_fields }) {
  const good = ["81", pack_str("seq"), "07"];
  const live = pack_str("Live");
  for (const [what, digits] of [["0", "00"], ["2", "02"], ["-1", "ff"], ["2^53 - 1", "cf001fffffffffffff"]]) invalid(`version ${what}`, "UnknownVersion", ["94", digits, live, "c410" + id, good], { type: "Live", id });
  for (const [what, digits] of [["nil", "c0"], ["a string", "a131"], ["an array", "9101"]]) invalid(`the version is ${what}`, "WrongType", ["94", digits, live, "c410" + id, good], { type: "Live", id });
  for (const name of ["", "live", "NoSuchMessage", "Live ", "hasOwnProperty", "__proto__", "x".repeat(33)]) invalid(`type "${name}"`, "UnknownType", ["94", "01", pack_str(name), "c410" + id, good], { id });
  for (const [what, digits] of [["nil", "c0"], ["a number", "01"], ["a binary", "c4044c697665"]]) invalid(`the type is ${what}`, "WrongType", ["94", "01", digits, "c410" + id, good], { id });
  for (const [what, digits] of [["15 bytes", "c40f" + id.slice(2)], ["17 bytes", "c411" + id + "00"], ["no bytes", "c400"], ["a string", "d910" + "61".repeat(16)], ["a number", "07"], ["an array", "9107"]])
    invalid(`an id of ${what}`, "BadId", ["94", "01", live, digits, good], { type: "Live" });
  for (const m of schema.messages.filter((m) => m.command))
    invalid(`${m.name} without an id`, "BadId", frame(m.name, "c0", pack_value(of_fields(m.fields, least, (f) => !f.type.optional))), { type: m.name });
  invalid("an unknown version and an unknown type: the first counts", "UnknownVersion", ["94", "02", pack_str("Nope"), "c410" + id, good], { id });
}
