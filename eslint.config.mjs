import nextVitals from 'eslint-config-next/core-web-vitals';
import nextTypescript from 'eslint-config-next/typescript';
import { defineConfig, globalIgnores } from 'eslint/config';

/** The folders with React: its rules and Next's apply to them only, and take long. */
const pages = ['app/**', 'components/**'];
const nextForPages = nextVitals.flatMap(({ rules, ...rest }) => (rules ? [rest, { files: pages, rules }] : [rest]));

/**
 * Rules that follow values through whole components, and rules that ask for the types of all files, take several times as long as all
 * others together: `npm run check` leaves them to `npm test`.
 */
const quick = process.env.CHECK === 'quick';
const followsValues = (name) =>
  name.startsWith('react-hooks/') && !['react-hooks/rules-of-hooks', 'react-hooks/exhaustive-deps'].includes(name);
const leftOut = nextForPages.flatMap(({ rules = {} }) => Object.keys(rules).filter(followsValues));

const withTypes = {
  files: ['**/*.ts', '**/*.tsx'],
  languageOptions: { parserOptions: { projectService: true } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/only-throw-error': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': [
      'error',
      { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
    ],
  },
};

export default defineConfig([
  globalIgnores([
    '.next/**',
    '.cache/**',
    'out/**',
    'relocated/**',
    'test-results/**',
    'next-env.d.ts',
    // A template; the build completes it.
    'scripts/sw.template.js',
    '**/testdata/**',
  ]),
  ...nextForPages,
  ...nextTypescript,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-constant-binary-expression': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-unreachable-loop': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'import/no-duplicates': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: pages,
    rules: {
      'react-hooks/exhaustive-deps': 'error',
      // It warns that the React compiler, which is not used here, would skip a component.
      'react-hooks/incompatible-library': 'off',
      ...(quick ? Object.fromEntries(leftOut.map((name) => [name, 'off'])) : {}),
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-expressions': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/ban-ts-comment': 'error',
    },
  },
  ...(quick ? [] : [withTypes]),
  {
    // The command line and the tools print to the console; the app never does.
    files: ['scripts/**', 'e2e/**', 'lib/cli/**', '**/*.test.ts', '**/*.test.tsx'],
    rules: { 'no-console': 'off' },
  },
  {
    // In a test, an absent value fails the test anyway.
    files: ['e2e/**', '**/*.test.ts', '**/*.test.tsx'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
]);
