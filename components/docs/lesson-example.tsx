import { LessonMark } from './lesson-mark';
import type { DocsLesson } from './lesson';
import { EmbedScript } from './embed-script';
import { reservedHeight, StaticRules } from './live-example';

/** An exercise: its task and rules for those without scripts, and the embed. */
export function LessonExample({ lesson: { id, height, bundle, exercise, link } }: { lesson: DocsLesson }) {
  return (
    <figure className="my-4 max-w-3xl">
      <policy-playground
        src={link}
        id={`exercise-${id}`}
        view="exercise"
        height={height}
        label={`Exercise: ${bundle.name}`}
        style={reservedHeight(height)}
      >
        <div className="min-h-(--embed-height) space-y-2 rounded-lg border border-line p-3">
          <p>{exercise.task}</p>
          <StaticRules rules={bundle.rules} />
        </div>
      </policy-playground>
      <figcaption>
        <LessonMark id={id} />
      </figcaption>
      <EmbedScript />
    </figure>
  );
}
