// The only door from the pages to the protocol: its types, and one function each way.
import { type AnyFrame, type MessageMap, type MessageType, decode, encode } from '../../../../protocol/ts/codec.ts';

export type * from '../../../../protocol/ts/codec.ts';

export function to_bytes(type: string, id: Uint8Array | null, body: Record<string, unknown>): Uint8Array {
  return encode(type as MessageType, body as unknown as MessageMap[MessageType], id);
}

/** Null for a frame that this page does not understand. */
export function from_bytes(bytes: Uint8Array): AnyFrame | null {
  const decoded = decode(bytes);
  return decoded.ok ? decoded.frame : null;
}
