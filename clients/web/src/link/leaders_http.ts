// The three requests of a leader's browser (protocol, section 20): one frame there, one frame back. The session's cookie
// is the browser's alone; no script sees it.
import { type AnyFrame, from_bytes, to_bytes } from './wire.ts';

/** `error` 0: the hub could not be reached, is stopping or busy, or said something that is not a frame. */
export type Asked = { ok: true; frame: AnyFrame } | { ok: false; error: number; message: string; retry_ms?: number };

export type LeaderPath = '/v1/leaders/open' | '/v1/leaders/session';

async function read(response: Response): Promise<Asked> {
  if (response.headers.get('Content-Type') !== 'application/msgpack') return { ok: false, error: 0, message: '' };
  const frame = from_bytes(new Uint8Array(await response.arrayBuffer()));
  if (!frame) return { ok: false, error: 0, message: '' };
  if (frame.type !== 'Rejected') return { ok: true, frame };
  const { error, message, retry_ms } = frame.body;
  if (error === 130 || error === 132) return { ok: false, error: 0, message: '' }; // stopping, or too busy: as if unreached
  return { ok: false, error, message, ...(retry_ms === undefined ? {} : { retry_ms }) };
}

export async function ask(path: LeaderPath, type: string, body: Record<string, unknown>): Promise<Asked> {
  try {
    const bytes = to_bytes(type, null, body) as Uint8Array<ArrayBuffer>;
    return await read(await fetch(path, {
      method: 'POST', credentials: 'same-origin', cache: 'no-store', headers: { 'Content-Type': 'application/msgpack' }, body: bytes,
    }));
  } catch {
    return { ok: false, error: 0, message: '' };
  }
}

/** Ends the session of this browser and takes the cookie back. False: the hub was not reached. */
export async function end_session(): Promise<boolean> {
  try {
    return (await fetch('/v1/leaders/session', { method: 'DELETE', credentials: 'same-origin' })).status === 204;
  } catch {
    return false;
  }
}
