/** A test's name, and why it failed; undefined where it passed. */
export interface JunitOutcome {
  readonly name: string;
  readonly failure: string | undefined;
}

/** Results in the form that CI systems read: one suite, one case a test. */
export function junit(suite: string, outcomes: readonly JunitOutcome[]): string {
  const failures = outcomes.filter(({ failure }) => failure !== undefined).length;
  const counts = `tests="${String(outcomes.length)}" failures="${String(failures)}" errors="0" skipped="0"`;
  const cases = outcomes.map(({ name, failure }) => {
    const head = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}"`;
    return failure === undefined
      ? `${head}/>`
      : `${head}>\n      <failure message="${escaped(failure)}">${escaped(failure)}</failure>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(suite)}" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** An attribute's value; what XML 1.0 cannot hold becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\t\n\r]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
