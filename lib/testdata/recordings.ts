import { resolve } from 'node:path';

/**
 * The folder of the whole recordings (answers of cel-go, traces, lists of tools), of which the repository holds a part as test data. Named by
 * the environment: `RECORDINGS=FOLDER npx vitest run`; without it, the tests that go through all of them are skipped.
 */
export const RECORDINGS = process.env['RECORDINGS'];

/** A file of theirs. */
export const recording = (name: string): string => resolve(RECORDINGS ?? '', name);
