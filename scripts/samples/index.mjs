/** Writes the sample traces, and the catalogs of well-known servers, that ship with the app: `node scripts/samples/index.mjs`. The same every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { CATALOG } from './company.mjs';
import { conditionTraces } from './conditions.mjs';
import { tuesday } from './day.mjs';
import { incident } from './incident.mjs';
import { POLICY, recordedThen } from './policy.mjs';
import './server-catalogs.mjs';

const OUT = new URL('../../public/samples/', import.meta.url);

const lines = (calls) => `${calls.map((call) => JSON.stringify(call)).join('\n')}\n`;
const pretty = (value) => `${JSON.stringify(value, null, 2)}\n`;

const recorded = (calls) =>
  calls.map((call) => {
    const decision = recordedThen(call);
    return decision ? { ...call, recorded: decision } : call;
  });

const traces = [
  {
    id: 'acme-tuesday',
    title: 'A Tuesday at Acme',
    about:
      'One working day of four people’s coding agents, two office assistants and a support bot, with what the gateway decided then',
    calls: recorded(tuesday().calls('tue')),
    focus: 'C07ANNOUNCE',
  },
  {
    id: 'acme-incident',
    title: 'An issue with instructions in it',
    about: 'Prompt injection: a public issue talks an agent into posting a password through tools that it may use',
    calls: recorded(incident().calls('inc')),
    focus: 'as asked',
  },
  ...conditionTraces.map(({ id, title, calls }) => ({
    id: `condition-${id}`,
    title,
    about: 'An example of the condition catalog',
    calls,
  })),
];

mkdirSync(OUT, { recursive: true });
for (const { id, calls } of traces) writeFileSync(new URL(`${id}.ndjson`, OUT), lines(calls));
writeFileSync(new URL('acme-catalog.json', OUT), pretty(CATALOG));
writeFileSync(new URL('acme.policy.json', OUT), pretty({ ...POLICY, catalog: CATALOG }));
writeFileSync(
  new URL('index.json', OUT),
  pretty({
    policy: 'acme.policy.json',
    catalog: 'acme-catalog.json',
    traces: traces.map(({ id, title, about, calls, focus }) => ({
      id,
      title,
      about,
      file: `${id}.ndjson`,
      // The other traces are of tools that the sample company has not.
      ...(id.startsWith('acme-') ? { catalog: 'acme-catalog.json' } : {}),
      calls: calls.length,
      focus:
        (focus === undefined ? undefined : calls.find(({ args }) => JSON.stringify(args).includes(focus))?.id) ??
        calls[0]?.id,
    })),
  }),
);
process.stdout.write(`${traces.map(({ id, calls }) => `${id}: ${calls.length} calls`).join('\n')}\n`);
