// Looks through a frame before it is decoded: limits, keys, UTF-8, numbers, the end. @msgpack/msgpack decodes more
// than the wire allows, and this is what it does not refuse. Takes no memory but for the keys of one map at a time.
import { limits as wire, type ErrorName } from "./generated/messages.ts";

export interface Limits {
  readonly bytes: number;
  readonly depth: number;
  readonly array_items: number;
  readonly map_items: number;
  readonly str_bytes: number;
  readonly bin_bytes: number;
}

export const wire_limits: Limits = {
  bytes: wire.frame_bytes_max,
  depth: wire.depth_max,
  array_items: wire.array_items_max,
  map_items: wire.map_items_max,
  str_bytes: wire.str_bytes_max,
  bin_bytes: wire.bin_bytes_max,
};

export const local_limits: Limits = {
  ...wire_limits,
  bytes: wire.local_frame_bytes_max,
  bin_bytes: wire.local_frame_bytes_max,
};

export interface Scan {
  readonly error: ErrorName | null;
  /** Where the items of the outermost array begin and end, as far as they are whole. */
  readonly items: readonly (readonly [from: number, to: number])[];
  /** How many items the outermost array says it has; -1 where it is no array. */
  readonly count: number;
}

class Refusal {
  constructor(readonly name: ErrorName) {}
}
function refuse(name: ErrorName): never {
  throw new Refusal(name);
}

const continues = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF. */
export function is_utf8(bytes: Uint8Array, from: number, to: number): boolean {
  const byte = (at: number): number => (at < to ? (bytes[at] as number) : 0);
  let at = from;
  while (at < to) {
    const lead = byte(at);
    const second = byte(at + 1);
    if (lead < 0x80) at += 1;
    else if (lead < 0xc2 || lead > 0xf4 || !continues(second)) return false;
    else if (lead < 0xe0) at += 2;
    else if (!continues(byte(at + 2))) return false;
    else if (lead < 0xf0) {
      if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return false;
      at += 3;
    } else {
      if (!continues(byte(at + 3)) || (lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return false;
      at += 4;
    }
  }
  return at === to;
}

class Scanner {
  at = 0;
  items: [number, number][] = [];
  count = -1;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array, private readonly limits: Limits) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** One item with all that it holds; returns the text of a string that is a key. */
  item(depth: number, key: boolean): string {
    const head = this.number(1);
    if (head < 0x80 || head >= 0xe0) return this.scalar(key);
    if (head < 0x90) return this.map(head & 0x0f, depth, key);
    if (head < 0xa0) return this.array(head & 0x0f, depth, key);
    if (head < 0xc0) return this.str(head & 0x1f, key);
    switch (head) {
      case 0xc0: case 0xc2: case 0xc3: return this.scalar(key);
      case 0xc4: case 0xc5: case 0xc6: return this.bin(this.number(1 << (head - 0xc4)), key);
      case 0xc7: case 0xc8: case 0xc9: return this.ext(this.number(1 << (head - 0xc7)));
      case 0xca: case 0xcb: this.skip(head === 0xca ? 4 : 8); return refuse("WrongType");
      case 0xcc: case 0xcd: case 0xce: case 0xcf: return this.integer(this.number(1 << (head - 0xcc)), key);
      case 0xd0: case 0xd1: case 0xd2: case 0xd3: return this.integer(this.signed(1 << (head - 0xd0)), key);
      case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8: return this.ext(1 << (head - 0xd4));
      case 0xd9: case 0xda: case 0xdb: return this.str(this.number(1 << (head - 0xd9)), key);
      case 0xdc: case 0xdd: return this.array(this.number(head === 0xdc ? 2 : 4), depth, key);
      case 0xde: case 0xdf: return this.map(this.number(head === 0xde ? 2 : 4), depth, key);
      default: return refuse("BadFrame");
    }
  }

  private skip(bytes: number): number {
    if (bytes > this.bytes.length - this.at) refuse("BadFrame");
    const from = this.at;
    this.at += bytes;
    return from;
  }

  private number(size: number): number {
    const at = this.skip(size);
    if (size === 1) return this.view.getUint8(at);
    if (size === 2) return this.view.getUint16(at);
    if (size === 4) return this.view.getUint32(at);
    return this.view.getUint32(at) * 2 ** 32 + this.view.getUint32(at + 4);
  }

  private signed(size: number): number {
    const at = this.skip(size);
    if (size === 1) return this.view.getInt8(at);
    if (size === 2) return this.view.getInt16(at);
    if (size === 4) return this.view.getInt32(at);
    return this.view.getInt32(at) * 2 ** 32 + this.view.getUint32(at + 4);
  }

  private scalar(key: boolean): string {
    return key ? refuse("WrongType") : "";
  }

  private integer(value: number, key: boolean): string {
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) refuse("OutOfRange");
    return this.scalar(key);
  }

  private ext(size: number): never {
    this.skip(size + 1);
    return refuse("ExtNotAllowed");
  }

  private str(size: number, key: boolean): string {
    const from = this.skip(size);
    if (size > this.limits.str_bytes) refuse("TooLong");
    if (!is_utf8(this.bytes, from, from + size)) refuse("NotUtf8");
    return key ? String.fromCharCode(...this.bytes.subarray(from, from + size)) : "";
  }

  private bin(size: number, key: boolean): string {
    this.skip(size);
    if (size > this.limits.bin_bytes) refuse("TooLong");
    return this.scalar(key);
  }

  private array(size: number, depth: number, key: boolean): string {
    if (depth >= this.limits.depth) refuse("TooDeep");
    if (size > this.limits.array_items) refuse("TooMany");
    this.scalar(key);
    if (depth === 0) this.count = size;
    for (let n = 0; n < size; ++n) {
      const from = this.at;
      this.item(depth + 1, false);
      if (depth === 0 && n < 4) this.items.push([from, this.at]);
    }
    return "";
  }

  private map(size: number, depth: number, key: boolean): string {
    if (depth >= this.limits.depth) refuse("TooDeep");
    if (size > this.limits.map_items) refuse("TooMany");
    this.scalar(key);
    const keys = new Set<string>();
    for (let n = 0; n < size; ++n) {
      keys.add(this.item(depth + 1, true));
      this.item(depth + 1, false);
    }
    if (keys.size !== size) refuse("DuplicateKey");
    return "";
  }
}

export function scan(bytes: Uint8Array, limits: Limits): Scan {
  if (bytes.length > limits.bytes) return { error: "FrameTooLong", items: [], count: -1 };
  const scanner = new Scanner(bytes, limits);
  let error: ErrorName | null = null;
  try {
    scanner.item(0, false);
    if (scanner.at !== bytes.length) error = "TrailingBytes";
  } catch (caught) {
    if (!(caught instanceof Refusal)) throw caught;
    error = caught.name;
  }
  return { error, items: scanner.items, count: scanner.count };
}
