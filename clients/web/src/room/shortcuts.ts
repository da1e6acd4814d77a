// The room's keyboard shortcuts. All want Ctrl and Alt, so that no letter typed by chance or spoken by dictation is one.
export type Wanted = 1 | 2 | 3 | 'never_mind' | 'here';

export function shortcut_of(event: { ctrlKey: boolean; altKey: boolean; shiftKey: boolean; code: string }): Wanted | null {
  if (!event.ctrlKey || !event.altKey) return null;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (event.shiftKey) return digit === '3' ? 3 : null;
  switch (digit) {
    case '1': return 1;
    case '2': return 2;
    case '0': return 'never_mind';
    case '9': return 'here';
    default: return null;
  }
}
