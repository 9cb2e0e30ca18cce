// @vitest-environment jsdom
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { PRESENT_SCRIPT, frameSnippet, htmlSnippet, reactSnippet, staticSnippet, type EmbedSnippet } from '.';

const SNIPPET: EmbedSnippet = {
  playground: 'https://play.example/docs/',
  script: { name: 'embed.0123456789ab.js', integrity: 'sha384-abc/+=' },
  link: '#1.q1ZK_-.0123456789ab',
  options: { view: 'rule', theme: 'dark', editable: true, rules: [[2, 2]] },
  height: 320,
  name: 'Refunds',
  rules: [
    { effect: 'Deny', sentence: [{ text: 'everything', code: false }], condition: null, status: 'disabled' },
    {
      effect: 'Gated',
      sentence: [
        { text: 'any agent calling', code: false },
        { text: 'create_*', code: true },
      ],
      condition: 'request.args.amount <= 500 && request.args.note != "`x`"',
      status: 'draft',
    },
  ],
};

/** Texts that end what they are in, in some syntax. */
const HOSTILE = [
  '</script><script>alert(1)</script>',
  '</policy-playground><img src=x onerror=alert(1)>',
  `" onload="alert(1)`,
  `' onload='alert(1)`,
  '`${alert(1)}`',
  '{alert(1)}',
  '{{ alert(1) }}',
  '-->',
  '<!--',
  ']]>',
  '&lt;b&gt; &amp;',
  '[a](javascript:alert(1))',
  '![x](y)',
  '**bold** _it_ ~~no~~ $x$',
  'two\n\nparagraphs\r\nand # heading',
  '\u202egnp.exe',
  '\u2028\u0000',
];

const hostile = (text: string): EmbedSnippet => ({
  ...SNIPPET,
  name: text,
  options: { ...SNIPPET.options, rules: [] },
  rules: [{ effect: 'Deny', sentence: [{ text, code: true }], condition: text, status: text }],
});

const elementSnippet = (snippet: EmbedSnippet): string => htmlSnippet(snippet).element;
const shownAs = (text: string): string => text.replace(/\s+/g, ' ').trim();
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');
/** The elements, without their text: what a text must not change. */
const skeleton = (html: string): string =>
  [...parse(html).body.querySelectorAll('*')]
    .map(({ tagName, attributes }) => {
      return `${tagName} ${[...attributes].map(({ name }) => name).join(' ')}`;
    })
    .join('\n');

interface ReadJsx {
  readonly tags: string[];
  /** The texts in braces. */
  readonly values: string[];
  readonly strays: string[];
}

