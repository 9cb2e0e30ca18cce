import type { ReactNode } from 'react';
import { LIMITS } from '@/lib/bundle';
import { siteAddress } from '../site/site-address';
import { OnThisPage } from './on-this-page';
import { number } from '../ui/words';

export interface ImporterExample {
  readonly language: string;
  readonly file: string;
  readonly source: string;
}

const BUNDLE = `{
  "format": "policy-bundle",
  "version": 1,
  "name": "Support desk",
  "rules": [
    {
      "id": "r-1",
      "name": "Refunds up to 500",
      "effect": "gated",
      "scope": { "resources": ["payments"], "agents": ["tag:support"] },
      "tools": ["create_refund"],
      "condition": "request.args.amount <= 50000"
    },
    { "id": "r-2", "name": "Allow the rest", "effect": "allow", "tools": ["*"] }
  ]
}`;

/** Everything that the author of an importer for bundles and links needs. */
export function BundleFormat({ examples }: { examples: readonly ImporterExample[] }) {
  return (
    <article className="max-w-3xl space-y-8">
      <header className="space-y-2">
        <h1 className="text-xl font-semibold">Bundles and links</h1>
        <p className="text-ink-2">
          A policy leaves the playground as one JSON document, a bundle, or as a link that holds one. This page is all
          that a gateway needs to import either: the contents, how to check that it arrived intact, what to refuse, and
          complete importers in Go, Python and Node.
        </p>
        <OnThisPage parts={SECTIONS} />
      </header>

      <TheBundle />
      <WhatToRefuse />
      <LimitsAndUnits />
      <CanonicalFormAndDigest />
      <TheLink />
      <Importers examples={examples} />
      <Vectors />
    </article>
  );
}

function TheBundle() {
  return (
    <Section id="bundle">
      <p>
        A bundle is one JSON object in UTF-8, of type <C>application/json</C>, in a file named <C>NAME.policy.json</C>.
      </p>
      <Code label="A bundle">{BUNDLE}</Code>
      <Fields
        rows={[
          ['format', 'Always policy-bundle.'],
          ['version', 'Always 1. A bundle of a higher version is refused: its rules may have another meaning.'],
          ['name', 'The policy’s name. Required, and not part of the digest.'],
          ['settings', 'gatedWhenFalse: what a gate with a false condition does, continue or deny.'],
          ['rules', 'In evaluation order: the first rule that matches decides. If none does, the call is denied.'],
          ['description, notes', 'Texts for people.'],
          [
            'catalog, tests, trace, focus',
            'What the policy was tested with. Check their types (catalog is an object, tests and trace are lists); a gateway may ignore what they hold.',
          ],
          ['dismissed', 'Findings that were dismissed, with the reasons; they decide nothing.'],
          ['invariants', 'What its author says of all calls, each a line of text; they decide nothing.'],
          [
            'readings',
            'How the policy’s gateway reads what its vendor leaves open, as far as it was measured. Not part of the digest.',
          ],
          ['exercise', 'Reserved: keep it, or leave it out.'],
        ]}
      />
      <RuleFields />
      <OmittedFields />
      <p>
        What rules mean, what becomes of a condition that fails or cannot be known, and what a gate does are in{' '}
        <C>docs/semantics.md</C> of the repository. An importer that stores a policy need not know; a gateway that
        decides by one must.
      </p>
    </Section>
  );
}

function RuleFields() {
  return (
    <>
      <p>A rule has these fields:</p>
      <Fields
        rows={[
          ['id', 'Stable, not empty, unique in the policy.'],
          ['name, description', 'Texts.'],
          ['effect', 'allow, deny or gated. A gate allows where its condition holds.'],
          ['status', 'active, draft or disabled. Only active rules are evaluated.'],
          [
            'scope',
            'Lists of selectors by facet: resources, agents, instances, users, groups. An empty list covers everything. A selector is a slug or an id, for users also an e-mail address; tag:NAME selects by tag, not for users and groups.',
          ],
          ['tools', 'One to 64 patterns, each of up to 256 characters, matched against a tool’s bare name.'],
          ['condition', 'CEL, up to 4,096 characters, or null. An active gated rule must have one.'],
        ]}
      />
    </>
  );
}

function OmittedFields() {
  return (
    <>
      <h3 className="font-semibold">What is left out</h3>
      <p>
        So that links stay short, a writer leaves default values out of settings and rules, and a reader fills them in:{' '}
        <C>{'"description": ""'}</C>, <C>{'"status": "active"'}</C>, <C>{'"condition": null'}</C>, empty facets, a scope
        without facets, <C>{'"gatedWhenFalse": "continue"'}</C>, and settings without fields. Nothing is ever left out
        of a call, a test or a catalog: there, a key that is missing means that the fact is not known, and null that it
        is known to be absent.
      </p>
    </>
  );
}

