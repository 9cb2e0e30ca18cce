import { check } from '../check/checker';
import type { Type } from '../check/types';
import { inOrder, type Diagnostic } from '../syntax/diagnostic';
import { parse } from '../syntax/parser';
import { advise } from './advise';
import { confusableLetters, hiddenCharacters } from './hidden-characters';

export interface DiagnoseOptions {
  /** The type of `request.args`, where the tools that a rule covers are known. */
  readonly argsType?: Type | undefined;
}

/**
 * Everything worth saying about a condition, in the order of the source: why it would be refused (`error`), what is surely not meant
 * (`warning`), what may fail (`info`). Where it does not parse, that and what deceives the eye alone.
 */
export function diagnose(source: string, { argsType }: DiagnoseOptions = {}): readonly Diagnostic[] {
  const parsed = parse(source);
  const deceiving = [...hiddenCharacters(source), ...confusableLetters(source)];
  if (parsed.diagnostics.length > 0) return inOrder([...parsed.diagnostics, ...deceiving]);
  const checked = check(parsed, { result: 'bool' });
  const advice = advise(parsed, { checked, ...(argsType && { argsType }) });
  return inOrder([...checked.diagnostics, ...advice, ...deceiving]);
}
