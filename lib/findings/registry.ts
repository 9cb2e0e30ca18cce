/** Every check, once. To add one: write its file in `checks/`, name it here, and add a case to `gallery.ts`. */
import {
  alwaysFails,
  conditionError,
  invalidTimeZone,
  typeMismatch,
  unguardedArgument,
  unknownArgument,
} from './checks/conditions';
import { constantCondition } from './checks/constant-condition';
import { denyCanBeSkipped } from './checks/deny-can-be-skipped';
import { draftWouldChange } from './checks/draft-would-change';
import { gateFallsThrough } from './checks/gate-falls-through';
import { impossibleComparison } from './checks/impossible-comparison';
import { invariantCheck } from './checks/invariant';
import { neverMatches } from './checks/never-matches';
import { allowAllActive, allowsDestructive } from './checks/open';
import { overlap } from './checks/overlap';
import { redundant } from './checks/redundant';
import { redundantGuard } from './checks/redundant-guard';
import { shadowed } from './checks/shadowed';
import { confusableLettersCheck, hiddenCharactersCheck, notPortable, unknownName } from './checks/texts';
import type { FindingCheck } from './model';

export const FINDING_CHECKS: readonly FindingCheck[] = [
  invariantCheck,
  conditionError,
  shadowed,
  neverMatches,
  gateFallsThrough,
  denyCanBeSkipped,
  constantCondition,
  impossibleComparison,
  alwaysFails,
  invalidTimeZone,
  unknownArgument,
  typeMismatch,
  unknownName,
  hiddenCharactersCheck,
  confusableLettersCheck,
  allowsDestructive,
  redundant,
  unguardedArgument,
  notPortable,
  redundantGuard,
  overlap,
  allowAllActive,
  draftWouldChange,
];
