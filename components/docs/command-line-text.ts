/** Texts of the page on the command line; a test compares them with the commands and with `docs/command-line.md`. */
export const COMMANDS = [
  ['validate', 'FILE', 'Says whether a bundle is valid, and prints everything that is wrong with it.'],
  ['digest', 'FILE', 'Prints the digest of a policy: 64 hexadecimal digits.'],
  [
    'encode',
    'FILE',
    'Prints the link of a bundle: the fragment `#1.…`, to be put after the address of the playground.',
  ],
  ['decode', 'LINK', 'Prints the bundle that a link holds, as canonical JSON.'],
  ['replay', 'FILE TRACE', 'Decides every call of a trace by a policy.'],
  ['reproduce', 'FILE EXPORT', 'Reproduces the decisions that an audit log records, and says why one may differ.'],
  ['bisect', 'HISTORY TRACE', "Finds the edits of a policy at which a call's decision turned."],
  [
    'probe',
    'LOG | --kit FOLDER',
    'Measures how a gateway reads what its vendor leaves open: a kit of calls, and what its audit log shows.',
  ],
  ['explain', 'FILE TRACE CALL-ID', 'Says rule by rule why a call of a trace is decided as it is.'],
  ['test', 'FILE', 'Runs the tests that a bundle carries: each is a call and what should become of it.'],
  [
    'lint',
    'FILE',
    'Names what is valid and probably not meant: rules that cannot apply, gates that restrict nothing, conditions that err.',
  ],
  ['ask', 'FILE QUESTION', 'Finds a call that answers a question about a policy, or proves that there is none.'],
  ['suggest', 'TRACE', 'Suggests a policy that allows the calls of a trace, and as little else as you choose.'],
  [
    'diff',
    'FILE-A FILE-B',
    'Compares two policies: their rules, whether one permits more than the other, and what they decide on a trace.',
  ],
  ['cel', 'EXPRESSION', 'Evaluates a CEL expression as the gateway does.'],
] as const;

export const EXIT_CODES = [
  ['0', 'fine'],
  ['1', 'the answer is no: invalid, damaged, a test failed, the policies differ'],
  ['2', 'wrong use: an unknown option, a file that cannot be read'],
] as const;

interface CommandExample {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly language: 'sh' | 'yaml';
  readonly code: string;
}

const SHELL = `for file in policies/*.policy.json; do
  node "$PLAYGROUND/scripts/policy.mjs" validate "$file"
  node "$PLAYGROUND/scripts/policy.mjs" lint "$file"
  node "$PLAYGROUND/scripts/policy.mjs" test "$file" --junit "$file.junit.xml"
done`;

export const EXAMPLES: readonly CommandExample[] = [
  {
    id: 'shell',
    language: 'sh',
    title: 'A shell',
    says: 'Save it as `check.sh`. With `set -e` the first no ends it. `PLAYGROUND` is the folder of this project.',
    code: `set -e\n${SHELL}`,
  },
  {
    id: 'github',
    language: 'yaml',
    title: 'GitHub Actions',
    says: 'Checks the policies of a repository with every push. Put the place of your copy of this project in.',
    code: `name: Policies
on: [push, pull_request]
jobs:
  policies:
    runs-on: ubuntu-latest
    env:
      PLAYGROUND: .playground
    steps:
      - uses: actions/checkout@v5
      - uses: actions/checkout@v5
        with:
          repository: YOUR-ORGANIZATION/policy-playground
          path: .playground
      - uses: actions/setup-node@v5
        with:
          node-version: 20
      - run: npm ci --prefix .playground
      - run: sh check.sh`,
  },
  {
    id: 'gitlab',
    language: 'yaml',
    title: 'GitLab CI',
    says: 'Shows failed tests of policies in the merge request, too.',
    code: `policies:
  image: node:20
  variables:
    PLAYGROUND: .playground
  before_script:
    - git clone --depth 1 https://gitlab.example/YOUR-GROUP/policy-playground.git .playground
    - npm ci --prefix .playground
  script:
    - sh check.sh
  artifacts:
    when: always
    reports:
      junit: policies/*.junit.xml`,
  },
  {
    id: 'change',
    language: 'sh',
    title: 'What would a change do?',
    says: 'Compares a policy with the one on the main branch over calls that really happened. Exit code 1 says that an effect differs.',
    code: `git show origin/main:policies/support.policy.json > before.policy.json
npm run -s policy -- diff before.policy.json policies/support.policy.json audit.ndjson`,
  },
  {
    id: 'recorded',
    language: 'sh',
    title: 'Does the gateway decide as this policy says?',
    says: 'Compares what the gateway’s audit log says was decided with what the policy decides. Exit code 1 says that a decision diverged, or that the log records none.',
    code: `npm run -s policy -- replay support.policy.json audit.ndjson --expect-recorded`,
  },
  {
    id: 'pipe',
    language: 'sh',
    title: 'In a pipe',
    says: 'Results go to standard output and words to standard error, so that one command can read what another prints.',
    code: `npm run -s policy -- replay support.policy.json audit.ndjson --json | grep '"effect":"deny"' | head
npm run -s policy -- decode "$LINK" | npm run -s policy -- digest -`,
  },
];
