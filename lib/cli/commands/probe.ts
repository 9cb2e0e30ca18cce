import { writeBundle, type Bundle } from '../../bundle';
import { probeBundle, probeInstructions, ProbeLog, probeServer, type Calibration } from '../../reproduce';
import { calibrationWords } from '../../wording';
import { textOption, type CliCommand, type ExitCode } from '../command';
import { UsageError, type CliIo } from '../io';
import { requirePolicy } from '../policy';
import { plain } from '../printable';
import { readTrace, TRACE_HELP, TRACE_OPTIONS, traceOptions } from '../trace';

export const probe: CliCommand = {
  name: 'probe',
  usage: 'LOG | --kit FOLDER [--use FILE | --json] [--format F] [--default FIELD=VALUE]… [--map FILE]',
  summary: 'Measures how a gateway reads what its vendor leaves open: a kit of calls, and what its audit log shows.',
  help: `
  --kit FOLDER          write the kit there, which must exist: \`probe.policy.json\`, \`probe-server.mjs\`, \`probe-kit.md\`

LOG is the audit log after the calls of the kit were made; it is read as a trace is.
${TRACE_HELP}
  --use FILE            print the policy FILE (a bundle, a file with a link in it, or a link) with the readings that were
                        found as the profile of its gateway
  --json                print what was found as one JSON object

The answer is no (exit code 1) where the log has no call of the kit, its rules did not decide, or outcomes contradict every
reading.

  policy probe --kit .
  policy probe audit.ndjson
  policy probe audit.ndjson --use finance.policy.json > calibrated.policy.json`,
  options: { ...TRACE_OPTIONS, kit: { type: 'string' }, use: { type: 'string' }, json: { type: 'boolean' } },
  arity: [0, 1],
  async run([file], values, io) {
    const [folder, policy] = [textOption(values, 'kit'), textOption(values, 'use')];
    if ((folder === undefined) === (file === undefined))
      throw new UsageError('give a log, or `--kit FOLDER` to write the kit');
    if (folder !== undefined) return writeKit(folder, io);
    const options = await traceOptions(values, io);
    const bundle = policy === undefined ? undefined : await requirePolicy(policy, io);
    if (policy !== undefined && bundle === undefined) return 1;
    const log = new ProbeLog();
    const end = await readTrace(file ?? '', options, io, async (calls) => {
      for (const call of calls) log.add(call);
      return Promise.resolve(true);
    });
    const found = await log.calibrate();
    if (bundle !== undefined) await io.json(`${writeBundle(withReadings(bundle, found))}\n`);
    else if (values['json'] === true) await io.json(`${JSON.stringify(found)}\n`);
    const isData = bundle !== undefined || values['json'] === true;
    const lines = linesOf(found);
    if (isData) io.err(...lines);
    else await io.out(...lines);
    return end.ok ? answerOf(found) : 1;
  },
};

async function writeKit(folder: string, io: CliIo): Promise<ExitCode> {
  const files = {
    'probe.policy.json': `${writeBundle(probeBundle())}\n`,
    'probe-server.mjs': probeServer(),
    'probe-kit.md': probeInstructions(),
  };
  const at = folder.replace(/[\\/]+$/, '');
  for (const [name, text] of Object.entries(files)) await io.write(`${at}/${name}`, text);
  io.err(`the kit is in \`${plain(at)}\`: ${Object.keys(files).join(', ')}; \`probe-kit.md\` says how it is used`);
  return 0;
}

const withReadings = (bundle: Bundle, { readings }: Calibration): Bundle => ({
  ...bundle,
  settings: { ...bundle.settings, readings: { ...bundle.settings.readings, ...readings } },
});

function linesOf(found: Calibration): readonly string[] {
  const { found: readings, open, contradictions, control } = calibrationWords(found);
  const lines = [
    ...(control === undefined ? [] : [`${control}.`]),
    ...listed('The gateway follows these readings:', readings),
    ...listed('Not known:', open),
    ...listed('These outcomes contradict every reading:', contradictions),
  ];
  if (found.probed === 0) lines.unshift('The log has no call of the kit.');
  return lines;
}

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  - ${line}`)];

const answerOf = ({ probed, control, contradictions }: Calibration): ExitCode =>
  probed > 0 && control !== 'failed' && contradictions.length === 0 ? 0 : 1;
