'use client';
import { CircleCheck } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../ui/button';
import { forgetSolved, markSolved, useSolved } from './lesson-progress';

/** Whether a lesson was solved in this browser; it is, once all tests of its exercise pass after an edit. */
export function LessonMark({ id }: { id: string }) {
  const solved = useSolved().includes(id);
  useEffect(() => {
    const element = document.getElementById(`exercise-${id}`);
    const onChange = (event: Event) => {
      const tests = event instanceof CustomEvent ? testsOf(event.detail) : undefined;
      if (tests !== undefined && tests.total > 0 && tests.passed === tests.total) markSolved(id);
    };
    element?.addEventListener('playground-change', onChange);
    return () => element?.removeEventListener('playground-change', onChange);
  }, [id]);
  return (
    <p role="status" className="mt-2 min-h-5 text-sm">
      {solved ? (
        <span className="inline-flex items-center gap-1 font-medium text-allow">
          <CircleCheck size={16} aria-hidden />
          Solved
        </span>
      ) : null}
    </p>
  );
}

interface ExerciseTests {
  readonly passed: number;
  readonly total: number;
}

/** The element has validated what the embed sent. */
const testsOf = (detail: unknown): ExerciseTests | undefined =>
  (detail as { readonly tests: ExerciseTests | null } | null)?.tests ?? undefined;

/** How many of the lessons were solved, and the way to begin anew. */
export function LessonProgress({ ids }: { ids: readonly string[] }) {
  const solved = useSolved();
  const done = ids.filter((id) => solved.includes(id)).length;
  return (
    // What is stored is shown at once: this page does not wait for its use (scripts/lib/scripts-on-use.mjs).
    <div data-needs-scripts="" className="my-3 flex flex-wrap items-center gap-3 text-sm print:hidden">
      <p role="status">
        {done} of {ids.length} solved
      </p>
      {done === 0 ? null : <Button onClick={forgetSolved}>Forget my progress</Button>}
    </div>
  );
}
