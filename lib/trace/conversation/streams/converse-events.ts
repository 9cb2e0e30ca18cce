import { readPart } from '../parts';
import type { CallSink, PartPlace } from '../sink';
import { StreamedCalls } from '../streamed';
import { isObject, member, type UnknownObject, textOrNumber } from '../../shape';
import type { ImportOutput } from '../../types';

const objectAt = (value: unknown, key: string): UnknownObject | undefined => {
  const inner = isObject(value) ? member(value, key) : undefined;
  return isObject(inner) ? inner : undefined;
};

const EVENTS = [
  'messageStart',
  'contentBlockStart',
  'contentBlockDelta',
  'contentBlockStop',
  'messageStop',
  'metadata',
];
/** An event of `ConverseStream`, under the name of its kind. */
export const isConverseEvent = (value: UnknownObject): boolean =>
  EVENTS.some((key) => objectAt(value, key) !== undefined);

/** Puts together the blocks of a streamed answer of Bedrock's; the events come bare or under the name of their kind. */
export class ConverseEvents {
  readonly #streamed: StreamedCalls;

  constructor(sink: CallSink) {
    this.#streamed = new StreamedCalls(sink);
  }

  /** True where the value is an event about a block, which is then read. */
  read(value: UnknownObject, at: PartPlace, out: ImportOutput): boolean {
    const started = objectAt(value, 'contentBlockStart');
    const delta = objectAt(value, 'contentBlockDelta');
    const stopped = objectAt(value, 'contentBlockStop');
    const event = started ?? delta ?? stopped;
    if (!event) return false;
    const key = `${at.conversation} ${textOrNumber(member(event, 'contentBlockIndex')) ?? ''} `;
    const use = objectAt(objectAt(started, 'start'), 'toolUse');
    const part = use ? readPart(use, 'toolUse', null) : null;
    if (part !== null && part !== 'answer')
      this.#streamed.start(key, part, { ...at, path: `${at.path}/contentBlockStart/start/toolUse` }, out);
    const piece = objectAt(objectAt(delta, 'delta'), 'toolUse');
    if (piece) this.#streamed.append(key, member(piece, 'input'));
    if (stopped) this.#streamed.finish(key, out);
    return true;
  }

  end(out: ImportOutput): void {
    this.#streamed.end(out);
  }
}
