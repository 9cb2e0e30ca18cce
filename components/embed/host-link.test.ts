import { describe, expect, it, vi } from 'vitest';
import { CONNECT, EMBED_PROTOCOL, type HostMessage } from '@/lib/embed';
import { HostLink, type WindowMessage } from './host-link';

const PARENT = { name: 'parent' } as unknown as Window;
const HOST = 'https://docs.example';

/** A port that keeps what is sent through it. */
function port() {
  const sent: unknown[] = [];
  const fake = { sent, closed: false, onmessage: null as ((event: { data: unknown }) => void) | null };
  return Object.assign(fake, { postMessage: (data: unknown) => sent.push(data), close: () => (fake.closed = true) });
}

function linked(hosts: readonly string[] = [HOST]) {
  const messages: HostMessage[] = [];
  const onConnect = vi.fn();
  const link = new HostLink({ hosts, view: 'rule', parent: PARENT, onMessage: (one) => messages.push(one), onConnect });
  const connect = (given: ReturnType<typeof port>, part: Partial<WindowMessage> = {}) =>
    link.receive({
      data: { type: CONNECT, version: EMBED_PROTOCOL },
      origin: HOST,
      source: PARENT,
      ports: [given as unknown as MessagePort],
      ...part,
    });
  return { link, messages, onConnect, connect };
}

describe('the connection of an embed', () => {
  it('is made with the parent, from an origin that the address names', () => {
    const { connect, messages, onConnect } = linked();
    const own = port();
    connect(own);
    expect(own.sent).toEqual([{ type: 'ready', version: EMBED_PROTOCOL, view: 'rule' }]);
    expect(onConnect).toHaveBeenCalledOnce();
    own.onmessage?.({ data: { type: 'focus-call', id: 'c' } });
    expect(messages).toEqual([{ type: 'focus-call', id: 'c' }]);
  });

  it.each<[string, Partial<WindowMessage>]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a sibling frame', { source: { name: 'sibling' } as unknown as Window }],
    ['no source', { source: null }],
    ['no port', { ports: [] }],
    ['another message', { data: { type: 'set', source: '{}' } }],
    ['no message', { data: null }],
  ])('is not made: %s', (_, part) => {
    const { connect, link, onConnect } = linked();
    const given = port();
    connect(given, part);
    link.send({ type: 'resize', height: 1, asked: false });
    expect(given.sent).toEqual([]);
    expect(onConnect).not.toHaveBeenCalled();
  });

  it('is not made where no origin is named', () => {
    const { connect } = linked([]);
    const given = port();
    connect(given);
    expect(given.sent).toEqual([]);
  });

  it.each([0, 2, '1', null, undefined])('is refused with the version %j', (version) => {
    const { connect, onConnect } = linked();
    const given = port();
    connect(given, { data: { type: CONNECT, version } });
    expect(given.sent).toMatchObject([{ type: 'problem', code: 'version' }]);
    expect(given.closed).toBe(true);
    expect(onConnect).not.toHaveBeenCalled();
  });

  it('answers a message that is not valid with a problem, and passes nothing on', () => {
    const { connect, messages } = linked();
    const own = port();
    connect(own);
    own.onmessage?.({ data: { type: 'set', source: 7 } });
    expect(own.sent.at(-1)).toMatchObject({ type: 'problem', code: 'message' });
    expect(messages).toEqual([]);
  });

  it('is replaced when the page connects again', () => {
    const { connect, link } = linked();
    const [first, second] = [port(), port()];
    connect(first);
    connect(second);
    link.send({ type: 'resize', height: 9, asked: true });
    expect(first.closed).toBe(true);
    expect(second.sent.at(-1)).toEqual({ type: 'resize', height: 9, asked: true });
    expect(first.sent).toHaveLength(1);
  });
});
