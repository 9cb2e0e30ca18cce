import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/**
 * Checks of names and wording over all sources (CONTRIBUTING.md, "Rules of the house"): a type's name means one thing, a function has few
 * parameters, and comments and texts use standard technical English.
 */

const top = resolve(import.meta.dirname, '..');
const FOLDERS = ['app', 'components', 'e2e', 'lib', 'scripts'];
const MOST_PARAMETERS = 6;

/** Words with a technical term in their place; personification among them. */
const BANNED: Record<string, RegExp> = {
  'the user, the caller, the client': /\b(?:somebody|nobody|anybody)\b/i,
  'notified, stated, distinguished, reported': /\b(?:told|untold|telling|tells)\b/i,
  random: /\bdraws? (?:no )?lots\b/i,
  repaired: /\bmend(?:s|ed|ing)?\b/i,
  'is, occurs, is written':
    /\b(?:stands|stood|standing) (?:above|alone|before|beside|between|in|there)\b(?! the (?:way|place))|\bas (?:it|they) stands?\b/i,
  'computing, searching': /\bbeing (?:worked out|looked (?:for|at))\b/i,
  'compared with, checked against, matched against': /\b(?:held|holds?|holding) (?:\S+ )?against\b/i,
};

/** The same, as parts of names. */
const BANNED_IN_NAMES = /^(?:told|untold|tells?|telling|somebody|nobody|anybody|mend(?:s|ed|ing)?)$/i;

/** This file lists the words. */
const SELF = 'lib/words.test.ts';

interface ParsedSource {
  /** From the repository's top, with forward slashes. */
  readonly path: string;
  readonly tree: ts.SourceFile;
}

function sourcesIn(folder: string): ParsedSource[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'testdata' || entry.name === 'node_modules' ? [] : sourcesIn(path);
    if (!/\.(?:tsx?|mjs)$/.test(entry.name)) return [];
    return [{ path: relative(top, path).replaceAll('\\', '/'), tree: parse(path) }];
  });
}

function parse(path: string): ts.SourceFile {
  const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : path.endsWith('.mjs') ? ts.ScriptKind.JS : ts.ScriptKind.TS;
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, kind);
}

const sources = FOLDERS.flatMap((folder) => sourcesIn(join(top, folder)));

const lineOf = ({ tree }: ParsedSource, offset: number) => tree.getLineAndCharacterOfPosition(offset).line + 1;

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

function exportedTypes(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((statement) =>
    (ts.isTypeAliasDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement)) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) &&
    statement.name
      ? [statement.name.text]
      : [],
  );
}

/** Comments, string literals and the text of elements: everything that a person reads and that is not a name. */
function proseOf({ tree }: ParsedSource): { offset: number; text: string }[] {
  const prose = new Map<number, string>();
  const addComments = (ranges: readonly ts.CommentRange[] | undefined) => {
    for (const { pos, end } of ranges ?? []) prose.set(pos, tree.text.slice(pos, end));
  };
  const comments = (node: ts.Node) => {
    if (node.kind !== ts.SyntaxKind.JsxText) {
      addComments(ts.getLeadingCommentRanges(tree.text, node.getFullStart()));
      addComments(ts.getTrailingCommentRanges(tree.text, node.getEnd()));
    }
    // Tokens as well: a comment before a closing brace belongs to no other node.
    for (const child of node.getChildren(tree)) comments(child);
  };
  comments(tree);
  visit(tree, (node) => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node) || ts.isTemplateHead(node)) prose.set(node.pos, node.text);
    else if (ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) prose.set(node.pos, node.text);
  });
  // A text without a space is a key, a path or a class name.
  return [...prose].filter(([, text]) => /\S\s+\S/.test(text)).map(([offset, text]) => ({ offset, text }));
}

test('the name of an exported type is unique', () => {
  const paths = new Map<string, string[]>();
  for (const { tree, path } of sources) {
    for (const name of exportedTypes(tree)) paths.set(name, [...(paths.get(name) ?? []), path]);
  }
  expect(paths.size).toBeGreaterThan(100);
  const duplicates = [...paths].filter(([, uses]) => uses.length > 1);
  expect(duplicates.map(([name, uses]) => `${name}: ${uses.join(', ')}`)).toEqual([]);
});

test(`no function has more than ${MOST_PARAMETERS} parameters`, () => {
  const long: string[] = [];
  for (const source of sources) {
    visit(source.tree, (node) => {
      if (ts.isFunctionLike(node) && node.parameters.length > MOST_PARAMETERS) {
        long.push(`${source.path}:${lineOf(source, node.getStart())}: ${node.parameters.length} parameters`);
      }
    });
  }
  expect(long).toEqual([]);
});

test('names use standard technical English', () => {
  const found: string[] = [];
  for (const source of sources) {
    visit(source.tree, (node) => {
      if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node)) return;
      const isDeclared = 'name' in node.parent && node.parent.name === node;
      const parts = node.text.split(/[#_$]|(?<=[a-z0-9])(?=[A-Z])/);
      if (isDeclared && parts.some((part) => BANNED_IN_NAMES.test(part)))
        found.push(`${source.path}:${lineOf(source, node.getStart())}: \`${node.text}\``);
    });
  }
  expect(found).toEqual([]);
});

test('comments and texts use standard technical English', () => {
  const checked = sources.filter(({ path }) => path !== SELF);
  expect(checked.length).toBeGreaterThan(100);
  // Collecting the prose takes much longer than searching the whole text, so that comes first.
  const suspects = checked.filter(({ tree }) => Object.values(BANNED).some((word) => word.test(tree.text)));
  const found = suspects.flatMap((source) =>
    proseOf(source).flatMap(({ offset, text }) =>
      Object.entries(BANNED).flatMap(([instead, word]) => {
        const match = word.exec(text)?.[0];
        return match === undefined
          ? []
          : [`${source.path}:${lineOf(source, offset + text.search(word))}: \`${match}\`, better: ${instead}`];
      }),
    ),
  );
  expect(found).toEqual([]);
});
