import {
  buildFromFields,
  memberNames,
  requiredMembers,
  validateCall,
  type CallField,
  type CallFieldPath,
  type CallFieldWith,
} from '../engine';
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

type MemberShapes = Readonly<Record<string, ValueShape>>;

const TEXTS = list('texts', text());
const TAGS = list('tags', text());
/** A server's own title of a tool travels with its annotations; the engine does not read it. */
const ANNOTATION_TITLE = { title: ANY };

const ANNOTATIONS = object('the annotations', {
  ...ANNOTATION_TITLE,
  ...Object.fromEntries(memberNames('tool.annotations').map((hint) => [hint, nullable(BOOLEAN)])),
});

/** What messages and the schema call an object of a call, and the fields that it may have beside those that the engine knows. */
const CALL_OBJECTS: {
  readonly [P in CallFieldWith<{ kind: 'object' }>]: readonly [what: string, further?: MemberShapes];
} = {
  agent: ['the agent'],
  instance: ['the instance'],
  'instance.client': ['the client'],
  user: ['the user'],
  resource: ['the resource'],
  tool: ['the tool'],
  'tool.annotations': ['the annotations', ANNOTATION_TITLE],
  recorded: ['the recorded decision'],
};

function fieldShape(path: CallFieldPath, { kind }: CallField, members: MemberShapes): ValueShape {
  switch (kind) {
    case 'text':
      return text();
    case 'time':
      return text('date-time');
    case 'flag':
      return BOOLEAN;
    case 'texts':
      return list(path.slice(path.lastIndexOf('.') + 1), text());
    case 'effect':
      return oneOf('allow', 'deny');
    case 'map':
      return MAP;
    case 'object': {
      const [what, further] = CALL_OBJECTS[path as CallFieldWith<{ kind: 'object' }>];
      return object(what, { ...further, ...members }, requiredMembers(path));
    }
  }
}

/** The fields of a call: of every fact, a missing key means unknown and null means known to be absent. */
const CALL_SHAPES = buildFromFields<ValueShape>((path, field, members) => {
  const shape = fieldShape(path, field, members);
  return field.missing === 'invalid' ? shape : nullable(shape);
});

export const CALL: ObjectShape = {
  ...object('the call', { ...CALL_SHAPES, source: ANY }, requiredMembers('')),
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
    readings: ANY,
    catalog: CATALOG,
    tests: list('tests', TEST),
    invariants: list('invariants', ANY),
    dismissed: list('entries', ANY),
    exercise: MAP,
    case: MAP,
    trace: list('calls', CALL),
    focus: NAME,
    notes: text(),
  },
  ['format', 'version', 'name', 'rules'],
);
