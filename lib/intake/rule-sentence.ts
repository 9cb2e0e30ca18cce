/** A rule from one sentence in plain words, such as "deny delete_* on github for cursor": read where it is certain, else refused with a reason. */
import { check, parse } from '../cel';
import { fillScope, patternProblem, type Effect, type Facet, type Rule, type Scope } from '../engine';

/** Names that are known, by what they name; what a bare name means is looked up among them. */
export type KnownNames = { readonly [F in Facet | 'tools']: readonly string[] };

export type SentenceRead =
  | {
      readonly kind: 'rule';
      readonly rule: Pick<Rule, 'effect' | 'scope' | 'tools' | 'condition'>;
      /** Names that are not among those known, as they were written. */
      readonly unknown: readonly string[];
    }
  /** In one sentence, lower case and without a full stop, the user's text in backticks. */
  | { readonly kind: 'refused'; readonly reason: string };

const EFFECTS: readonly (readonly [RegExp, Effect])[] = [
  [/^(?:do not|don't|don’t|never) (?:allow|permit)$/i, 'deny'],
  [/^(?:allow|permit)$/i, 'allow'],
  [/^(?:deny|block|forbid)$/i, 'deny'],
  [/^gate$/i, 'gated'],
];

/** Words that a single rule cannot say, with what to do instead. */
const BEYOND_A_RULE: Readonly<Record<string, string>> = {
  except: 'a rule has no exceptions: write the exception as a rule of its own, above this one',
  unless: 'write what must hold as a condition, after `when`',
  but: 'a rule has no exceptions: write the exception as a rule of its own, above this one',
  not: 'a rule names what it covers, not what it leaves out: write the exception as a rule of its own, above this one',
  without:
    'a rule names what it covers, not what it leaves out: write the exception as a rule of its own, above this one',
  only: '`only` takes two rules: one that allows this, and below it one that denies the rest',
  then: 'write one sentence for each rule',
};

const EVERYTHING = /^(?:everything|anything|\*)$/i;
const ALL = /^(?:all|any|every)$/i;
const EVERYONE = /^(?:everyone|everybody|anyone|anybody)$/i;

const KIND_WORDS: Readonly<Record<string, Facet>> = {
  agent: 'agents',
  agents: 'agents',
  instance: 'instances',
  instances: 'instances',
  user: 'users',
  users: 'users',
  group: 'groups',
  groups: 'groups',
};
const WHO: readonly Facet[] = ['agents', 'instances', 'users', 'groups'];
const ONE_OF = {
  agents: 'an agent',
  instances: 'an instance',
  users: 'a user',
  groups: 'a group',
  resources: 'a resource',
};

class NotCertain extends Error {}

function refuse(reason: string): never {
  throw new NotCertain(reason);
}

interface SentenceWord {
  readonly text: string;
  readonly quoted: boolean;
}

/** Reads a sentence. What it names need not be known, where its place in the sentence says what it is. Never throws. */
export function readRuleSentence(text: string, known: KnownNames): SentenceRead {
  try {
    return new SentenceReader(text, known).read();
  } catch (error) {
    if (error instanceof NotCertain) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

const MOST_CHARACTERS = 8_192;
const WORD = /"([^"]*)"|'([^']*)'|`([^`]*)`|“([^”]*)”|((?:\{[^{}]*\}|[^\s,;"`“”{}])+)|[,;]|\S/gu;
/** What names and patterns consist of; anything else is punctuation that this does not understand. */
const NAME = /^[\p{L}\p{N}_.:@/\\*?+!{},()[\]|$#%~^=-]+$/u;

class SentenceReader {
  readonly #words: readonly SentenceWord[];
  readonly #condition: string | undefined;
  readonly #known: KnownNames;
  readonly #unknown: string[] = [];
  readonly #scope: { [F in Facet]?: readonly string[] } = {};
  #at = 0;

  constructor(text: string, known: KnownNames) {
    if (text.length > MOST_CHARACTERS) refuse('this is longer than a rule can be');
    const all = wordsOf(text.trim().replace(/(?<=[\p{L}\p{N}*])\.$/u, ''));
    const when = all.findIndex(({ word: { text: word, quoted } }) => !quoted && /^(?:when|if)$/i.test(word));
    this.#words = (when < 0 ? all : all.slice(0, when)).map(({ word }) => word);
    this.#condition = when < 0 ? undefined : text.trim().slice(all[when]?.end).trim();
    this.#known = known;
  }

  read(): SentenceRead {
    const effect = this.#effect();
    const tools = this.#tools();
    while (this.#here !== undefined) this.#clause();
    const condition = this.#checkedCondition(effect);
    const scope: Scope = fillScope(this.#scope);
    return { kind: 'rule', rule: { effect, scope, tools, condition }, unknown: [...new Set(this.#unknown)] };
  }

  get #here(): SentenceWord | undefined {
    return this.#words[this.#at];
  }

  #is(pattern: RegExp): boolean {
    const here = this.#here;
    return here !== undefined && !here.quoted && pattern.test(here.text);
  }

  #effect(): Effect {
    const first = this.#words.slice(0, 1).map(({ text }) => text);
    if (first.length === 0) refuse('begin with `allow`, `deny` or `gate`');
    for (let count = 3; count > 0; count--) {
      const words = this.#words.slice(0, count);
      if (words.some(({ quoted }) => quoted)) continue;
      const found = EFFECTS.find(([pattern]) => pattern.test(words.map(({ text }) => text).join(' ')));
      if (found === undefined) continue;
      this.#at = words.length;
      return found[1];
    }
    return refuse(`\`${first[0] ?? ''}\` is no effect: begin with \`allow\`, \`deny\` or \`gate\``);
  }

  #tools(): readonly string[] {
    if (this.#is(/^(?:on|for|by)$/i) || this.#here === undefined)
      refuse('say which tools: a name, a pattern such as `delete_*`, or `everything`');
    if (this.#is(ALL)) {
      this.#at += 1;
      if (!this.#is(/^tools?$/i)) refuse('after `all`, `any` or `every` comes `tools`; or write `everything`');
      this.#at += 1;
      return ['*'];
    }
    if (this.#is(EVERYTHING)) {
      this.#at += 1;
      return ['*'];
    }
    if (this.#is(/^tools?$/i)) this.#at += 1;
    return this.#list((word) => this.#tool(word));
  }

  #tool({ text, quoted }: SentenceWord): string {
    const problem = patternProblem(text);
    if (problem !== undefined) refuse(problem.message);
    if (this.#known.tools.includes(text)) return text;
    // A plain word may be a verb or a kind of tools, and no name.
    if (!quoted && !/[_*?{}.\-/:]|\p{Ll}\p{Lu}/u.test(text))
      refuse(
        `\`${text}\` is no known tool: write its name in quotes, or a pattern such as \`${text.toLowerCase()}_*\``,
      );
    if (!/[*?{}[\]!()]/.test(text)) this.#unknown.push(text);
    return text;
  }

  #clause(): void {
    const { text } = this.#here ?? { text: '' };
    if (this.#is(/^on$/i)) {
      this.#at += 1;
      this.#resources();
    } else if (this.#is(/^(?:for|by)$/i)) {
      this.#at += 1;
      this.#who();
    } else {
      this.#refuseBeyond();
      refuse(`\`${text}\` is not understood here: after the tools come \`on\`, \`for\` or \`when\``);
    }
  }

  #resources(): void {
    if (this.#is(ALL)) {
      this.#at += 1;
      if (!this.#is(/^resources?$/i)) refuse('after `all`, `any` or `every` comes `resources`');
      this.#at += 1;
      return this.#set('resources', []);
    }
    if (this.#is(/^resources?$/i)) this.#at += 1;
    this.#set(
      'resources',
      this.#list((word) => this.#name('resources', word)),
    );
  }

  #who(): void {
    if (this.#is(EVERYONE)) {
      this.#at += 1;
      return;
    }
    const kind = kindWord(this.#here);
    if (kind !== undefined) {
      this.#at += 1;
      return this.#set(
        kind,
        this.#list((word) => this.#name(kind, word)),
      );
    }
    const found = this.#list((word) => ({ word, kind: this.#kindOf(word) }));
    const [first] = found;
    if (found.some((one) => one.kind !== first?.kind))
      refuse('these are of different kinds, and a rule asks for all of its scope at once: write a rule for each');
    if (first !== undefined)
      this.#set(
        first.kind,
        found.map(({ word }) => this.#name(first.kind, word)),
      );
  }

  /** What a bare name is: the one thing of that name. */
  #kindOf({ text }: SentenceWord): Facet {
    if (/^[^\s@]+@[^\s@]+$/.test(text)) return 'users';
    const kinds = WHO.filter((facet) => this.#known[facet].includes(text));
    const [kind, other] = kinds;
    if (kind === undefined)
      return refuse(
        `it is not known what \`${text}\` is: write \`agent ${text}\`, \`user ${text}\` or \`group ${text}\``,
      );
    if (other !== undefined)
      return refuse(
        `\`${text}\` is ${ONE_OF[kind]} and ${ONE_OF[other]}: write which, such as \`${kind.slice(0, -1)} ${text}\``,
      );
    return kind;
  }

  #name(facet: Facet, { text }: SentenceWord): string {
    if (this.#known[facet].includes(text)) return text;
    if (text.includes('*')) refuse(`\`${text}\` is a pattern: only tools are named by patterns`);
    const same = this.#known[facet].filter((name) => name.toLowerCase() === text.toLowerCase());
    if (same.length > 0) refuse(`\`${text}\` is written \`${same[0] ?? ''}\` in the catalog or the trace`);
    this.#unknown.push(text);
    return text;
  }

  #set(facet: Facet, values: readonly string[]): void {
    if (this.#scope[facet] !== undefined) refuse(`the ${facet} are said twice`);
    this.#scope[facet] = values;
  }

  /** Words parted by commas, `and` or `or`; at least one. */
  #list<T>(read: (word: SentenceWord) => T): readonly T[] {
    const items: T[] = [];
    for (;;) {
      const word = this.#here;
      if (word === undefined || (!word.quoted && /^(?:on|for|by|and|or|[,;])$/i.test(word.text)))
        refuse(`a name is missing${word === undefined ? ' at the end' : ` before \`${word.text}\``}`);
      this.#refuseBeyond();
      if (!NAME.test(word.text)) refuse(`\`${word.text}\` is no name`);
      this.#at += 1;
      items.push(read(word));
      if (!this.#is(/^(?:,|and|or)$/i)) return items;
      this.#at += 1;
      if (this.#is(/^(?:and|or)$/i)) this.#at += 1;
    }
  }

  #refuseBeyond(): void {
    const here = this.#here;
    if (here === undefined || here.quoted) return;
    const word = here.text.toLowerCase();
    if (Object.hasOwn(BEYOND_A_RULE, word)) refuse(BEYOND_A_RULE[word] ?? word);
    if (EFFECTS.some(([pattern]) => pattern.test(word))) refuse('write one sentence for each rule');
  }

  #checkedCondition(effect: Effect): string | null {
    const source = this.#condition;
    if (source === undefined) {
      if (effect === 'gated') refuse('a gate needs a condition: write it after `when`, in CEL');
      return null;
    }
    if (source === '') refuse('the condition after `when` is missing');
    const parsed = parse(source);
    const found = parsed.diagnostics.length > 0 ? parsed.diagnostics : check(parsed, { result: 'bool' }).diagnostics;
    const error = found.find(({ severity }) => severity === 'error');
    if (error !== undefined) refuse(`what comes after \`when\` is no condition in CEL: ${error.message}`);
    return source;
  }
}

function kindWord(word: SentenceWord | undefined): Facet | undefined {
  const text = word?.quoted === false ? word.text.toLowerCase() : '';
  return Object.hasOwn(KIND_WORDS, text) ? KIND_WORDS[text] : undefined;
}

function wordsOf(text: string): readonly { readonly word: SentenceWord; readonly end: number }[] {
  return [...text.matchAll(WORD)].map((match) => {
    const quoted = match.slice(1, 5).find((part) => part !== undefined);
    return { word: { text: quoted ?? match[0], quoted: quoted !== undefined }, end: match.index + match[0].length };
  });
}
