/** Reproducing what a gateway decided, and why it may have decided otherwise. This file is the folder's only public entry. */
export { bisectHistory, type BisectedHistory, type DecisionTurn, type PolicyVersion } from './bisect';
export { caseBundle, changedFindings, readCase, type ReproductionCase } from './case';
export type { CauseKind, DivergenceCause } from './cause';
export type { LogEvidence } from './divergence';
export { readHistory, rebuiltHistory } from './history';
export { compareConnection, type ComparedConnection, type ComparedTool, type ListedVerdict } from './connections';
export { redactEvidence } from './evidence';
export { LogReview, reproduceCall, type ReproducedCall, type ReproducedLog } from './reproduce';
export { ProbeLog, type Calibration, type ProbeContradiction } from './probe/calibrate';
export { probeBundle } from './probe/kit';
export { probeInstructions, probeServer } from './probe/server';
