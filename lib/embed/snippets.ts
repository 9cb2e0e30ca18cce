import { markHidden } from '../text';
import { isShown, writeEmbedOptions, writeRuleRanges, type EmbedOptions } from './options';

/** A part of a rule's sentence: words, or the rule's own values. */
export interface SnippetText {
  readonly text: string;
  readonly code: boolean;
}

/** A rule in words, for pages that show it without a script. */
export interface SnippetRule {
  /** `Deny`. */
  readonly effect: string;
  readonly sentence: readonly SnippetText[];
  readonly condition: string | null;
  /** `draft`, `disabled`; empty for an active rule. */
  readonly status: string;
}

/** The script of the element, as a file of the playground. */
export interface EmbedScriptFile {
  /** `embed.js`, which is always the present one, or `embed.DIGEST.js`, which never changes. */
  readonly name: string;
  /** The hash of a file that never changes (W3C Subresource Integrity); empty for `embed.js`. */
  readonly integrity: string;
}

export const PRESENT_SCRIPT: EmbedScriptFile = { name: 'embed.js', integrity: '' };

/** An example of a policy, to be put into another page. */
export interface EmbedSnippet {
  /** The address of the playground, with a slash at its end. */
  readonly playground: string;
  readonly script: EmbedScriptFile;
  /** The policy as a link's fragment, `#1.…`. */
  readonly link: string;
  /** The policy as the JSON of a bundle, to be in the page in place of the link. */
  readonly json?: string | undefined;
  readonly options: Omit<EmbedOptions, 'hosts'>;
  /** Pixels to reserve. */
  readonly height: number;
  readonly name: string;
  readonly rules: readonly SnippetRule[];
}

