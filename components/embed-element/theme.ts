/** The theme of the page around an element: the nearest `data-theme`, else its `color-scheme`, else what the system asks for. */
export function themeAround(element: HTMLElement): 'light' | 'dark' {
  const named = element.closest<HTMLElement>('[data-theme]')?.dataset['theme'];
  if (named === 'light' || named === 'dark') return named;
  const scheme = getComputedStyle(element).colorScheme;
  if (scheme === 'light' || scheme === 'dark') return scheme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Calls the listener when the theme of the page may have changed; returns what ends that. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  }
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', listener);
  };
}
