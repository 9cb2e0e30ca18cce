// The browsers that the tests drive: those of the system, installed from the distribution's packages where they are missing.
import { accessSync, constants } from 'node:fs';
import { execute, say } from './run.mjs';

/** @typedef {'chromium' | 'firefox'} BrowserName */

// The headless shell is the same engine without the windows around it, and takes half the time.
/** @type {Record<BrowserName, { title: string, variable: string, packages: string[], places: string[] }>} `packages`: the best first. */
const browsers = {
  chromium: {
    title: 'Chromium',
    variable: 'CHROMIUM_PATH',
    packages: ['chromium-headless-shell', 'chromium'],
    places: [
      '/usr/bin/chromium-headless-shell',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome-stable',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
  },
  firefox: {
    title: 'Firefox ESR',
    variable: 'FIREFOX_PATH',
    packages: ['firefox-esr'],
    places: [
      '/usr/bin/firefox-esr',
      '/usr/lib/firefox-esr/firefox-esr',
      '/usr/bin/firefox',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
    ],
  },
};

const canRun = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * @param {BrowserName} name
 * @returns {string | undefined} the program's path
 */
export function findBrowser(name) {
  const { variable, places } = browsers[name];
  const given = process.env[variable];
  if (given) return canRun(given) ? given : undefined;
  return places.find(canRun);
}

/** The way to run a command as root, or `null`. */
async function asRoot() {
  if (process.getuid?.() === 0) return [];
  const { code } = await execute('sudo', ['-n', 'true'], { quiet: true });
  return code === 0 ? ['sudo', '-n'] : null;
}

/** @param {string[][]} choices for each browser the packages that have it, the best first */
async function installPackages(choices) {
  if (process.platform !== 'linux' || !canRun('/usr/bin/apt-get')) return 'this system has no apt-get';
  const prefix = await asRoot();
  if (!prefix) return 'that needs the rights of root';
  const aptGet = async (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return (await execute(command, rest)).code === 0;
  };
  // Package lists may be older than the packages that the mirror still has.
  await aptGet('update', '-qq');
  const installFirstOf = async (packages) => {
    for (const name of packages) if (await aptGet('install', '-y', '-qq', '--no-install-recommends', name)) return true;
    return false;
  };
  for (const packages of choices) if (!(await installFirstOf(packages))) return 'apt-get could not install them';
  return null;
}

/**
 * Finds the browsers, after installing what is missing.
 * @returns {Promise<{ missing: string[], sentence: string | null }>} what is still missing, and a message about it
 */
export async function ensureBrowsers() {
  const missing = () => Object.keys(browsers).filter((name) => !findBrowser(name));
  const wanted = missing();
  if (wanted.length === 0) return { missing: [], sentence: null };
  const titles = (names) => names.map((name) => browsers[name].title).join(' and ');
  say(`Installing ${titles(wanted)} from the distribution's packages …`);
  const reason = await installPackages(wanted.map((name) => browsers[name].packages));
  const left = missing();
  if (left.length === 0) return { missing: [], sentence: null };
  const packages = left.map((name) => browsers[name].packages.at(-1)).join(' ');
  const variables = left.map((name) => browsers[name].variable).join(' and ');
  const sentence =
    `${titles(left)} is not here and could not be installed${reason ? ` (${reason})` : ''}, so its browser tests cannot run. ` +
    `Install it (Debian: apt-get install ${packages}) or name the program in ${variables}.`;
  return { missing: left, sentence };
}