function WhatToRefuse() {
  return (
    <Section id="refuse">
      <p>Refuse a bundle as a whole, never a part of it. In a lenient reader a misspelt word can allow calls:</p>
      <ul className="list-disc space-y-1 pl-5">
        <li>
          An unknown field in settings, a rule or its scope, unless its name begins with <C>x-</C>. With{' '}
          <C>{'"agnets": ["finance"]'}</C> ignored, the rule would cover every agent.
        </li>
        <li>
          A duplicate key in an object: one reader takes the first, another the last. Most JSON libraries do not report
          it.
        </li>
        <li>Ids that are not unique; an invalid effect, status or selector; an active gate without a condition.</li>
        <li>
          A version that is not the number 1. In some languages <C>true</C> equals 1, and a text compares as a number.
        </li>
        <li>
          A pattern whose braces stand for more than 1,000 alternatives, such as <C>{'{1..1001}'}</C>, counted as bash
          expands them.
        </li>
        <li>
          Members of another type: a <C>catalog</C> that is no object, <C>tests</C> or a <C>trace</C> that are no lists,
          and null where it is not allowed.
        </li>
        <li>Lone surrogates in texts, numbers beyond a double, and whatever passes a limit below.</li>
      </ul>
      <p>
        Elsewhere unknown fields are kept. A condition that does not compile is no reason to refuse: the gateway skips
        such a rule, and should report it. The{' '}
        <a
          href={siteAddress('schema/policy-bundle.v1.schema.json')}
          className="text-accent underline underline-offset-2"
        >
          JSON Schema
        </a>{' '}
        (draft 2020-12) states most of this. It cannot say: that ids are unique, that no key occurs twice, the size in
        bytes, the levels, the 2,000 calls of a link, lone surrogates, numbers beyond a double, and how many
        alternatives a pattern stands for. Check these as well.
      </p>
      <p>
        On refusal, print one line that says what is wrong and where, and no stack trace. A document of 100,000 levels
        must not end the program either: many JSON libraries recurse.
      </p>
    </Section>
  );
}

function LimitsAndUnits() {
  return (
    <Section id="limits">
      <Fields
        rows={[
          [
            `${number(LIMITS.bytes / 1024 / 1024)} MiB`,
            'Bytes of the JSON text in UTF-8: of the file, or decompressed from the link.',
          ],
          [`${number(LIMITS.depth)} levels`, 'Lists and objects in one another; the bundle itself is the first.'],
          [`${number(LIMITS.rules)} rules`, `Each with 1 to ${number(LIMITS.patterns)} patterns.`],
          ['256 characters', 'Of a pattern, in Unicode code points: neither bytes nor UTF-16 units. 😂 is one.'],
          [`${number(LIMITS.condition)} characters`, 'Of a condition, in Unicode code points.'],
          ['1,000 alternatives', 'Of one pattern, after its braces are expanded.'],
          [
            '10,000 alternatives',
            'Of all patterns together whose braces are unbalanced or overlap with brackets, so that they must be expanded.',
          ],
          [`${number(LIMITS.linkCalls)} calls`, 'In the trace of a link. A file may carry as many as fit.'],
        ]}
      />
      <p>
        This reader also stops at {number(LIMITS.containers)} lists and objects, far more than any policy needs, so that
        a small link cannot fill its memory. Texts are counted as they are after JSON’s escapes are undone, without
        normalization. Only the order of keys in the canonical form goes by UTF-16 units.
      </p>
      <p>
        A byte order mark (U+FEFF) at the start of the text is skipped, once, and is never written. Anywhere else it is
        an ordinary character within a text, and refused outside of one. See vector <C>spelling</C>.
      </p>
    </Section>
  );
}

function CanonicalFormAndDigest() {
  return (
    <Section id="digest">
      <p>
        The <strong>canonical form</strong> of a bundle is RFC 8785 (JCS) of what is written: no white space, keys in
        the order of their UTF-16 units, numbers and texts as ECMAScript writes them. Numbers are doubles in every
        language.
      </p>
      <p>
        The <strong>policy digest</strong> is the SHA-256, in hexadecimal, of the canonical form of an object with{' '}
        <C>format</C>, <C>version</C>, <C>settings</C> and <C>rules</C> alone, with what may be left out left out. The
        same policy has the same digest whatever name, notes or trace travel with it. Fields that begin with <C>x-</C>{' '}
        in settings, rules and scopes count. Show it to whoever imports a policy: the playground shows its first eight
        digits as <C>9f3a·17c2</C>.
      </p>
    </Section>
  );
}

