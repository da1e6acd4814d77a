// Light or dark: what the device prefers, or what `?theme=` asks for. Named on the root element, for the styles.
export function follow_theme(): void {
  const asked = new URLSearchParams(location.search).get('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const set = () => {
    document.documentElement.dataset['theme'] = asked === 'dark' || asked === 'light' ? asked : dark.matches ? 'dark' : 'light';
  };
  dark.addEventListener('change', set);
  set();
}
