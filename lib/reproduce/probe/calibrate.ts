/** What the audit log of the probe kit says of its gateway: which reading it follows, what stays open, and what contradicts all readings. */
import {
  compilePolicy,
  decideRow,
  PROFILE_READINGS,
  READING_CHOICES,
  type CompiledPolicy,
  type GatewayProfile,
  type ProfileReading,
} from '../../engine';
import type { ImportedCall } from '../../trace';
import { probeCall, probePolicy, PROBE_RESOURCE, PROBES, ZONE_BITS, zoneTool, type Probe } from './kit';

type Outcome = 'allow' | 'deny';

/** A probe with what the log records of it. */
export interface ProbedOutcome {
  readonly tool: string;
  readonly recorded: Outcome;
}

export interface Calibration {
  /** The readings that the gateway follows, as far as the log shows them. */
  readonly readings: GatewayProfile;
  /** Readings that stay open: their calls are missing, or they make no difference beside the others. */
  readonly open: readonly OpenReading[];
  /** Outcomes that no combination of readings gives: the readings that they concern are not known. */
  readonly contradictions: readonly ProbeContradiction[];
  /** Whether the kit's policy decided: `failed` where what it must allow was denied, or what it must deny allowed. */
  readonly control: 'passed' | 'failed' | 'missing';
  /** Calls of the kit in the log, and entries that are none. */
  readonly probed: number;
  readonly others: number;
}

export interface OpenReading {
  readonly reading: ProfileReading;
  /** The calls that would say it; none where it makes no difference beside the readings that were found. */
  readonly missing: readonly string[];
}

export interface ProbeContradiction {
  readonly readings: readonly ProfileReading[];
  readonly outcomes: readonly ProbedOutcome[];
  /** One call was recorded with different outcomes. */
  readonly both: boolean;
}

/** Collects the calls of the kit from a log, entry by entry, and says in the end what they show. */
export class ProbeLog {
  readonly #seen = new Map<string, Map<Outcome, string | undefined>>();
  #others = 0;

  add(call: ImportedCall): void {
    const probe = PROBES.find(({ tool }) => tool === call.tool?.name);
    const slug = call.resource?.slug;
    const effect = call.recorded?.effect;
    if (
      probe === undefined ||
      (slug && slug !== PROBE_RESOURCE) ||
      effect === undefined ||
      !hasArguments(call, probe)
    ) {
      this.#others++;
      return;
    }
    const outcomes = this.#seen.get(probe.tool) ?? new Map<Outcome, string | undefined>();
    this.#seen.set(probe.tool, outcomes.set(effect, call.time ?? undefined));
  }

