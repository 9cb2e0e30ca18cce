import { hiddenIn, withoutHidden } from '@/lib/text';
import { Button } from '../ui/button';
import { OutsideText } from '../ui/outside/outside-text';

interface HiddenInProseProps {
  text: string;
  /** What the text is called. */
  what: string;
  onText(text: string): void;
}

/** Below a field whose text has hidden characters, which the field itself cannot draw: the text with marks, and a way to remove them. */
export function HiddenInProse({ text, what, onText }: HiddenInProseProps) {
  if (hiddenIn(text).length === 0) return null;
  return (
    <div className="-mt-2 flex flex-wrap items-center gap-2 text-xs text-gated" role="status">
      <span className="min-w-0">
        The {what} has hidden characters: <OutsideText text={text} />
      </span>
      <Button className="h-7 px-2 text-xs" onClick={() => onText(withoutHidden(text))}>
        Remove hidden characters
      </Button>
    </div>
  );
}