function TheLink() {
  return (
    <Section id="link">
      <Code label="A link">{'https://…/#1.<payload>.<check>'}</Code>
      <Fields
        rows={[
          ['1', 'The version of the link’s format.'],
          ['payload', 'base64url without padding of raw DEFLATE (RFC 1951) of the canonical bundle in UTF-8.'],
          ['check', 'The first 12 hexadecimal digits, in lower case, of the SHA-256 of the decompressed bytes.'],
        ]}
      />
      <p>To open one:</p>
      <ol className="list-decimal space-y-1 pl-5">
        <li>
          Look for every <C>#1.</C> in the text. With two different links, refuse: which one is meant cannot be known,
          and opening the last would be a guess (vector <C>two-links</C>). In one address, the link follows the last #.
        </li>
        <li>Cut it at its two dots. Any other character than those of base64url and lower-case digits is damage.</li>
        <li>
          Decode base64url strictly: no padding, and the bits left over at the end are zero. Many libraries accept other
          endings, so encode again and compare (vector <C>base64-ending</C>).
        </li>
        <li>Decompress, and stop at 4 MiB. Bytes after the compressed data are damage.</li>
        <li>Compare the check: it shows whether a letter was lost or changed on the way.</li>
        <li>Read the bytes as a bundle, as above.</li>
      </ol>
      <p>
        What follows the # is never sent to a server. The check detects damage, not fraud: whoever can change a link can
        make a new check. A link does not prove who made a policy, so have a person review it before it goes live.
      </p>
    </Section>
  );
}

function Importers({ examples }: { examples: readonly ImporterExample[] }) {
  return (
    <Section id="importers">
      <p>
        Each is one file without dependencies, and the playground’s tests run it on every test vector. It takes a file
        or a link, and prints the policy with its digest and with everything filled in.
      </p>
      {examples.map(({ language, file, source }) => (
        <details key={file} className="rounded-md border border-line" id={`importer-${language.toLowerCase()}`}>
          <summary className="cursor-pointer px-3 py-2 font-medium pointer-coarse:py-3">
            {language}: {file}, {source.trimEnd().split('\n').length} lines
          </summary>
          <div className="space-y-2 border-t border-line px-3 py-2">
            <a
              href={siteAddress(`schema/examples/${file}`)}
              download
              className="text-sm text-accent underline underline-offset-2"
            >
              Download {file}
            </a>
            <Code label={`The importer in ${language}`}>{source}</Code>
          </div>
        </details>
      ))}
    </Section>
  );
}

function Vectors() {
  return (
    <Section id="vectors">
      <p>
        The vectors let a reader in any language check itself:{' '}
        {VECTORS.map(([file, says], i) => (
          <span key={file}>
            {i === 0 ? '' : i === VECTORS.length - 1 ? ', and ' : ', '}
            <a href={siteAddress(`schema/vectors/${file}`)} className="text-accent underline underline-offset-2">
              {says}
            </a>
          </span>
        ))}
        . A link must decode to the bytes of its vector; the compressed bytes may differ between libraries, so compare
        what comes out.
      </p>
    </Section>
  );
}

const SECTIONS = [
  ['bundle', 'The bundle'],
  ['refuse', 'What to refuse'],
  ['limits', 'Limits and their units'],
  ['digest', 'Canonical form and digest'],
  ['link', 'The link'],
  ['importers', 'Importers'],
  ['vectors', 'Test vectors'],
] as const;

const VECTORS = [
  ['bundles.json', 'bundles with their canonical form, digest and link'],
  ['damaged-links.json', 'damaged links with the code of each refusal'],
  ['repairable-links.json', 'texts from which a link is certain'],
  ['check.py', 'a checker in Python'],
] as const;

function Section({ id, children }: { id: (typeof SECTIONS)[number][0]; children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="space-y-3">
      <h2 id={id} className="scroll-mt-4 text-lg font-semibold">
        {SECTIONS.find(([section]) => section === id)?.[1]}
      </h2>
      {children}
    </section>
  );
}

function Fields({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="divide-y divide-line rounded-md border border-line text-sm">
      {rows.map(([name, says]) => (
        <div key={name} className="gap-3 px-3 py-1.5 sm:flex">
          <dt className="shrink-0 font-mono text-xs leading-5 break-words sm:w-44">{name}</dt>
          <dd className="text-ink-2">{says}</dd>
        </div>
      ))}
    </dl>
  );
}

function Code({ label, children }: { label: string; children: string }) {
  return (
    <pre
      tabIndex={0}
      role="group"
      aria-label={label}
      className="max-h-128 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs"
    >
      {children}
    </pre>
  );
}

function C({ children }: { children: string }) {
  return <code className="rounded bg-sunken px-1 font-mono text-[0.9em] break-words">{children}</code>;
}