  /** Never fails; without calls of the kit, every reading is open. */
  async calibrate(): Promise<Calibration> {
    const found: GroupFindings[] = [];
    for (const readings of groups()) found.push(await this.#group(readings));
    const control = this.#control();
    return {
      readings:
        control === 'failed' ? {} : found.reduce<GatewayProfile>((all, one) => ({ ...all, ...one.readings }), {}),
      open: found.flatMap((one) => one.open),
      contradictions: found.flatMap((one) => one.contradictions),
      control,
      probed: this.#seen.size,
      others: this.#others,
    };
  }

  #control(): Calibration['control'] {
    const [allowed, denied] = [this.#seen.get('probe_allowed'), this.#seen.get('probe_denied')];
    if (allowed?.has('deny') === true || denied?.has('allow') === true) return 'failed';
    return allowed === undefined || denied === undefined ? 'missing' : 'passed';
  }

  /** Readings on which some of the calls depend together: every combination of them is decided. */
  async #group(readings: readonly ProfileReading[]): Promise<GroupFindings> {
    const probes = PROBES.filter(({ about }) => about.some((reading) => readings.includes(reading)));
    const outcomes = probes.flatMap((probe) => this.#outcomesOf(probe));
    const both = outcomes.filter(({ tool }) => this.#seen.get(tool)?.size === 2);
    if (both.length > 0) return contradicted(readings, both, true);
    if (readings.includes('time-zone') && outcomes.length < probes.length)
      return known(readings, [], probes, (tool) => this.#seen.has(tool));
    const candidates = readings.includes('time-zone') ? this.#zones() : combinations(readings);
    const fitting: GatewayProfile[] = [];
    for (const candidate of candidates) {
      const compiled = await compiledUnder(candidate);
      const fits = outcomes.every(({ tool, recorded }) => {
        const probe = probes.find((one) => one.tool === tool);
        return probe !== undefined && decideRow(compiled, this.#callOf(probe)).effect === recorded;
      });
      if (fits) fitting.push(candidate);
    }
    if (fitting.length === 0 && outcomes.length > 0) return contradicted(readings, outcomes, false);
    return known(readings, fitting, probes, (tool) => this.#seen.has(tool));
  }

  #outcomesOf({ tool }: Probe): readonly ProbedOutcome[] {
    return [...(this.#seen.get(tool)?.keys() ?? [])].map((recorded) => ({ tool, recorded }));
  }

  #callOf(probe: Probe) {
    const [time] = this.#seen.get(probe.tool)?.values() ?? [];
    return probeCall(probe, time ?? '2026-01-01T12:00:00Z');
  }

  /** The one offset that the recorded bits come to; none where no clock has that offset. */
  #zones(): readonly GatewayProfile[] {
    const index = ZONE_BITS.reduce(
      (sum, bit) => sum + (this.#seen.get(zoneTool(bit))?.has('allow') === true ? bit : 0),
      0,
    );
    const minutes = (index - 1) * 15 - 720;
    return index === 0 || minutes > 14 * 60 ? [] : [{ 'time-zone': offsetText(minutes) }];
  }
}

type GroupFindings = Pick<Calibration, 'readings' | 'open' | 'contradictions'>;

const contradicted = (
  readings: readonly ProfileReading[],
  outcomes: readonly ProbedOutcome[],
  both: boolean,
): GroupFindings => ({ readings: {}, open: [], contradictions: [{ readings, outcomes, both }] });

/** What all fitting combinations agree on is found; of the rest, the calls that are missing would say it, if there are any. */
function known(
  readings: readonly ProfileReading[],
  fitting: readonly GatewayProfile[],
  probes: readonly Probe[],
  isSeen: (tool: string) => boolean,
): GroupFindings {
  const found: Record<string, string> = {};
  const open: OpenReading[] = [];
  for (const reading of readings) {
    const values = new Set(fitting.map((one) => one[reading]));
    const [value] = values;
    if (values.size === 1 && value !== undefined) found[reading] = value;
    else {
      const asking = probes.filter(({ about }) => about.includes(reading)).map(({ tool }) => tool);
      open.push({ reading, missing: asking.filter((tool) => !isSeen(tool)) });
    }
  }
  // INVARIANT: every value is one of `READING_CHOICES`, or an offset.
  return { readings: found as GatewayProfile, open, contradictions: [] };
}

/** The readings in groups that no call connects with another. */
function groups(): readonly (readonly ProfileReading[])[] {
  let found: (readonly ProfileReading[])[] = PROFILE_READINGS.map((reading) => [reading]);
  for (const { about } of PROBES) {
    const joined = found.filter((group) => group.some((reading) => about.includes(reading)));
    if (joined.length > 1) found = [...found.filter((group) => !joined.includes(group)), joined.flat()];
  }
  return found;
}

function combinations(readings: readonly ProfileReading[]): readonly GatewayProfile[] {
  let found: readonly GatewayProfile[] = [{}];
  for (const reading of readings) {
    if (reading === 'time-zone') continue;
    found = found.flatMap((profile) => READING_CHOICES[reading].map((value) => ({ ...profile, [reading]: value })));
  }
  return found;
}

async function compiledUnder(readings: GatewayProfile): Promise<CompiledPolicy> {
  const { rules, settings } = probePolicy();
  return compilePolicy({ rules, settings: { ...settings, readings } });
}

/** Minutes as `UTC` or `+05:30`. */
function offsetText(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const two = (n: number): string => String(n).padStart(2, '0');
  const all = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(all / 60))}:${two(all % 60)}`;
}

/** A log that leaves arguments out says nothing against them; other arguments are another call. */
function hasArguments({ args }: ImportedCall, probe: Probe): boolean {
  if (!args) return true;
  const [wanted, given] = [Object.entries(probe.args), Object.keys(args)];
  return given.length === wanted.length && wanted.every(([name, value]) => args[name] === value);
}
