'use client';
import { GitBranch, GitCompareArrows, RotateCcw } from 'lucide-react';
import { Button } from '../ui/button';

interface StateActionsProps {
  /** Which state of the policy: "after step 3". */
  of: string;
  onCompare(): void;
  onBringBack(): void;
  onBranch(): void;
}

/** What can be done with the policy as it was. */
export const StateActions = ({ of, onCompare, onBringBack, onBranch }: StateActionsProps) => (
  <span className="flex flex-wrap gap-2">
    <Button aria-label={`Compare with the policy ${of}`} onClick={onCompare}>
      <GitCompareArrows size={14} aria-hidden />
      Compare
    </Button>
    <Button aria-label={`Bring back the policy ${of}`} onClick={onBringBack}>
      <RotateCcw size={14} aria-hidden />
      Bring back
    </Button>
    <Button aria-label={`Branch from the policy ${of}`} onClick={onBranch}>
      <GitBranch size={14} aria-hidden />
      Branch
    </Button>
  </span>
);
