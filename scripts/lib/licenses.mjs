// The licences and notices of everything that a built site may contain parts of.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

const isNotice = (name) =>
  /^(licen[cs]e|copying|notice|thirdpartynotices)([.-].*)?$/i.test(name) && !/\.(js|ts|json)$/.test(name);

/**
 * The folders of the packages that are shipped: not those for development, nor a platform's own binaries.
 * The styles come from a package that only the build uses.
 * @param {{ packages: Record<string, { dev?: boolean, optional?: boolean, devOptional?: boolean }> }} lock
 */
export function shippedPackages(lock) {
  return Object.entries(lock.packages)
    .filter(
      ([path, entry]) =>
        path !== '' && (path === 'node_modules/tailwindcss' || !(entry.dev || entry.optional || entry.devOptional)),
    )
    .map(([path]) => path)
    .sort();
}

/** @returns {string} one text, a part for each package */
export function thirdPartyLicenses() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const parts = shippedPackages(lock)
    .filter((path) => existsSync(join(root, path)))
    .map((path) => {
      const { name, version, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
      const notices = readdirSync(join(root, path))
        .filter(isNotice)
        .sort()
        .map((file) => readFileSync(join(root, path, file), 'utf8').trim());
      return [`${name} ${version} (${license})`, ...notices].join('\n\n');
    });
  return `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
