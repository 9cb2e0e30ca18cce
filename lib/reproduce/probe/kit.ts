/**
 * The probe kit: a policy and calls whose outcomes separate the readings of what the vendor leaves open (docs/semantics.md, "Gateway
 * profile"). No call changes anything: the tools are those of a small server that only answers.
 */
import { bundleOf, type Bundle } from '../../bundle';
import { callId, fillPolicy, ruleId, type Call, type JsonObject, type Policy, type ProfileReading } from '../../engine';

/** The slug under which the server of the kit is known to the gateway. */
export const PROBE_RESOURCE = 'policy-probe';

/** One call of the kit, by the name of its tool. */
export interface Probe {
  readonly tool: string;
  readonly args: JsonObject;
  /** The readings on which its outcome depends; a control depends on none. */
  readonly about: readonly ProfileReading[];
}

/** The bits of an offset of the gateway's clock from UTC, in quarters of an hour from -12:00, which counts as 1. */
export const ZONE_BITS = [1, 2, 4, 8, 16, 32, 64] as const;
export const zoneTool = (bit: number): string => `probe_zone_${String(bit)}`;

export const PROBES: readonly Probe[] = [
  { tool: 'probe_allowed', args: {}, about: [] },
  { tool: 'probe_denied', args: {}, about: [] },
  { tool: 'probe_facet', args: {}, about: ['facet-or'] },
  { tool: 'probe_case', args: {}, about: ['case'] },
  { tool: 'probe_case_name', args: {}, about: ['case'] },
  { tool: 'probe_star/deep', args: {}, about: ['star'] },
  { tool: 'probe_error', args: {}, about: ['error-skips'] },
  { tool: 'probe_text', args: { text: 'closed' }, about: ['non-boolean', 'error-skips'] },
  { tool: 'probe_gate', args: { text: 'closed' }, about: ['gatedWhenFalse'] },
  { tool: 'probe_text_gate', args: { text: 'closed' }, about: ['non-boolean', 'error-skips', 'gatedWhenFalse'] },
  { tool: 'probe_number', args: { n: 7 }, about: ['numbers'] },
  ...ZONE_BITS.map((bit): Probe => ({ tool: zoneTool(bit), args: { bit }, about: ['time-zone'] })),
];

/** Minutes of the local clock less those of UTC, of which the day of the week says whether they are of another day. */
const OFFSET = [
  '((request.time.getDayOfWeek() - request.time.getDayOfWeek("UTC") + 8) % 7 - 1) * 1440',
  '(request.time.getHours() - request.time.getHours("UTC")) * 60',
  'request.time.getMinutes() - request.time.getMinutes("UTC")',
].join(' + ');

type ProbeRule = readonly [
  id: string,
  effect: 'allow' | 'deny' | 'gated',
  tools: readonly string[],
  condition?: string,
];

const RULES: readonly ProbeRule[] = [
  ['control', 'allow', ['probe_allowed']],
  ['facet', 'allow', ['probe_facet']],
  ['case-pattern', 'allow', ['PROBE_CASE']],
  ['case-name', 'allow', ['probe_case_name']],
  ['star', 'allow', ['probe_star*']],
  ['error', 'deny', ['probe_error'], 'request.args.absent == "x"'],
  ['non-boolean', 'deny', ['probe_text'], 'request.args.text'],
  ['gate', 'gated', ['probe_gate'], 'request.args.text == "open"'],
  ['non-boolean-gate', 'gated', ['probe_text_gate'], 'request.args.text'],
  ['number', 'allow', ['probe_number'], 'type(request.args.n) == int'],
  ['zone', 'allow', ZONE_BITS.map(zoneTool), `((${OFFSET} + 735) / 15) / int(request.args.bit) % 2 == 1`],
  ['passed', 'allow', ['probe_error', 'probe_text', 'probe_gate', 'probe_text_gate']],
  ['rest', 'deny', PROBES.map(({ tool }) => tool)],
];

/** The resources of the rules that do not name the server alone. */
const OTHER_RESOURCES: Readonly<Record<string, readonly string[]>> = {
  facet: [PROBE_RESOURCE, `${PROBE_RESOURCE}-other`],
  'case-name': ['Policy-Probe'],
};

/** The policy of the kit: each call is decided by one of its rules, or by the default. */
export function probePolicy(): Policy {
  return fillPolicy({
    rules: RULES.map(([id, effect, tools, condition]) => ({
      id: ruleId(`probe-${id}`),
      name: `Probe: ${id.replaceAll('-', ' ')}`,
      effect,
      scope: { resources: OTHER_RESOURCES[id] ?? [PROBE_RESOURCE] },
      tools,
      condition: condition ?? null,
    })),
  });
}

/** The kit as a bundle: its rules, and its calls as the trace. */
export const probeBundle = (): Bundle =>
  bundleOf('Probe kit', probePolicy(), { trace: PROBES.map((probe) => probeCall(probe)) });

/** A probe as a call at a time; of who calls, nothing is known, as no rule asks. */
export function probeCall({ tool, args }: Probe, time?: string): Call {
  return {
    id: callId(tool),
    ...(time === undefined ? {} : { time }),
    resource: { slug: PROBE_RESOURCE },
    tool: { name: tool },
    args,
  };
}
