import type { ReactNode } from 'react';
import { CALLABLES, formatType, VARIABLES, type CelCallable, type vocabularyDocs } from '@/lib/cel';
import { ConditionText } from '../ui/condition-text';
import { siteAddress } from '../site/site-address';
import { OnThisPage } from './on-this-page';

type LanguageDocs = Awaited<ReturnType<typeof vocabularyDocs>>;

const KINDS = [
  {
    kind: 'macro',
    id: 'macros',
    title: 'Macros',
    says: 'They iterate over lists and maps, and test whether a field is present.',
  },
  { kind: 'method', id: 'methods', title: 'Methods', says: 'They follow a value and a dot.' },
  {
    kind: 'function',
    id: 'functions',
    title: 'Functions',
    says: 'They take their arguments in parentheses, and convert one type to another.',
  },
  {
    kind: 'operator',
    id: 'operators',
    title: 'Operators',
    says: 'Both operands must have types that a line below names.',
  },
] as const satisfies readonly { kind: CelCallable['kind']; id: string; title: string; says: string }[];

/** Everything that a condition can name, from the vocabulary that the checker and the editor use. */
export function ConditionLanguage({ docs }: { docs: LanguageDocs }) {
  return (
    <article className="max-w-3xl space-y-8">
      <header className="space-y-2">
        <h1 className="text-xl font-semibold">The language of conditions</h1>
        <p className="text-ink-2">
          A condition is an expression in CEL, the Common Expression Language, that is true or false of a call. It is
          evaluated here exactly as the gateway’s own library, cel-go, evaluates it. For conditions to start from, see{' '}
          <a href={siteAddress('docs/conditions/')} className="text-accent underline underline-offset-2">
            Conditions
          </a>
          .
        </p>
        <OnThisPage
          parts={[
            ['failing', 'When a condition fails'],
            ['facts', 'Facts of a call'],
            ...KINDS.map(({ id, title }) => [id, title] as const),
          ]}
        />
      </header>

      <FailingConditions />
      <CallFactEntries docs={docs} />
      {KINDS.map((group) => (
        <CallableEntries key={group.kind} {...group} docs={docs} />
      ))}
    </article>
  );
}

const FailingConditions = () => (
  <Section id="failing" title="When a condition fails">
    <p>
      A condition that names an argument which the call does not have, or compares a text with a number, is neither true
      nor false: it fails. The gateway’s documentation does not say what becomes of the rule then. We read that it is
      skipped, and that a call which a deny rule would have stopped continues to the rules below; a decision that
      depends on this reading says so. So test first whether a field is present:
    </p>
    <Expression source="has(request.args.amount) && request.args.amount <= 500.0" />
    <p>
      A false side of <Word>&amp;&amp;</Word> and a true side of <Word>||</Word> decide even where the other side fails.
      Numbers among the arguments are doubles, and <Word>500</Word> compares with them as <Word>500.0</Word> does, but
      only numbers of one type can be added.
    </p>
  </Section>
);

const CallFactEntries = ({ docs }: { docs: LanguageDocs }) => (
  <Section id="facts" title="Facts of a call">
    <p>
      What a condition can read of the call that is decided. A fact that a trace does not state is unknown, not absent:
      where a decision depends on it, the playground says so. Those marked <Undocumented /> are not in the gateway’s
      public documentation: check that your gateway provides them before a rule relies on one.
    </p>
    <dl className="divide-y divide-line rounded-md border border-line">
      {VARIABLES.map(({ path, type, documented, optional }) => (
        <Entry
          key={path}
          id={path}
          name={path}
          detail={
            <>
              <span className="font-mono text-xs">{formatType(type)}</span>
              {optional ? <span className="text-xs">may be absent</span> : null}
              {documented ? null : <Undocumented />}
            </>
          }
          says={docs.VARIABLE_DOCS[path]?.doc}
        >
          <Expression source={docs.VARIABLE_DOCS[path]?.example ?? path} />
        </Entry>
      ))}
    </dl>
  </Section>
);

type CallableGroup = (typeof KINDS)[number];

const CallableEntries = ({ kind, id, title, says, docs }: CallableGroup & { docs: LanguageDocs }) => (
  <Section id={id} title={title}>
    <p>{says}</p>
    <dl className="divide-y divide-line rounded-md border border-line">
      {CALLABLES.filter((one) => one.kind === kind).map(({ name, signatures }) => (
        <Entry key={name} id={`${kind}-${name}`} name={wordOf(kind, name)} says={docs.CALLABLE_DOCS[name]?.doc}>
          {docs.CALLABLE_DOCS[name]?.examples.map(([source, result]) => (
            <Expression key={source} source={source} result={result} />
          ))}
          <details className="text-xs text-ink-2">
            <summary className="inline-flex min-h-6 cursor-pointer items-center pointer-coarse:min-h-11">
              {signatures.length === 1 ? 'Its types' : `Its types, in ${signatures.length} forms`}
            </summary>
            <ul className="font-mono break-words">
              {signatures.map((signature) => (
                <li key={signature}>{signature}</li>
              ))}
            </ul>
          </details>
        </Entry>
      ))}
    </dl>
  </Section>
);

/** An operator without its operands: `_&&_` is `&&`, `_?_:_` is `? :`. */
const wordOf = (kind: CelCallable['kind'], name: string): string =>
  kind === 'operator' ? name.replaceAll('_', ' ').replace('@', '').trim() : name;

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h2 id={id} className="scroll-mt-4 text-lg font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

interface EntryProps {
  id: string;
  name: string;
  detail?: ReactNode;
  says: string | undefined;
  children: ReactNode;
}

function Entry({ id, name, detail, says, children }: EntryProps) {
  return (
    <div id={id} className="scroll-mt-4 space-y-1 px-3 py-2 text-sm">
      <dt className="flex flex-wrap items-baseline gap-x-3 text-ink-2">
        <span className="font-mono font-medium break-all text-ink">{name}</span>
        {detail}
      </dt>
      <dd className="space-y-1">
        <p className="text-ink-2">{says}</p>
        {children}
      </dd>
    </div>
  );
}

/** An expression and its value. */
function Expression({ source, result }: { source: string; result?: string }) {
  return (
    <p className="font-mono text-xs">
      <ConditionText source={source} />
      {result === undefined ? null : <span className="text-ink-2"> → {result}</span>}
    </p>
  );
}

const Word = ({ children }: { children: ReactNode }) => (
  <code className="rounded bg-sunken px-1 font-mono text-[0.9em]">{children}</code>
);

const Undocumented = () => <span className="rounded border border-line-strong/60 px-1 text-xs">not documented</span>;
