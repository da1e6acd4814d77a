// The codec of the wire for TypeScript: one frame is the array [version, type, id, body]. Checks the same things, in
// the same order and with the same numbers as the C++ codec, and writes the same bytes.
import { Decoder, Encoder } from "@msgpack/msgpack";
import {
  errors, messages, version,
  type ErrorName, type FieldMeta, type MessageMap, type MessageType, type TypeMeta,
} from "./generated/messages.ts";
import { scan, wire_limits, type Limits } from "./strict.ts";

export * from "./generated/messages.ts";
export { local_limits, wire_limits, type Limits } from "./strict.ts";

export interface Frame<K extends MessageType = MessageType> {
  readonly type: K;
  /** 16 bytes, or null. */
  readonly id: Uint8Array | null;
  readonly body: MessageMap[K];
}
/** A frame of any message, told apart by its type. */
export type AnyFrame = { [K in MessageType]: Frame<K> }[MessageType];

/** What is wrong with a frame, and what could be read of it all the same. */
export interface Failure {
  readonly error: ErrorName;
  readonly number: number;
  readonly id: Uint8Array | null;
  readonly type: MessageType | null;
}
export type Decoded = { readonly ok: true; readonly frame: AnyFrame } | { readonly ok: false; readonly failure: Failure };

/** Thrown by encode when a message breaks its own rules: a bug of the caller, or a text that is too long. */
export class ProtocolError extends Error {
  readonly number: number;
  constructor(readonly error: ErrorName, readonly where: string) {
    super(`${error} (${where})`);
    this.name = "ProtocolError";
    this.number = errors[error].number;
  }
}

const id_bytes = 16;
const encoder = new Encoder({ ignoreUndefined: true, initialBufferSize: 512 });
const text_encoder = new TextEncoder();
const text_decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// A map may hold "__proto__" among the fields that are to be ignored; the decoder would throw at it.
const decoder = new Decoder({
  keyDecoder: {
    canBeCached: (bytes: number) => bytes === "__proto__".length,
    decode: (bytes: Uint8Array, from: number, size: number) => {
      const key = text_decoder.decode(bytes.subarray(from, from + size));
      return key === "__proto__" ? "" : key;
    },
  },
});

type Fields = Record<string, unknown>;

