import { wordDifference } from '@/lib/wording';

/** What became of a text, word by word. */
export function ChangedWords({ before, after }: { before: string; after: string }) {
  return wordDifference(before, after).map(({ kind, text }, i) =>
    kind === 'same' ? (
      <span key={i}>{text}</span>
    ) : kind === 'removed' ? (
      <del key={i} className="rounded-sm bg-deny-soft text-deny">
        <span className="sr-only">[removed: </span>
        {text}
        <span className="sr-only">]</span>
      </del>
    ) : (
      <ins key={i} className="rounded-sm bg-allow-soft text-allow no-underline">
        <span className="sr-only">[added: </span>
        {text}
        <span className="sr-only">]</span>
      </ins>
    ),
  );
}