/** Reads JSX; fails where it holds an expression that is not a text. */
function readJsx(source: string): ReadJsx {
  const file = ts.createSourceFile('use.jsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JSX);
  expect(file).toHaveProperty('parseDiagnostics', []);
  const read: ReadJsx = { tags: [], values: [], strays: [] };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxOpeningElement(node)) read.tags.push(node.tagName.getText());
    if (ts.isJsxText(node) && node.text.trim() !== '') read.strays.push(node.text.trim());
    if (ts.isJsxExpression(node)) {
      if (node.expression === undefined || !ts.isStringLiteral(node.expression)) expect.fail(node.getText());
      read.values.push(node.expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return read;
}

describe('the snippet for HTML', () => {
  it('is the element, with its script and the rules', () => {
    const { head, element } = htmlSnippet(SNIPPET);
    expect(head).toBe(
      '<script src="https://play.example/docs/embed.0123456789ab.js" integrity="sha384-abc/+=" crossorigin="anonymous" defer></script>\n' +
        '<style>policy-playground { display: block; min-height: 320px; margin-block: 1rem }</style>\n',
    );
    expect(element).toBe(`<policy-playground
  src="#1.q1ZK_-.0123456789ab"
  view="rule"
  theme="dark"
  rules="2"
  height="320"
  editable=""
  label="Refunds"
>
  <ol>
    <li value="2"><strong>Gated</strong> any agent calling <code>create&#95;&#42;</code> if <code>request.args.amount &lt;= 500 &amp;&amp; request.args.note &#33;= &quot;&#96;x&#96;&quot;</code> (draft)</li>
  </ol>
</policy-playground>
`);
  });

  it('has no hash where none is known', () => {
    expect(htmlSnippet({ ...SNIPPET, script: PRESENT_SCRIPT }).head).toContain(
      '<script src="https://play.example/docs/embed.js" defer></script>\n',
    );
  });

  it('may hold the bundle as JSON, which no text of it ends', () => {
    const json = JSON.stringify({ name: '</script><!--' }, null, 2);
    const document = parse(elementSnippet({ ...SNIPPET, json }));
    const script = document.querySelector('policy-playground > script');
    expect(JSON.parse(script?.textContent ?? '')).toEqual({ name: '</script><!--' });
    expect(document.querySelector('policy-playground')?.hasAttribute('src')).toBe(false);
    expect(document.querySelectorAll('policy-playground li')).toHaveLength(1);
  });

  it('is empty of rules, and whole, where a policy has none', () => {
    expect(parse(elementSnippet({ ...SNIPPET, rules: [] })).querySelector('policy-playground ol')).toBeNull();
  });
});

describe('a text of a policy stays a text', () => {
  const plain = hostile('plain');
  const forms = { html: elementSnippet, frame: frameSnippet, static: staticSnippet };

  it.each(HOSTILE)('in HTML: %j', (text) => {
    for (const form of Object.values(forms)) {
      expect(skeleton(form(hostile(text)))).toBe(skeleton(form(plain)));
      // An empty line would end a block of HTML in a Markdown file.
      expect(form(hostile(text)).split('\n\n').length).toBe(form(plain).split('\n\n').length);
      expect(form(hostile(text))).not.toMatch(/[`{}]|\*\*|\]\(/);
    }
    const [name, label] = [
      parse(staticSnippet(hostile(text))).querySelector('code')?.textContent,
      parse(elementSnippet(hostile(text)))
        .querySelector('policy-playground')
        ?.getAttribute('label'),
    ];
    if (/^[\x20-\x7e\s]*$/.test(text)) {
      expect(name).toBe(shownAs(text));
      expect(label).toBe(shownAs(text));
    } else {
      expect([...'\u202e\u0000'].filter((letter) => name?.includes(letter))).toEqual([]);
    }
  });

  it.each(HOSTILE)('in JSX: %j', (text) => {
    const { tags, values, strays } = readJsx(reactSnippet(hostile(text)).use);
    expect(tags).toEqual(['PolicyPlayground', 'ol', 'li', 'strong', 'code', 'code']);
    // Between the elements are the words of the snippet alone.
    expect(strays).toEqual(['if', '(', ')']);
    expect(values).toHaveLength(5);
    if (/^[\x20-\x7e\s]*$/.test(text)) expect(values.filter((one) => one === shownAs(text))).toHaveLength(4);
  });

  it('whatever it is', () => {
    const text = fc.string({ unit: fc.constantFrom(...'<>&"\'`{}[]()*_!-/= \n\\$#;a1'), maxLength: 24 });
    const expected = skeleton(staticSnippet(plain));
    fc.assert(
      fc.property(text, (drawn) => {
        expect(skeleton(staticSnippet(hostile(drawn)))).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the other snippets', () => {
  it('are a component and its use, for React and MDX', () => {
    const { component, use } = reactSnippet(SNIPPET);
    expect(component).toContain('const SCRIPT = "https://play.example/docs/embed.0123456789ab.js";');
    expect(component).toContain("integrity: 'sha384-abc/+='");
    expect(use).toContain('rules="2"');
    expect(readJsx(component)).toEqual({ tags: [], values: [], strays: [] });
  });

  it('are a frame', () => {
    const frame = parse(frameSnippet(SNIPPET)).querySelector('iframe');
    expect(frame?.src).toBe(
      'https://play.example/docs/embed/?view=rule&theme=dark&editable=1&rules=2#1.q1ZK_-.0123456789ab',
    );
    expect(frame?.title).toBe('Refunds');
  });

  it('are HTML without a script', () => {
    const html = staticSnippet({ ...SNIPPET, options: { ...SNIPPET.options, rules: [] } });
    expect(html).not.toContain('<script');
    const document = parse(html);
    expect([...document.querySelectorAll('li')].map(({ textContent }) => textContent)).toEqual([
      'Deny everything (disabled)',
      'Gated any agent calling create_* if request.args.amount <= 500 && request.args.note != "`x`" (draft)',
    ]);
    expect(document.querySelector('a')?.href).toBe('https://play.example/docs/#1.q1ZK_-.0123456789ab');
  });
});
