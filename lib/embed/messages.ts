/**
 * The messages between an embed and the page around it (docs/embedding.md, "Messages").
 *
 * The page sends `connect` to the frame with one end of a channel; everything else goes through that channel. Both sides read what arrives
 * with the functions below: a message of another shape is refused and changes nothing.
 */
import { LIMITS } from '../bundle';
import { EMBED_THEMES, EMBED_VIEWS, type EmbedTheme, type EmbedView } from './options';

/** The version of the protocol. A change that an older side would misread has another number. */
export const EMBED_PROTOCOL = 1;
export const CONNECT = 'policy-playground:connect';

/** What the page sends to the frame's window, with one end of a channel. It carries nothing of a policy. */
export interface ConnectMessage {
  readonly type: typeof CONNECT;
  readonly version: number;
}

/** From the page to the embed. */
export type HostMessage =
  /** Shows another bundle: JSON text, or a link. */
  | { readonly type: 'set'; readonly source: string }
  /** Shows another call of the bundle's trace. */
  | { readonly type: 'focus-call'; readonly id: string }
  | { readonly type: 'theme'; readonly theme: EmbedTheme };

/** From the embed to the page. */
export type EmbedMessage =
  | { readonly type: 'ready'; readonly version: number; readonly view: EmbedView }
  /** The height of the content, in CSS pixels. `asked`: the reader has used the embed, so that it may change its height. */
  | { readonly type: 'resize'; readonly height: number; readonly asked: boolean }
  /** The reader changed something: the present bundle as JSON text, what is decided now, and how many tests pass. */
  | {
      readonly type: 'change';
      readonly bundle: string;
      readonly decision: EmbedDecision | null;
      readonly tests: EmbedTests | null;
    }
  /** A message or a bundle was not accepted; nothing was changed. */
  | { readonly type: 'problem'; readonly code: EmbedProblemCode; readonly message: string };

/** The decision on the call that is shown. */
export interface EmbedDecision {
  readonly call: string;
  readonly effect: 'allow' | 'deny' | 'conditional';
  /** The rule that decided; null where none did. */
  readonly ruleId: string | null;
}

export interface EmbedTests {
  readonly passed: number;
  readonly total: number;
}

export const EMBED_PROBLEMS = ['version', 'message', 'too-large', 'bundle', 'call'] as const;
export type EmbedProblemCode = (typeof EMBED_PROBLEMS)[number];

export type ReadHostMessage<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly code: EmbedProblemCode; readonly message: string };

type UnknownFields = Readonly<Record<string, unknown>>;

/** Characters of a bundle's text: as many as it may have bytes. */
const MOST_SOURCE = LIMITS.bytes;
const MOST_ID = 10_000;
const MOST_HEIGHT = 100_000;

const isFields = (value: unknown): value is UnknownFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refused = (code: EmbedProblemCode, message: string): { ok: false; code: EmbedProblemCode; message: string } => ({
  ok: false,
  code,
  message,
});

/** Whether a message to the frame's window is meant for an embed, whatever its version. */
export const isConnect = (value: unknown): value is { readonly type: typeof CONNECT; readonly version: unknown } =>
  isFields(value) && value['type'] === CONNECT;

/** Reads what arrived from the page. Never throws. */
export function readHostMessage(value: unknown): ReadHostMessage<HostMessage> {
  if (!isFields(value)) return refused('message', 'a message must be an object with a `type`');
  switch (value['type']) {
    case 'set': {
      const { source } = value;
      if (typeof source !== 'string') return refused('message', '`set` must have a text in `source`: JSON, or a link');
      if (source.length > MOST_SOURCE) return refused('too-large', 'the bundle in `set` is larger than 4 MiB');
      return { ok: true, message: { type: 'set', source } };
    }
    case 'focus-call': {
      const { id } = value;
      if (typeof id !== 'string' || id.length > MOST_ID) {
        return refused('message', '`focus-call` must have the id of a call in `id`');
      }
      return { ok: true, message: { type: 'focus-call', id } };
    }
    case 'theme': {
      const theme = EMBED_THEMES.find((one) => one === value['theme']);
      if (theme === undefined) return refused('message', '`theme` must be auto, light or dark');
      return { ok: true, message: { type: 'theme', theme } };
    }
    default:
      return refused('message', 'a message must be of type set, focus-call or theme');
  }
}

/** Reads what arrived from the embed; undefined where it is none of its messages. Never throws. */
export function readEmbedMessage(value: unknown): EmbedMessage | undefined {
  if (!isFields(value)) return undefined;
  switch (value['type']) {
    case 'ready': {
      const view = EMBED_VIEWS.find((one) => one === value['view']);
      const { version } = value;
      return view === undefined || typeof version !== 'number' ? undefined : { type: 'ready', version, view };
    }
    case 'resize': {
      const { height, asked } = value;
      const fits = typeof height === 'number' && height >= 0 && height <= MOST_HEIGHT;
      return fits && typeof asked === 'boolean' ? { type: 'resize', height, asked } : undefined;
    }
    case 'change':
      return readChange(value);
    case 'problem': {
      const code = EMBED_PROBLEMS.find((one) => one === value['code']);
      const { message } = value;
      return code === undefined || typeof message !== 'string' ? undefined : { type: 'problem', code, message };
    }
    default:
      return undefined;
  }
}

function readChange({ bundle, decision, tests }: UnknownFields): EmbedMessage | undefined {
  if (typeof bundle !== 'string' || bundle.length > MOST_SOURCE) return undefined;
  const readDecision = decision === null ? null : decisionOf(decision);
  const readTests = tests === null ? null : testsOf(tests);
  if (readDecision === undefined || readTests === undefined) return undefined;
  return { type: 'change', bundle, decision: readDecision, tests: readTests };
}

function decisionOf(value: unknown): EmbedDecision | undefined {
  if (!isFields(value)) return undefined;
  const { call, effect, ruleId } = value;
  if (typeof call !== 'string' || (typeof ruleId !== 'string' && ruleId !== null)) return undefined;
  return effect === 'allow' || effect === 'deny' || effect === 'conditional' ? { call, effect, ruleId } : undefined;
}

function testsOf(value: unknown): EmbedTests | undefined {
  if (!isFields(value)) return undefined;
  const { passed, total } = value;
  const counts = Number.isInteger(passed) && Number.isInteger(total);
  return counts && typeof passed === 'number' && typeof total === 'number' ? { passed, total } : undefined;
}
