import { bundleOf, encodeLink, type Bundle } from '@/lib/bundle';
import { EMBED_HEIGHTS, EMBED_VIEWS, type EmbedView } from '@/lib/embed';
import {
  callId,
  fillPolicy,
  validateCall,
  validatePolicy,
  type Call,
  type DecisionEffect,
  type WrittenPolicy,
} from '@/lib/engine';

/** What an example's page says of a call. */
export interface ClaimedDecision {
  readonly call: Call;
  readonly effect: DecisionEffect;
  /** The id of the rule that decides, or `default`; undefined where the effect waits for facts. */
  readonly by: string | undefined;
}

/** A fenced block of the language `policy` in a page: rules, calls, and what the page says is decided. */
export interface DocsExample {
  readonly view: EmbedView;
  readonly height: number;
  readonly bundle: Bundle;
  readonly link: string;
  readonly claims: readonly ClaimedDecision[];
}

interface WrittenExample extends WrittenPolicy {
  readonly name: string;
  readonly view?: string;
  readonly height?: number;
  readonly calls: readonly { readonly call: Omit<Call, 'id'>; readonly effect: DecisionEffect; readonly by?: string }[];
}

/** Reads an example. A mistake in it throws, and so ends the build. */
export function readExample(text: string): DocsExample {
  const { name, view = 'policy', height, calls, ...policy } = JSON.parse(text) as WrittenExample;
  const shown = EMBED_VIEWS.find((one) => one === view);
  if (shown === undefined) throw new Error(`example “${name}”: there is no view \`${view}\``);
  const claims = calls.map(({ call, effect, by }, i) => ({
    call: { id: callId(`call-${i + 1}`), ...call },
    effect,
    by,
  }));
  const [problem] = [...validatePolicy(policy), ...claims.flatMap(({ call }) => validateCall(call))];
  if (problem !== undefined) throw new Error(`example “${name}”: ${problem.pointer} ${problem.message}`);
  const bundle = bundleOf(name, fillPolicy(policy), { trace: claims.map(({ call }) => call) });
  const link = encodeLink(bundle);
  if (!link.ok) throw new Error(`example “${name}” cannot be put into a link`);
  return { view: shown, height: height ?? EMBED_HEIGHTS[shown], bundle, link: link.fragment, claims };
}
