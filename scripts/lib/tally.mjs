// Counting what passed and what failed, over checks that count as one and test runs that count their tests.
import { readFileSync } from 'node:fs';

/** @typedef {{ name: string, passed: number, failed: number, note?: string }} Result */

/**
 * The last line of a run.
 * @param {readonly Result[]} results
 */
export function closingLine(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}

/**
 * One line for each result that has something to tell.
 * @param {readonly Result[]} results
 */
export function summary(results) {
  return results.map(({ name, passed, failed, note }) => {
    const counts = passed + failed === 1 ? '' : ` (${passed} passed, ${failed} failed)`;
    return `${failed > 0 ? '✗' : '✓'} ${name}${counts}${note ? `: ${note}` : ''}`;
  });
}

const readReport = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/**
 * A run that ended badly has failed, whatever its report says: a file that cannot be loaded is not among its tests.
 * @param {string} name
 * @param {{ passed: number, failed: number, note?: string | undefined } | null} counts
 * @param {number} code the exit code
 * @returns {Result}
 */
function resultOf(name, counts, code) {
  if (!counts) return { name, passed: 0, failed: 1, note: `there is no report (ended with ${code})` };
  const { passed, failed, note } = counts;
  return { name, passed, failed: code !== 0 && failed === 0 ? 1 : failed, ...(note ? { note } : {}) };
}

/**
 * @param {string} name
 * @param {string} file what vitest's JSON reporter wrote
 * @param {number} code
 */
export function vitestResult(name, file, code) {
  const report = readReport(file);
  if (!report) return resultOf(name, null, code);
  const emptySuites = report.testResults.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return resultOf(name, { passed: report.numPassedTests, failed: report.numFailedTests + emptySuites }, code);
}

/**
 * @param {string} name
 * @param {string} file what Playwright's JSON reporter wrote
 * @param {number} code
 */
export function playwrightResult(name, file, code) {
  const stats = readReport(file)?.stats;
  if (!stats) return resultOf(name, null, code);
  const note = stats.flaky > 0 ? `${stats.flaky} passed only when tried again` : undefined;
  return resultOf(name, { passed: stats.expected + stats.flaky, failed: stats.unexpected, note }, code);
}
