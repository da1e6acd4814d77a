// What a page keeps on the device: its credential, the unanswered commands, and how else to get help. One namespace
// for each page and slot, so that a room, a handset and a station can live in one browser without mixing.
import { type Outbox, type Body } from './outbox.ts';

export interface KeyValue {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What the page last knew of its place, shown when the hub can't be reached from the very start. */
export interface Kept {
  label: string;
  site: string;
  help: string;
}

export class Store {
  constructor(private readonly map_: KeyValue, private readonly prefix_: string) {}

  text(name: string): string | null {
    try {
      return this.map_.getItem(this.prefix_ + name);
    } catch {
      return null;
    }
  }

  /** False when the device refuses to keep it (storage full or forbidden): the caller says so. */
  set_text(name: string, value: string | null): boolean {
    try {
      if (value === null) this.map_.removeItem(this.prefix_ + name);
      else this.map_.setItem(this.prefix_ + name, value);
      return true;
    } catch {
      return false;
    }
  }

  bytes(name: string, length: number): Uint8Array | null {
    const text = this.text(name);
    return text !== null && text.length === 2 * length && /^[0-9a-f]+$/.test(text) ? from_hex(text) : null;
  }

  set_bytes(name: string, value: Uint8Array | null): boolean {
    return this.set_text(name, value === null ? null : to_hex(value));
  }

  outbox(): Outbox {
    try {
      const read: unknown = JSON.parse(this.text('outbox') ?? '[]');
      return Array.isArray(read) ? read.filter(is_entry) : [];
    } catch {
      return [];
    }
  }

  set_outbox(outbox: Outbox): boolean {
    const durable = outbox.filter((entry) => entry.durable);
    return this.set_text('outbox', durable.length ? JSON.stringify(durable) : null);
  }

  kept(): Kept | null {
    try {
      const read = JSON.parse(this.text('kept') ?? 'null') as Kept | null;
      return read && typeof read.help === 'string' ? read : null;
    } catch {
      return null;
    }
  }

  set_kept(kept: Kept): void {
    this.set_text('kept', JSON.stringify(kept));
  }
}

function is_entry(value: unknown): value is Outbox[number] {
  const entry = value as { id?: unknown; type?: unknown; body?: unknown; made_at?: unknown } | null;
  return !!entry && typeof entry.id === 'string' && /^[0-9a-f]{32}$/.test(entry.id) && typeof entry.type === 'string' &&
    typeof entry.body === 'object' && typeof entry.made_at === 'number';
}

export function to_hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function from_hex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

export type { Body };