function is_map(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

// ---- one value: the same checks in both directions ----

function checked_number(kind: "u53" | "ms", value: unknown, where: string): number {
  if (typeof value !== "number" || !Number.isInteger(value)) throw new ProtocolError("WrongType", where);
  if (!Number.isSafeInteger(value) || (kind === "u53" && value < 0)) throw new ProtocolError("OutOfRange", where);
  return value;
}

function checked_str(bytes_max: number, value: unknown, where: string): string {
  if (typeof value !== "string") throw new ProtocolError("WrongType", where);
  if (value.length > bytes_max || text_encoder.encode(value).length > bytes_max) throw new ProtocolError("TooLong", where);
  if (/\p{Surrogate}/u.test(value)) throw new ProtocolError("NotUtf8", where);
  return value;
}

function checked_bytes(kind: "bin" | "bytes", size: number, value: unknown, where: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new ProtocolError("WrongType", where);
  if (value.length > size) throw new ProtocolError("TooLong", where);
  if (kind === "bin" && value.length !== size) throw new ProtocolError("OutOfRange", where);
  return value;
}

function checked(type: TypeMeta, value: unknown, where: string): unknown {
  switch (type.kind) {
    case "bool":
      if (typeof value !== "boolean") throw new ProtocolError("WrongType", where);
      return value;
    case "u53":
    case "ms":
      return checked_number(type.kind, value, where);
    case "str":
      return checked_str(type.bytes, value, where);
    case "bin":
    case "bytes":
      return checked_bytes(type.kind, type.bytes, value, where);
    case "enum":
      if (typeof value !== "string") throw new ProtocolError("WrongType", where);
      if (!type.values.includes(value)) throw new ProtocolError("OutOfRange", where);
      return value;
    case "list":
      if (!Array.isArray(value)) throw new ProtocolError("WrongType", where);
      if (value.length > type.items) throw new ProtocolError("TooMany", where);
      return value.map((item, n) => checked(type.item, item, `${where}[${n}]`));
    case "struct":
      return checked_fields(type.fields, value, where);
  }
}

const empty_of = { bool: () => false, u53: () => 0, ms: () => 0, list: () => [] as unknown[] };

/** What an absent lean field stands for. */
function lean_value(type: TypeMeta): unknown {
  return type.kind in empty_of ? empty_of[type.kind as keyof typeof empty_of]() : undefined;
}

/** The same without what a frame leaves out. */
function leaned(fields: readonly FieldMeta[], known: Fields): Fields {
  const lean: Fields = {};
  for (const field of fields) {
    const item = known[field.name];
    const empty = item === false || item === 0 || (Array.isArray(item) && item.length === 0);
    if (item !== undefined && !(field.lean && empty)) lean[field.name] = leaned_value(field.type, item);
  }
  return lean;
}

function leaned_value(type: TypeMeta, value: unknown): unknown {
  if (type.kind === "struct") return leaned(type.fields, value as Fields);
  if (type.kind === "list") return (value as unknown[]).map((item) => leaned_value(type.item, item));
  return value;
}

/** A new object with the known fields in the schema's order: that order is what is written. */
function checked_fields(fields: readonly FieldMeta[], value: unknown, where: string): Fields {
  if (!is_map(value)) throw new ProtocolError("WrongType", where);
  const known: Fields = {};
  for (const field of fields) {
    const item = Object.prototype.hasOwnProperty.call(value, field.name) ? value[field.name] : undefined;
    const at = `${where}.${field.name}`;
    if (item !== undefined) known[field.name] = checked(field.type, item, at);
    else if (field.lean) known[field.name] = lean_value(field.type);
    else if (!field.optional) throw new ProtocolError("MissingField", at);
  }
  return known;
}

// ---- frames ----

function is_message_type(name: string): name is MessageType {
  return Object.prototype.hasOwnProperty.call(messages, name);
}

interface Head {
  error: ErrorName | null;
  type: MessageType | null;
  id: Uint8Array | null;
}

/** Version, type and id, as far as the frame is whole. */
function read_head(items: readonly unknown[], count: number): Head {
  const head: Head = { error: null, type: null, id: null };
  const note = (error: ErrorName): void => {
    head.error ??= error;
  };
  if (count !== 4) return { ...head, error: "BadFrame" };
  const [sent_version, type, id] = items;
  if (items.length > 0 && typeof sent_version !== "number") note("WrongType");
  else if (items.length > 0 && sent_version !== version) note("UnknownVersion");
  if (items.length > 1) {
    if (typeof type !== "string") note("WrongType");
    else if (is_message_type(type)) head.type = type;
    else note("UnknownType");
  }
  if (items.length > 2) {
    if (id instanceof Uint8Array && id.length === id_bytes) head.id = id;
    else if (id !== null) note("BadId");
  }
  return head;
}

/** One frame. Unknown fields are left out of what is returned. Never throws. */
export function decode(bytes: Uint8Array, limits: Limits = wire_limits): Decoded {
  const scanned = scan(bytes, limits);
  const items = scanned.items.map(([from, to]) => decoder.decode(bytes.slice(from, to)));
  const head = read_head(items, scanned.count);
  const fail = (error: ErrorName): Decoded => ({
    ok: false,
    failure: { error, number: errors[error].number, id: head.id, type: head.type },
  });
  const broken = scanned.error ?? head.error;
  if (broken || !head.type) return fail(broken ?? "BadFrame");
  const meta = messages[head.type];
  if (meta.command && !head.id) return fail("BadId");
  try {
    const body = checked_fields(meta.fields, items[3], head.type);
    return { ok: true, frame: { type: head.type, id: head.id, body } as unknown as AnyFrame };
  } catch (caught) {
    if (!(caught instanceof ProtocolError)) throw caught;
    return fail(caught.error);
  }
}

/** The bytes of one frame; the caller keeps them. Throws a ProtocolError. */
export function encode<K extends MessageType>(
  type: K, body: MessageMap[K], id: Uint8Array | null = null, limits: Limits = wire_limits,
): Uint8Array<ArrayBuffer> {
  if (id && id.length !== id_bytes) throw new ProtocolError("BadId", type);
  const bytes = encoder.encode([version, type, id, leaned(messages[type].fields, checked_fields(messages[type].fields, body, type))]);
  if (bytes.length > limits.bytes) throw new ProtocolError("FrameTooLong", type);
  return bytes as Uint8Array<ArrayBuffer>;
}
