/** Ready conditions, as data. */
export { argumentsOf, assumedArgument, candidatesFor, pickArgument, type ToolArgument } from './argument';
export { USE_CASES } from './catalog';
export { conditionLiteral, fillUseCase, pathOf, presence, type FilledCondition } from './fill';
export {
  sampleArguments,
  sampleBundle,
  SAMPLES,
  tryFilled,
  tryUseCase,
  type FilledSample,
  type SampleName,
  type TrialResult,
  type TriedUseCase,
} from './try';
export type { ArgumentSlot, UseCaseParameter, SampleCall, UseCase } from './model';
