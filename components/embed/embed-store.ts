import type { Bundle } from '@/lib/bundle';
import type { EmbedTheme } from '@/lib/embed';
import { callId, type Call, type CallId, type Rule, type RuleId } from '@/lib/engine';
import { readWhole } from '@/lib/intake';
import { refusalOf, type Refusal } from '../session/refusal';
import { callsOf, withCall } from './sample-calls';

/** What an embed shows. */
export type EmbedContent =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | {
      readonly kind: 'open';
      /** As it arrived: what Reset returns to. */
      readonly original: Bundle;
      readonly bundle: Bundle;
      readonly focus: CallId | undefined;
      /** Another number each time that something arrives or is reset: what the reader has opened or typed belongs to the one before. */
      readonly turn: number;
    };

export interface EmbedState {
  readonly content: EmbedContent;
  readonly theme: EmbedTheme;
  /** Whether the reader has clicked or typed: from then on the embed may scroll, and change its height. */
  readonly used: boolean;
}

/** The state of an embed, outside React. Nothing of it is stored. `subscribe` and `getState` are bound, for `useSyncExternalStore`. */
export class EmbedStore {
  readonly #listeners = new Set<() => void>();
  #state: EmbedState;
  #turns = 0;

  constructor(theme: EmbedTheme) {
    this.#state = { content: { kind: 'waiting' }, theme, used: false };
  }

  readonly getState = (): EmbedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Opens a link or the JSON of a bundle. Where it is refused, what was open stays open; returns why. */
  open(source: string): Refusal | undefined {
    const read = readWhole(source);
    if (read.ok) {
      const { bundle } = read;
      this.#set({ content: { kind: 'open', original: bundle, bundle, focus: bundle.focus, turn: ++this.#turns } });
      return undefined;
    }
    const refusal = refusalOf(read);
    if (this.#state.content.kind !== 'open') this.#set({ content: { kind: 'refused', refusal } });
    return refusal;
  }

  /** Nothing arrives: neither is anything in the address, nor may a page connect. */
  refuse(refusal: Refusal): void {
    this.#set({ content: { kind: 'refused', refusal } });
  }

  /** Shows a call; returns false where the bundle has none with this id. */
  focus(id: string): boolean {
    const { content } = this.#state;
    if (content.kind !== 'open' || !callsOf(content.bundle).some((call) => call.id === id)) return false;
    this.#set({ content: { ...content, focus: callId(id) } });
    return true;
  }

  changeRule(rule: Rule): void {
    this.#change((bundle) => ({ ...bundle, rules: bundle.rules.map((one) => (one.id === rule.id ? rule : one)) }));
  }

  setRules(rules: readonly Rule[]): void {
    this.#change((bundle) => ({ ...bundle, rules }));
  }

  /** Moves a rule to an index, from 0. */
  moveRule(id: RuleId, to: number): void {
    this.#change((bundle) => {
      const rule = bundle.rules.find((one) => one.id === id);
      return rule === undefined
        ? bundle
        : { ...bundle, rules: bundle.rules.filter((one) => one.id !== id).toSpliced(to, 0, rule) };
    });
  }

  changeCall(call: Call): void {
    this.#change((bundle) => withCall(bundle, call));
  }

  reset(): void {
    const { content } = this.#state;
    if (content.kind !== 'open') return;
    const { original } = content;
    this.#set({ content: { ...content, bundle: original, focus: original.focus, turn: ++this.#turns } });
  }

  setTheme(theme: EmbedTheme): void {
    this.#set({ theme });
  }

  readonly markUsed = (): void => {
    if (!this.#state.used) this.#set({ used: true });
  };

  #change(edit: (bundle: Bundle) => Bundle): void {
    const { content } = this.#state;
    if (content.kind === 'open') this.#set({ content: { ...content, bundle: edit(content.bundle) } });
  }

  #set(part: Partial<EmbedState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of [...this.#listeners]) listener();
  }
}
