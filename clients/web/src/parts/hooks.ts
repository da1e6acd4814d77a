// How a page's parts follow the link, the clock and the sound.
import { useEffect, useReducer, useState } from 'preact/hooks';
import { now } from '../link/browser.ts';
import type { Link, LinkView } from '../link/link.ts';

export function use_link(link: Link): LinkView {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => link.subscribe(() => again(0)), [link]);
  return link.view;
}

/** Draws again when something with listeners changes. */
export function use_changes(source: { subscribe(listener: () => void): () => void }): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => source.subscribe(() => again(0)), [source]);
}

/** The page's monotonic time, drawn again every `every_ms`. */
export function use_now(every_ms = 500): number {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const id = setInterval(() => again(0), every_ms);
    return () => clearInterval(id);
  }, [every_ms]);
  return now();
}

/** A value that goes back to null after a while. */
export function use_fleeting<T>(for_ms: number): [T | null, (value: T | null) => void] {
  const [value, set] = useState<{ value: T } | null>(null);
  useEffect(() => {
    if (!value) return;
    const id = setTimeout(() => set(null), for_ms);
    return () => clearTimeout(id);
  }, [value, for_ms]);
  return [value ? value.value : null, (next) => set(next === null ? null : { value: next })];
}
