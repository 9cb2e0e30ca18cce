import type { InputRequiredResult } from '@modelcontextprotocol/client';
import { describe, expect, it } from 'vitest';
import { AwaitedCalls, MAX_AWAITED_CALLS, NO_INPUT, type ClientInput, type UpstreamResult } from './client-input';
import { ANSWER, activePolicy, gatewayOf, textOf } from './testdata/parts';

const CONFIRM: InputRequiredResult = {
  resultType: 'input_required',
  inputRequests: {
    sure: {
      method: 'elicitation/create',
      params: { message: 'Sure?', requestedSchema: { type: 'object', properties: {} } },
    },
  },
  requestState: 'state 1',
};
const CAPABLE: ClientInput = { ...NO_INPUT, capabilities: { elicitation: { form: {} } } };
const CONFIRMED: ClientInput = { ...CAPABLE, responses: { sure: { action: 'accept' } }, state: 'state 1' };

const rule = (id: string, effect: string, condition: string | null = null): object => ({
  id,
  name: `Rule ${id}`,
  effect,
  tools: ['*'],
  condition,
});

interface LoggedEntry {
  readonly id: string;
  readonly action: string;
  readonly details: { readonly callId?: string; readonly outcome?: string; readonly policyEffect?: string };
}

/** A gateway in front of a server that requires input once, then answers. */
async function asking(
  rules: readonly object[] = [rule('all', 'allow')],
  answers: UpstreamResult[] = [CONFIRM, ANSWER],
) {
  const parts = gatewayOf(await activePolicy(rules), { answer: () => Promise.resolve(answers.shift() ?? ANSWER) });
  /** What was logged of calls, once the outcomes are written too. */
  const logged = (): string[] =>
    (parts.entries as LoggedEntry[])
      .slice(1)
      .map(({ action, details }) => [action, details.outcome ?? details.policyEffect].join(' ').trim());
  return { ...parts, logged };
}

const EXECUTED = 'gateway.tool.executed allow';
const ASKED = 'gateway.call.finished input_required';
const CONTINUED = 'gateway.call.continued';
const ANSWERED = 'gateway.call.finished answered';

describe('a call whose server requires input of the client', () => {
  it('is one call with the request that brings it, and is passed on as it is, both ways', async () => {
    const { call, entries, logged, reached } = await asking();
    expect(await call('send_message', { n: 1 }, CAPABLE)).toEqual(CONFIRM);
    expect(await call('send_message', { n: 1 }, CONFIRMED)).toEqual(ANSWER);
    expect(reached.map(({ args, input }) => [args, input])).toEqual([
      [{ n: 1 }, CAPABLE],
      [{ n: 1 }, CONFIRMED],
    ]);
    expect(logged()).toEqual([EXECUTED, ASKED, CONTINUED, ANSWERED]);
    const [, first, ...others] = entries as LoggedEntry[];
    expect(others.map(({ details }) => details.callId)).toEqual([first?.id, first?.id, first?.id]);
    expect(JSON.stringify(others)).not.toContain('accept');
  });

  it('may be asked for more than once', async () => {
    const { call, logged } = await asking(undefined, [CONFIRM, { ...CONFIRM, requestState: 'state 2' }, ANSWER]);
    await call('send_message', {}, CAPABLE);
    await call('send_message', {}, CONFIRMED);
    await call('send_message', {}, { ...CONFIRMED, state: 'state 2' });
    expect(logged()).toEqual([EXECUTED, ASKED, CONTINUED, ASKED, CONTINUED, ANSWERED]);
  });

  it.each<[string, string, unknown, ClientInput]>([
    ['other arguments', 'send_message', { n: 2 }, CONFIRMED],
    ['another tool', 'read_channel', { n: 1 }, CONFIRMED],
    ['another state', 'send_message', { n: 1 }, { ...CONFIRMED, state: 'state 2' }],
    ['no answers', 'send_message', { n: 1 }, CAPABLE],
  ])('is not continued by a request with %s: that is another call', async (_, name, args, input) => {
    const { call, logged } = await asking();
    await call('send_message', { n: 1 }, CAPABLE);
    await call(name, args, input);
    expect(logged()).toEqual([EXECUTED, ASKED, EXECUTED, ANSWERED]);
  });

  it('is continued once', async () => {
    const { call, logged } = await asking();
    await call('send_message', {}, CAPABLE);
    await call('send_message', {}, CONFIRMED);
    await call('send_message', {}, CONFIRMED);
    expect(logged()).toEqual([EXECUTED, ASKED, CONTINUED, ANSWERED, EXECUTED, ANSWERED]);
  });

  it('is decided anew with its input, by the policy that is in force then', async () => {
    const { call, gateway, logged, reached } = await asking();
    await call('send_message', {}, CAPABLE);
    gateway.use(await activePolicy([rule('no', 'deny')]));
    expect(textOf(await call('send_message', {}, CONFIRMED))).toContain('Denied by policy: rule 1 "Rule no"');
    expect(reached).toHaveLength(1);
    expect(logged()).toEqual([EXECUTED, ASKED, 'gateway.policy.loaded', 'gateway.tool.executed deny']);
  });

  it('is a call of its own where another policy allows it as well: the log names the policy of every decision', async () => {
    const { call, gateway, logged } = await asking();
    await call('send_message', {}, CAPABLE);
    gateway.use(await activePolicy([rule('other', 'allow')]));
    expect(await call('send_message', {}, CONFIRMED)).toEqual(ANSWER);
    expect(logged()).toEqual([EXECUTED, ASKED, 'gateway.policy.loaded', EXECUTED, ANSWERED]);
  });

  it('does not go on where its continuation cannot be logged', async () => {
    let full = false;
    const append = () => (full ? Promise.reject(new Error('disk full')) : Promise.resolve());
    const { call, reached } = gatewayOf(await activePolicy([rule('all', 'allow')]), {
      append,
      answer: () => Promise.resolve(CONFIRM),
    });
    await call('send_message', {}, CAPABLE);
    full = true;
    expect(textOf(await call('send_message', {}, CONFIRMED))).toBe('Refused: the gateway cannot write its audit log.');
    expect(reached).toHaveLength(1);
  });
});

it('of the calls that wait only the latest are kept', () => {
  const awaited = new AwaitedCalls<number>();
  for (let n = 0; n <= MAX_AWAITED_CALLS; n++) awaited.add(String(n), n);
  expect([awaited.take('0'), awaited.take('1'), awaited.take('1')]).toEqual([undefined, 1, undefined]);
});
