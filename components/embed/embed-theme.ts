import type { EmbedStore } from './embed-store';

/** Keeps the colours of the page as the embed's theme says; `auto` is what the browser reports in the frame. */
export function followTheme(store: EmbedStore): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const { theme } = store.getState();
    document.documentElement.dataset['theme'] = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  };
  apply();
  dark.addEventListener('change', apply);
  store.subscribe(apply);
}
