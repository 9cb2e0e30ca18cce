import {
  callId,
  decideRow,
  lineUp,
  type Call,
  type Catalog,
  type CatalogAgent,
  type CompiledPolicy,
  type Decision,
  type DecisionEffect,
  type Policy,
} from '../engine';
import { EFFECT_CODES, type TraceWork } from '../trace';

export const SUBJECT_KINDS = ['agents', 'instances', 'users'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Who asks: the facts of a call that the question holds fixed. */
export interface AccessSubject {
  /** As a rule's scope names it. */
  readonly key: string;
  readonly name: string | undefined;
  readonly facts: Pick<Call, 'agent' | 'instance' | 'user'>;
}

/** A tool on its server. */
export interface AccessTool {
  readonly resource: string;
  readonly tool: string;
  readonly facts: Pick<Call, 'resource' | 'tool'>;
}

/** Three-valued: allowed outright, denied outright, or conditional on what is not known before a call. */
export interface AccessMatrix {
  readonly subjects: readonly AccessSubject[];
  readonly tools: readonly AccessTool[];
  /** Codes by `EFFECT_CODES`: the cell of a tool and a subject is at `tool * subjects.length + subject`. */
  readonly effects: Uint8Array<ArrayBuffer>;
  readonly counts: Readonly<Record<DecisionEffect, number>>;
  /** 1 for a cell that is decided here and that a gateway shows as conditional, since it decides no condition before a call (`isMoreKnown`). */
  readonly moreKnown: Uint8Array<ArrayBuffer>;
}

/** Those of a catalog who can be asked about; an instance brings its agent and its user along where the catalog knows them. */
export function subjectsOf(catalog: Catalog, kind: SubjectKind): readonly AccessSubject[] {
  switch (kind) {
    case 'agents':
      return catalog.agents.map((agent) => ({
        key: agent.slug,
        name: agent.name,
        facts: { agent: agentFacts(agent) },
      }));
    case 'instances':
      return catalog.instances.map(({ agent: slug, user: who, ...instance }) => {
        const user = catalog.users.find((one) => who !== undefined && (one.id === who || one.email === who));
        return {
          key: instance.id,
          name: instance.name,
          facts: {
            instance,
            ...(slug === undefined
              ? {}
              : { agent: agentFacts(catalog.agents.find((one) => one.slug === slug) ?? { slug }) }),
            ...(user === undefined ? {} : { user }),
          },
        };
      });
    case 'users':
      return catalog.users.flatMap((user) => {
        const key = user.email ?? user.id;
        return key === undefined ? [] : [{ key, name: user.name, facts: { user } }];
      });
  }
}

const agentFacts = ({ slug, name, tags }: CatalogAgent): NonNullable<Call['agent']> => ({
  slug,
  ...(name === undefined ? {} : { name }),
  ...(tags === undefined ? {} : { tags }),
});

export const toolsOf = (catalog: Catalog): readonly AccessTool[] =>
  catalog.resources.flatMap(({ slug, name, tags, tools = [] }) =>
    tools.map((tool) => ({
      resource: slug,
      tool: tool.name,
      facts: {
        resource: { slug, ...(name === undefined ? {} : { name }), ...(tags === undefined ? {} : { tags }) },
        tool: {
          name: tool.name,
          ...(tool.title === undefined ? {} : { title: tool.title }),
          ...(tool.annotations === undefined ? {} : { annotations: tool.annotations }),
        },
      },
    })),
  );

/** The call that a cell asks about: who asks, the resource and the tool are known, and nothing else (docs/semantics.md, "Three-valued decisions"). */
export const callOfCell = (subject: AccessSubject, tool: AccessTool): Call => ({
  id: callId(`${subject.key} ${tool.resource} ${tool.tool}`),
  ...subject.facts,
  ...tool.facts,
});

/** Codes by `EFFECT_CODES`, tool by tool and in each subject by subject. Equal to what `decide` says of `callOfCell`. */
export function cellsOf(
  policy: CompiledPolicy,
  subjects: readonly AccessSubject[],
  tools: readonly AccessTool[],
): Uint8Array<ArrayBuffer> {
  const effects = new Uint8Array(subjects.length * tools.length);
  let at = 0;
  for (const tool of tools) {
    for (const subject of subjects) {
      effects[at++] = EFFECT_CODES.indexOf(decideRow(policy, callOfCell(subject, tool)).effect);
    }
  }
  return effects;
}

/** Cells that are decided before it is looked whether the work may go on. */
const CELLS_AT_ONCE = 200;

/** Effective access: who may use which tool. A catalog may have a million cells; undefined where the work was stopped. */
export async function accessMatrix(
  compiled: CompiledPolicy,
  catalog: Catalog,
  kind: SubjectKind,
  work: TraceWork,
): Promise<AccessMatrix | undefined> {
  const subjects = subjectsOf(catalog, kind);
  const tools = toolsOf(catalog);
  const effects = new Uint8Array(subjects.length * tools.length);
  const moreKnown = new Uint8Array(effects.length);
  const counts = { allow: 0, deny: 0, conditional: 0 };
  let at = 0;
  for (const tool of tools) {
    for (const subject of subjects) {
      if (at % CELLS_AT_ONCE === 0) await work.pause(at, effects.length);
      if (work.stopped()) return undefined;
      const { answer, meetsCondition } = lineUp(compiled, callOfCell(subject, tool));
      counts[answer.effect]++;
      effects[at] = EFFECT_CODES.indexOf(answer.effect);
      if (meetsCondition && answer.effect !== 'conditional') moreKnown[at] = 1;
      at++;
    }
  }
  return { subjects, tools, effects, counts, moreKnown };
}

/**
 * Whether a decision is certain although a rule with a condition fits the call: a gateway that decides no condition before a call shows it as
 * conditional, while the condition asks only for what is known (`agent.slug == "codex"`), or whatever its outcome the effect is the same.
 */
export const isMoreKnown = ({ effect, steps }: Decision, { rules }: Policy): boolean =>
  effect !== 'conditional' &&
  steps.some(({ kind }, i) => FITTING_STEPS.includes(kind) && (rules[i]?.condition ?? null) !== null);

/** Steps of rules that fit the call but for their condition. */
const FITTING_STEPS: readonly Decision['steps'][number]['kind'][] = [
  'matched',
  'condition-false',
  'condition-error',
  'gate-denied',
  'unknown',
];
