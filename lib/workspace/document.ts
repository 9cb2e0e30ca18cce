import type { PolicyContent, PolicyId } from '../store';

/** The policy as it is shown and edited: what it holds, under its id, at a revision of its log. */
export interface PolicyDocument extends PolicyContent {
  readonly id: PolicyId;
  readonly revision: number;
}
