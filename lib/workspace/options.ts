import type { PolicyId } from '../store';
import type { RandomSource } from './ids';

export interface WorkspaceOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: RandomSource;
  /** The policy to open at the start, where it is there; else the one that was open last. */
  readonly policy?: PolicyId | undefined;
  /** This tab only looks: which policy and trace it has open, and what that is compared with, is not remembered for others. */
  readonly onlyLooks?: boolean | undefined;
}
