// The TypeScript codec against the golden vectors, against @msgpack/msgpack, and against values it must refuse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { decode as plain_decode, encode as plain_encode } from "@msgpack/msgpack";
import {
  decode, encode, errors, limits, local_limits, messages, ProtocolError, wire_limits,
  type DeviceView, type ErrorName, type MessageType,
} from "./codec.ts";
import { is_utf8 } from "./strict.ts";

type Parts = string | (Parts | number)[];
interface Known { name: string; local?: boolean; hex: Parts; id: string | null }
interface Valid extends Known { type: MessageType; body: unknown }
interface Refused extends Omit<Valid, "hex"> { error: number; error_name: ErrorName }
interface Invalid extends Known { type: MessageType | null; error: number; error_name: ErrorName }

const path = new URL(import.meta.url.includes("/.build/") ? "../../../vectors/vectors.json" : "../vectors/vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(path, "utf8")) as {
  valid: Valid[]; session: Valid[]; tolerated: Valid[]; refused: Refused[]; invalid: Invalid[];
};

function expand(parts: Parts): string {
  if (typeof parts === "string") return parts;
  const [first, count] = parts;
  if (parts.length === 2 && typeof count === "number") return expand(first as Parts).repeat(count);
  return parts.map((part) => expand(part as Parts)).join("");
}
const from_hex = (parts: Parts): Uint8Array => new Uint8Array(Buffer.from(expand(parts), "hex"));
const to_hex = (bytes: Uint8Array | null): string | null => (bytes ? Buffer.from(bytes).toString("hex") : null);

/** What vectors.json writes as {"$hex"}, {"$text"} and {"$list"} as values. */
function value_of(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(value_of);
  if (typeof json !== "object" || json === null) return json;
  const special = json as { $hex?: Parts; $text?: [string, number]; $list?: [unknown, number] };
  if (special.$hex !== undefined) return from_hex(special.$hex);
  if (special.$text) return special.$text[0].repeat(special.$text[1]);
  if (special.$list) return Array.from({ length: special.$list[1] }, () => value_of(special.$list?.[0]));
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, value_of(item)]));
}

