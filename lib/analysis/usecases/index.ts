/** Ready conditions, as data. */
export { argumentsOf, assumedArgument, candidatesFor, pickArgument, type Argument } from './argument';
export { USE_CASES } from './catalog';
export { fillUseCase, pathOf, presence, type Filling } from './fill';
export type { ArgumentSlot, Parameter, UseCase } from './model';