/** How the text of a policy is written, so that its place takes it as text and as nothing else. */
interface SnippetSyntax {
  readonly text: (text: string) => string;
  /** A name with its value, quoted. */
  readonly attribute: (name: string, value: string) => string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** One line, with what is not visible shown. */
const plain = (text: string): string => markHidden(text.replace(/\s+/g, ' ').trim());

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

/** HTML may be in a Markdown file or a template, where further characters begin something: each is written as its number. */
const escapeMarkup = (text: string): string =>
  escapeHtml(text).replace(/[\\`*_{}[\]$~|!]|:(?=\w)/g, (letter) => `&#${String(letter.charCodeAt(0))};`);

const HTML: SnippetSyntax = {
  text: (text) => escapeMarkup(plain(text)),
  attribute: (name, value) => `${name}="${escapeMarkup(plain(value))}"`,
};

const JSX: SnippetSyntax = {
  text: (text) => `{${JSON.stringify(plain(text))}}`,
  attribute: (name, value) => `${name}={${JSON.stringify(plain(value))}}`,
};

const indent = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

const attributesOf = ({ options: { view, theme, editable, rules }, height }: EmbedSnippet): string[] => [
  `view="${view}"`,
  ...(theme === 'auto' ? [] : [`theme="${theme}"`]),
  ...(rules.length === 0 ? [] : [`rules="${writeRuleRanges(rules)}"`]),
  `height="${String(height)}"`,
  ...(editable ? ['editable=""'] : []),
];

/** The script, and the space of the element until the script is there. */
function headTags({ playground, script: { name, integrity }, height }: EmbedSnippet): string {
  const pinned = integrity === '' ? '' : ` integrity="${integrity}" crossorigin="anonymous"`;
  return `<script src="${escapeHtml(playground)}${name}"${pinned} defer></script>
<style>policy-playground { display: block; min-height: ${String(height)}px; margin-block: 1rem }</style>
`;
}

/** The rules as a list, which is what is shown where scripts are off. */
function rulesList({ rules, options }: EmbedSnippet, { text }: SnippetSyntax): string {
  const items = rules.flatMap(({ effect, sentence, condition, status }, i) => {
    if (!isShown(options.rules, i + 1, rules.length)) return [];
    const words = sentence.map((part) => (part.code ? `<code>${text(part.text)}</code>` : text(part.text))).join(' ');
    const when = condition === null ? '' : ` if <code>${text(condition)}</code>`;
    const also = status === '' ? '' : ` (${text(status)})`;
    return [`  <li value="${String(i + 1)}"><strong>${text(effect)}</strong> ${words}${when}${also}</li>`];
  });
  return items.length === 0 ? '' : `<ol>\n${items.join('\n')}\n</ol>\n`;
}

/** JSON in an element of a page: no `<` that could end the element, and nothing that is not visible. */
const jsonScript = (json: string): string =>
  `<script type="application/json">\n${json.replaceAll('<', '\\u003c')}\n</script>\n`;

/** What defines the element, for the head of a page of HTML, and the element itself. */
export function htmlSnippet(snippet: EmbedSnippet): { readonly head: string; readonly element: string } {
  const { link, json, name } = snippet;
  const attributes = [
    ...(json === undefined ? [`src="${link}"`] : []),
    ...attributesOf(snippet),
    HTML.attribute('label', name),
  ];
  const content = `${json === undefined ? '' : jsonScript(json)}${rulesList(snippet, HTML)}`;
  const element = `<policy-playground
${attributes.map((one) => `  ${one}`).join('\n')}
>
${indent(content, '  ')}</policy-playground>
`;
  return { head: headTags(snippet), element };
}

const REACT_COMPONENT = [
  "import { createElement, useEffect } from 'react';",
  '',
  'const SCRIPT = SCRIPT_ADDRESS;',
  '',
  '/** An example of a policy. Its children are shown until it starts, and where scripts are off. */',
  'export default function PolicyPlayground({ children, ...attributes }) {',
  '  useEffect(() => {',
  '    if (customElements.get(\'policy-playground\') || document.querySelector(`script[src="${SCRIPT}"]`)) return;',
  "    document.head.append(Object.assign(document.createElement('script'), { src: SCRIPTPINNED }));",
  '  }, []);',
  "  const style = { display: 'block', minHeight: `${attributes.height}px`, marginBlock: '1rem' };",
  "  return createElement('policy-playground', { style, ...attributes }, children);",
  '}',
  '',
].join('\n');

/** A component for a site with React, which loads the script where the element is used, and the element in a page of MDX. */
export function reactSnippet(snippet: EmbedSnippet): { readonly component: string; readonly use: string } {
  const { playground, script, link, name } = snippet;
  const pinned = script.integrity === '' ? '' : `, integrity: '${script.integrity}', crossOrigin: 'anonymous'`;
  const component = REACT_COMPONENT.replace('SCRIPT_ADDRESS', () => JSON.stringify(playground + script.name)).replace(
    'PINNED',
    () => pinned,
  );
  const attributes = [`src="${link}"`, ...attributesOf(snippet), JSX.attribute('label', name)];
  const use = `import PolicyPlayground from './PolicyPlayground';

<PolicyPlayground
${attributes.map((one) => `  ${one}`).join('\n')}
>
${indent(rulesList(snippet, JSX), '  ')}</PolicyPlayground>
`;
  return { component, use };
}

/** The page of the embed in a frame, for Markdown and wherever HTML without scripts is allowed. */
export function frameSnippet({ playground, link, options, height, name }: EmbedSnippet): string {
  const address = `${playground}embed/?${writeEmbedOptions({ ...options, hosts: [] })}${link}`;
  return `<iframe
  src="${escapeHtml(address)}"
  width="100%"
  height="${String(height)}"
  loading="lazy"
  sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
  ${HTML.attribute('title', name)}
></iframe>
`;
}

/** The rules as HTML with a link, for places that allow nothing else. */
export function staticSnippet(snippet: EmbedSnippet): string {
  const { playground, link, name } = snippet;
  return `<figure>
  <figcaption>${HTML.text(name)}: the first rule that matches decides.</figcaption>
${indent(rulesList(snippet, HTML), '  ')}  <p>If no rule matches, the call is denied. <a href="${escapeHtml(playground)}${link}">Open in the policy playground</a></p>
</figure>
`;
}