/** Bytes compare by their digits, so that a failure can be read. */
function readable(value: unknown): unknown {
  if (value instanceof Uint8Array) return `h'${to_hex(value)}'`;
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

/** `value` without the empty fields that `said`, the same as a frame holds it, leaves out. */
function as_said(value: unknown, said: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const of = said as Record<string, unknown>;
  if (Array.isArray(value)) return value.map((item, n) => as_said(item, of[n]));
  const empty = (item: unknown): boolean => item === false || item === 0 || (Array.isArray(item) && item.length === 0);
  return Object.fromEntries(Object.entries(value).filter(([key, item]) => key in of || !empty(item)).map(([key, item]) => [key, as_said(item, of[key])]));
}

const limits_of = (vector: { local?: boolean }) => (vector.local ? local_limits : wire_limits);
const encode_any = encode as (type: MessageType, body: unknown, id: Uint8Array | null, limits: typeof wire_limits) => Uint8Array;

function check_decodes(vector: Valid): void {
  const decoded = decode(from_hex(vector.hex), limits_of(vector));
  assert.ok(decoded.ok, `${vector.name}: ${decoded.ok ? "" : decoded.failure.error}`);
  assert.equal(decoded.frame.type, vector.type, vector.name);
  assert.equal(to_hex(decoded.frame.id), vector.id, vector.name);
  assert.deepEqual(readable(decoded.frame.body), readable(value_of(vector.body)), vector.name);
}

describe("golden vectors", () => {
  test("there are vectors for every message and every codec error", () => {
    const types = new Set(vectors.valid.map((v) => v.type));
    for (const type of Object.keys(messages)) assert.ok(types.has(type as MessageType), type);
    const numbers = new Set(vectors.invalid.map((v) => v.error));
    for (let number = 100; number <= 114; ++number) assert.ok(numbers.has(number), String(number));
  });
  test("valid: the bytes decode to the value", () => [...vectors.valid, ...vectors.session].forEach(check_decodes));
  test("valid: the value encodes to the bytes", () => {
    for (const v of [...vectors.valid, ...vectors.session]) {
      const id = v.id === null ? null : from_hex(v.id);
      assert.equal(to_hex(encode_any(v.type, value_of(v.body), id, limits_of(v))), expand(v.hex), v.name);
    }
  });
  test("tolerated: the bytes decode to the value", () => vectors.tolerated.forEach(check_decodes));
  test("invalid: each has its error, and the id and type that can be read", () => {
    for (const v of vectors.invalid) {
      const decoded = decode(from_hex(v.hex), limits_of(v));
      assert.ok(!decoded.ok, v.name);
      const { error, number, id, type } = decoded.failure;
      assert.deepEqual({ error, number, id: to_hex(id), type }, { error: v.error_name, number: v.error, id: v.id, type: v.type }, v.name);
    }
  });
  test("refused: no encoder writes them", () => {
    for (const v of vectors.refused) {
      const id = v.id === null ? null : from_hex(v.id);
      assert.throws(() => encode_any(v.type, value_of(v.body), id, limits_of(v)),
        (error) => error instanceof ProtocolError && error.number === v.error, v.name);
    }
  });
});

describe("beside @msgpack/msgpack", () => {
  test("it reads what we write, and writes what we read", () => {
    for (const v of vectors.valid) {
      const [version, type, id, body] = plain_decode(from_hex(v.hex)) as [number, string, Uint8Array | null, unknown];
      assert.equal(version, 1);
      assert.equal(type, v.type);
      assert.equal(to_hex(id), v.id);
      assert.deepEqual(readable(body), readable(as_said(value_of(v.body), body)), v.name);
      assert.equal(to_hex(plain_encode([1, v.type, id, body])), expand(v.hex), v.name);
    }
  });
});

describe("the codec", () => {
  const id = new Uint8Array(16);
  test("fields may stand in any order in the value: the bytes are in the schema's", () => {
    const a = encode("RaiseCall", { level: 2, pressed_at: 5 }, id);
    const b = encode("RaiseCall", { pressed_at: 5, level: 2 }, id);
    assert.equal(to_hex(a), to_hex(b));
  });
  test("a field that is undefined is absent", () => {
    assert.equal(to_hex(encode("Done", { seq: 1, call: undefined }, id)), to_hex(encode("Done", { seq: 1 }, id)));
  });
  test("half a pair of surrogates is refused", () => {
    assert.throws(() => encode("Goodbye", { reason: "closing", message: "\ud83d" }), { error: "NotUtf8" });
  });
  test("an id has 16 bytes", () => {
    assert.throws(() => encode("Lock", {}, new Uint8Array(15)), { error: "BadId" });
  });
  test("a frame over the limit is refused", () => {
    const device: DeviceView = { device: "d".repeat(32), kind: "room", label: "l".repeat(64), health: "silent", since: 0, faults: [] };
    const devices = Array.from({ length: 256 }, () => device);
    assert.throws(() => encode("Devices", { devices }), { error: "FrameTooLong" });
    assert.ok(encode("Devices", { devices }, null, local_limits).length > limits.frame_bytes_max);
  });
  test("what it returns is the caller's to keep", () => {
    const first = encode("Live", { seq: 1 });
    encode("Live", { seq: 2 });
    assert.equal(to_hex(first), to_hex(encode("Live", { seq: 1 })));
    const bytes = encode("SignOut", {}, id);
    const decoded = decode(bytes);
    bytes.fill(0xff);
    assert.ok(decoded.ok);
    assert.equal(to_hex(decoded.frame.id), "00".repeat(16));
  });
  test("UTF-8 is judged as the platform's strict decoder judges it", () => {
    const strict = new TextDecoder("utf-8", { fatal: true });
    const judge = (bytes: Uint8Array): boolean => {
      try { strict.decode(bytes); return true; } catch { return false; }
    };
    const edges = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff];
    for (const a of edges) for (const b of edges) for (const c of edges) for (const d of edges) {
      const bytes = new Uint8Array([a, b, c, d]);
      assert.equal(is_utf8(bytes, 0, 4), judge(bytes), to_hex(bytes) ?? "");
    }
  });
  test("every error has a number of its own and a sentence", () => {
    const all = Object.values(errors);
    assert.equal(new Set(all.map((e) => e.number)).size, all.length);
    for (const e of all) assert.match(e.text, /^[A-Z0-9].*\.$/);
  });
});
