import { validateCall } from '../engine';
import { FORMAT, VERSION } from './model';
import {
  ANY,
  BOOLEAN,
  list,
  MAP,
  NAME,
  nullable,
  object,
  oneOf,
  text,
  type ObjectShape,
  type ValueShape,
} from './shape';

/**
 * The shapes of what a bundle carries besides its rules and settings, as it is written (docs/bundle-and-link.md, "Bundle").
 * Rules and settings are the engine's to judge, which is stricter with them.
 */

const TEXTS = list('texts', text());
const TAGS = list('tags', text());
const fact = nullable;

const ANNOTATIONS = object('the annotations', {
  title: ANY,
  readOnlyHint: fact(BOOLEAN),
  destructiveHint: fact(BOOLEAN),
  idempotentHint: fact(BOOLEAN),
  openWorldHint: fact(BOOLEAN),
});

/** A call: of every fact, a missing key means unknown and null means known to be absent. */
export const CALL: ObjectShape = {
  ...object(
    'the call',
    {
      id: text(),
      time: fact(text('date-time')),
      agent: fact(object('the agent', { slug: fact(text()), name: fact(text()), tags: fact(TAGS) })),
      instance: fact(
        object('the instance', {
          id: fact(text()),
          name: fact(text()),
          tags: fact(TAGS),
          client: fact(
            object('the client', { name: fact(text()), version: fact(text()), protocolVersion: fact(text()) }),
          ),
        }),
      ),
      user: fact(
        object('the user', {
          id: fact(text()),
          email: fact(text()),
          name: fact(text()),
          groups: fact(list('groups', text())),
        }),
      ),
      resource: fact(object('the resource', { slug: fact(text()), name: fact(text()), tags: fact(TAGS) })),
      tool: fact(object('the tool', { name: fact(text()), title: fact(text()), annotations: fact(ANNOTATIONS) })),
      args: fact(MAP),
      ip: fact(text()),
      userAgent: fact(text()),
      recorded: fact(
        object(
          'the recorded decision',
          {
            effect: oneOf('allow', 'deny'),
            ruleId: fact(text()),
            ruleName: fact(text()),
            reason: fact(text()),
            policyDigest: fact(text()),
          },
          ['effect'],
        ),
      ),
      source: ANY,
    },
    ['id'],
  ),
  judge: validateCall,
};

const DECIDED_BY: ValueShape = {
  is: 'variants',
  by: 'kind',
  of: {
    rule: object('`decidedBy`', { kind: oneOf('rule'), ruleId: NAME }, ['kind', 'ruleId']),
    gate: object('`decidedBy`', { kind: oneOf('gate'), ruleId: NAME }, ['kind', 'ruleId']),
    default: object('`decidedBy`', { kind: oneOf('default') }, ['kind']),
    undecided: object('`decidedBy`', { kind: oneOf('undecided'), ruleIds: TEXTS, default: BOOLEAN, waitsFor: TEXTS }, [
      'kind',
    ]),
  },
};

const TEST = object(
  'the test',
  {
    name: text(),
    call: CALL,
    expect: object('the expectation', { effect: oneOf('allow', 'deny', 'conditional'), decidedBy: DECIDED_BY }, [
      'effect',
    ]),
  },
  ['name', 'call', 'expect'],
);

const TOOL = object(
  'the tool',
  { name: NAME, title: text(), description: text(), inputSchema: MAP, annotations: ANNOTATIONS },
  ['name'],
);

const CATALOG = object('the catalog', {
  resources: list(
    'resources',
    object('the resource', { slug: NAME, name: text(), tags: TAGS, tools: list('tools', TOOL) }, ['slug']),
  ),
  agents: list('agents', object('the agent', { slug: NAME, name: text(), tags: TAGS }, ['slug'])),
  instances: list(
    'instances',
    object(
      'the instance',
      {
        id: NAME,
        name: text(),
        agent: text(),
        user: text(),
        tags: TAGS,
        client: object('the client', { name: text(), version: text(), protocolVersion: text() }),
      },
      ['id'],
    ),
  ),
  users: list('users', object('the user', { id: text(), email: text(), name: text(), groups: list('groups', text()) })),
  groups: list('groups', object('the group', { name: NAME }, ['name'])),
});

export const BUNDLE = object(
  'the bundle',
  {
    format: oneOf(FORMAT),
    version: oneOf(VERSION),
    name: text(),
    description: text(),
    settings: ANY,
    rules: ANY,
    catalog: CATALOG,
    tests: list('tests', TEST),
    invariants: list('invariants', ANY),
    dismissed: list('entries', ANY),
    exercise: MAP,
    trace: list('calls', CALL),
    focus: NAME,
    notes: text(),
  },
  ['format', 'version', 'name', 'rules'],
);
