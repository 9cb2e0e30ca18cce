// What the kernel counts of the processes that draw pages.
import { readdirSync, readFileSync } from 'node:fs';

/** Looks at them again and again. `held` is what the largest of them holds by now, `most` what it ever held, in megabytes. */
export function watchRenderers(profile) {
  const processes = renderersOf(profile);
  if (processes.length === 0) throw new Error('the process that draws the page was not found');
  const watched = { held: 0, most: 0, stop: () => clearInterval(timer) };
  const timer = setInterval(() => {
    watched.held = Math.max(...processes.map(residentMegabytes));
    watched.most = Math.max(watched.most, watched.held);
  }, 250);
  return watched;
}

/** The processes that draw pages, of the browser whose profile this is. */
function renderersOf(profile) {
  const all = readdirSync('/proc').flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const parent = /^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
      return [{ pid, parent, command }];
    } catch {
      // Not a process, or one that has just ended.
      return [];
    }
  });
  const own = new Set(all.filter(({ command }) => command.includes(profile)).map(({ pid }) => pid));
  for (let grown = true; grown;) {
    const more = all.filter(({ pid, parent }) => !own.has(pid) && own.has(parent));
    for (const { pid } of more) own.add(pid);
    grown = more.length > 0;
  }
  return all.filter(({ pid, command }) => own.has(pid) && command.includes('--type=renderer')).map(({ pid }) => pid);
}

/** What the kernel counts of a process, in megabytes. */
function residentMegabytes(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}
