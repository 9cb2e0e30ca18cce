import {
  EFFECTS,
  FACETS,
  hasTags,
  MAX_ALTERNATIVES,
  MAX_EXPANDED_ALTERNATIVES,
  MAX_CONDITION_LENGTH,
  MAX_PATTERN_LENGTH,
  MAX_PATTERNS,
  MAX_RULES,
  READING_CHOICES,
  STATUSES,
  type Facet,
  type JsonObject,
} from '../engine';
import { count, type ObjectShape, type ValueShape } from './shape';
import { BUNDLE, CALL } from './shapes';

/**
 * The JSON Schema (2020-12) of a bundle as it is written, published as `schema/policy-bundle.v1.schema.json`. What surrounds the rules is
 * derived from the shapes that the code validates with; rules and settings are stated here, and a test compares them with the engine's
 * validation on generated bundles.
 *
 * What no schema can say is in the descriptions: unique ids, the number of a pattern's alternatives, the size of the document.
 */
export function bundleSchema(): JsonObject {
  const bundle = objectSchema({
    ...BUNDLE,
    fields: { ...BUNDLE.fields, rules: { is: 'any' }, settings: { is: 'any' }, readings: { is: 'any' } },
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:policy-bundle:v1',
    title: 'Policy bundle, version 1',
    description:
      'An AI gateway policy and what travels with it. Besides this schema: at most 4 MiB, no duplicate keys, no lone surrogates, ids unique, at most 200 invariants of at most 1,000 characters.',
    ...bundle,
    properties: {
      ...(bundle['properties'] as JsonObject),
      settings: SETTINGS,
      readings: READINGS,
      rules: {
        description: 'In evaluation order: the first rule that matches decides. Ids are unique.',
        type: 'array',
        maxItems: MAX_RULES,
        items: { $ref: '#/$defs/rule' },
      },
    },
    $defs: { rule: RULE, call: { description: CALL_NOTE, ...objectSchema(CALL) } },
  };
}

const CALL_NOTE =
  'Of every fact, a missing key means unknown and null means known to be absent. Inside a present `args` nothing is unknown.';

/** Nothing unknown is allowed but what begins with `x-`: a misspelt facet must not widen a rule. */
const CLOSED: JsonObject = { patternProperties: { '^x-': true }, additionalProperties: false };

const SETTINGS: JsonObject = {
  type: 'object',
  properties: {
    gatedWhenFalse: {
      description: 'What a gated rule with a false condition does: let evaluation go on, or deny.',
      enum: ['continue', 'deny'],
      default: 'continue',
    },
  },
  ...CLOSED,
};

/** Whether a name is one of IANA's is for the code alone. */
const ZONE = '^(?:UTC|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]|[A-Z][A-Za-z]+(?:[/_-][A-Z][A-Za-z]+)+)$';

const READINGS: JsonObject = {
  description: "What is known of how the policy's gateway reads what its vendor leaves open. No part of the digest.",
  type: 'object',
  properties: {
    ...Object.fromEntries(Object.entries(READING_CHOICES).map(([reading, choices]) => [reading, { enum: choices }])),
    'time-zone': {
      description:
        'The zone in which a getter answers that names none: `UTC`, an offset such as `+02:00`, or an IANA name.',
      type: 'string',
      pattern: ZONE,
    },
  },
  ...CLOSED,
};

const SELECTORS: Readonly<Record<Facet, string>> = {
  resources: 'a slug, or `tag:NAME`',
  agents: 'a slug, or `tag:NAME`',
  instances: 'an id, or `tag:NAME`',
  users: 'an id or an e-mail address',
  groups: 'the name of a group',
};

function facetSchema(facet: Facet): JsonObject {
  return {
    description: `Each entry is ${SELECTORS[facet]}; empty means everything.`,
    type: 'array',
    items: { type: 'string', minLength: 1, pattern: hasTags(facet) ? '^(?!tag:$)' : '^(?!tag:)' },
    default: [],
  };
}

const RULE: JsonObject = {
  type: 'object',
  properties: {
    id: { description: 'Stable, unique in the policy.', type: 'string', minLength: 1 },
    name: { type: 'string' },
    description: { type: 'string', default: '' },
    effect: { enum: EFFECTS },
    status: { description: 'Only active rules are evaluated.', enum: STATUSES, default: 'active' },
    scope: {
      type: 'object',
      properties: Object.fromEntries(FACETS.map((facet) => [facet, facetSchema(facet)])),
      ...CLOSED,
      default: {},
    },
    tools: {
      description: `Matched against a tool's bare name. The braces of a pattern stand for at most ${count(MAX_ALTERNATIVES)} alternatives; those of all patterns whose braces must be expanded (docs/semantics.md, "Tool patterns"), for ${count(MAX_EXPANDED_ALTERNATIVES)} together.`,
      type: 'array',
      minItems: 1,
      maxItems: MAX_PATTERNS,
      items: { type: 'string', minLength: 1, maxLength: MAX_PATTERN_LENGTH },
    },
    condition: {
      description: 'CEL. An expression that does not compile is accepted here; the gateway skips its rule.',
      type: ['string', 'null'],
      maxLength: MAX_CONDITION_LENGTH,
      default: null,
    },
  },
  required: ['id', 'name', 'effect', 'tools'],
  ...CLOSED,
  if: {
    description: 'An active gated rule must have a condition.',
    properties: { effect: { const: 'gated' }, status: { const: 'active' } },
    required: ['effect'],
  },
  then: { properties: { condition: { type: 'string' } }, required: ['condition'] },
};

function schemaOf(shape: ValueShape): JsonObject | true {
  switch (shape.is) {
    case 'any':
      return true;
    case 'boolean':
      return { type: 'boolean' };
    case 'map':
      return { type: 'object' };
    case 'text':
      return {
        type: 'string',
        ...(shape.filled === true ? { minLength: 1 } : {}),
        ...(shape.format === undefined ? {} : { format: shape.format }),
      };
    case 'one-of':
      return shape.values.length === 1 ? { const: shape.values[0] ?? null } : { enum: shape.values };
    case 'nullable':
      return nullableSchema(schemaOf(shape.of));
    case 'list':
      return { type: 'array', items: schemaOf(shape.of) };
    case 'object':
      return shape === CALL ? { $ref: '#/$defs/call' } : objectSchema(shape);
    case 'variants':
      return { oneOf: Object.values(shape.of).map(objectSchema) };
  }
}

/** A fact that may be null: the type says so, where there is one to say it. */
function nullableSchema(schema: JsonObject | true): JsonObject | true {
  if (schema === true) return true;
  return typeof schema['type'] === 'string'
    ? { ...schema, type: [schema['type'], 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}

function objectSchema(shape: ObjectShape): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, schemaOf(field)])),
    ...(shape.required.length === 0 ? {} : { required: shape.required }),
  };
}
