// `npm run bench -- NAME…`: runs benchmarks by name, all of them where none is named.
import { spawnSync } from 'node:child_process';

const BENCHES = {
  cel: 'lib/cel/bench/run.ts',
  engine: 'lib/engine/bench/run.ts',
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length) {
  console.error(`no such benchmark: ${unknown.join(', ')} (there are: ${Object.keys(BENCHES).join(', ')})`);
  process.exit(2);
}
for (const name of wanted.length ? wanted : Object.keys(BENCHES)) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', BENCHES[name]], { stdio: 'inherit' });
  if (status) process.exitCode = status;
}
