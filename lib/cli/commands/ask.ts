import { policyRegion, answerQuestion } from '../../regions';
import { parseQuestion } from '../../statements';
import { questionWords } from '../../wording';
import type { CliCommand } from '../command';
import { UsageError } from '../io';
import { requirePolicy } from '../policy';
import { excerpt } from '../source';

export const ask: CliCommand = {
  name: 'ask',
  usage: 'FILE QUESTION [--json]',
  summary: 'Finds a call that answers a question about a policy, or proves that there is none.',
  help: `
FILE is a bundle, a file with a link in it, a link, or \`-\` for standard input. QUESTION is a line such as

  show me a call that rule 3 decides
  a call that reaches the default
  a call that is allowed by rule 1 and denied by rule "Deny deletes"
  a call that rule 1 denies and rule 2 allows
  a call on which the condition of rule 4 errs
  a call by agent codex to delete_* on github that is allowed
  a call by every user but ann on tag:production that is denied
  a call to any destructive tool that is allowed without a gate

\`show me\` may be left out. A rule is named by its position, id or name. Names and patterns of more than one word are in double quotes or backticks.

  --json  print the answer as one JSON object: answer (call, none, unknown, no-tools, no-rule), and where there is a call
          call and by (the id of the rule that decides it, or null)

Prints the call as one line of JSON, which is a trace that \`policy explain\` reads; it has names of the bundle's catalog where
they fit. What is answered goes to standard error. The answer is no (exit code 1) where there is no such call, or none is
known, or the bundle is invalid.`,
  options: { json: { type: 'boolean' } },
  arity: [2, 2],
  async run([file = '', line = ''], values, io) {
    const read = parseQuestion(line);
    if (!read.ok) {
      const { message, start, end } = read.problem;
      throw new UsageError(`the question is not understood: ${message}`, excerpt(line, start, end));
    }
    const bundle = await requirePolicy(file, io);
    if (bundle === undefined) return 1;
    const answer = await answerQuestion(await policyRegion(bundle, bundle.catalog), read.statement);
    const found = answer.kind === 'call' ? { call: answer.call, by: answer.by?.id ?? null } : {};
    if (values['json'] === true) await io.json(`${JSON.stringify({ answer: answer.kind, ...found })}\n`);
    else if (answer.kind === 'call') await io.json(`${JSON.stringify(answer.call)}\n`);
    io.err(questionWords(answer, bundle.rules.length));
    return answer.kind === 'call' ? 0 : 1;
  },
};
