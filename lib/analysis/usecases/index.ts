/** Ready conditions, as data. */
export { argumentsOf, assumedArgument, candidatesFor, pickArgument, type Argument } from './argument';
export { USE_CASES } from './catalog';
export { fillUseCase, pathOf, presence, type Filling } from './fill';
export {
  sampleArguments,
  sampleBundle,
  SAMPLES,
  tryUseCase,
  type SampleName,
  type Tried,
  type TriedUseCase,
} from './try';
export type { ArgumentSlot, Parameter, SampleCall, UseCase } from './model';
