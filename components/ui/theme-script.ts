/** Where the chosen theme is kept; absent means the system's. */
export const THEME_KEY = 'policy-playground.theme';

/** Runs before the first paint: storage may be refused, so it must not throw. */
export const THEME_SCRIPT = `(function(){var t;try{t=localStorage.getItem('${THEME_KEY}')}catch(e){}
var d=t==='dark'||(t!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.theme=d?'dark':'light'})()`;
