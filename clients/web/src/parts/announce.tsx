// Says changes to a screen reader: politely, and assertively only for a new call on a handset. The regions exist from
// the start and only their text changes, as screen readers want it.
import { useEffect, useRef } from 'preact/hooks';

export function Announce({ text, urgent = false }: { text: string; urgent?: boolean }) {
  const region = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (region.current && region.current.textContent !== text) region.current.textContent = text;
  }, [text]);
  return <p ref={region} class="unseen" role={urgent ? 'alert' : 'status'} aria-live={urgent ? 'assertive' : 'polite'} />;
}
