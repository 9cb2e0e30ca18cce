/** Every check, once. To add one: write its file in `checks/`, name it here, and add a case to `testdata/gallery.ts`. */
import { conditionError, invalidTimeZone, typeMismatch, unguardedArgument, unknownArgument } from './checks/conditions';
import { constantCondition } from './checks/constant-condition';
import { denyCanBeSkipped } from './checks/deny-can-be-skipped';
import { draftWouldChange } from './checks/draft-would-change';
import { gateFallsThrough } from './checks/gate-falls-through';
import { neverMatches } from './checks/never-matches';
import { allowAllActive, allowsDestructive } from './checks/open';
import { redundant } from './checks/redundant';
import { shadowed } from './checks/shadowed';
import { confusableLettersCheck, hiddenCharactersCheck, notPortable, unknownName } from './checks/texts';
import type { FindingCheck } from './model';

export const FINDING_CHECKS: readonly FindingCheck[] = [
  conditionError,
  shadowed,
  neverMatches,
  gateFallsThrough,
  denyCanBeSkipped,
  constantCondition,
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
  allowAllActive,
  draftWouldChange,
];
