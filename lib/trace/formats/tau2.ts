import { conversationFormat, shows } from '../conversation/reader';
import { member, type UnknownObject } from '../shape';

/*
 * Results of tau2-bench: `simulations`, each a conversation whose `tool_calls` have `name`, `arguments` and a `requestor`.
 * Calls of the simulated user are made on the user's own device and reach no gateway.
 * Source: sierra-research/tau2-bench `src/tau2/data_model/message.py` (`ToolCall`), `src/tau2/data_model/simulation.py`.
 */

/** What was wished for, how it was judged, and the provider's answer once more. */
const CLOSED = new Set(['tasks', 'info', 'reward_info', 'evaluation_criteria', 'initial_state', 'raw_data']);

const isCall = (value: UnknownObject): boolean =>
  ['assistant', 'user'].includes(String(member(value, 'requestor'))) &&
  (Object.hasOwn(value, 'arguments') || member(value, 'role') === 'tool');

export const tau2 = conversationFormat({
  id: 'tau2',
  label: 'tau2-bench results',
  wrappers: ['simulations'],
  dialect: () => ({ closed: (key) => CLOSED.has(key) }),
  silent: (value) => Object.hasOwn(value, 'task_id'),
  detect: (head) =>
    shows(head, isCall, /"simulations"\s*:\s*\[/) ? { confidence: 0.97, words: 'simulations of tau2-bench' } : null,
});
