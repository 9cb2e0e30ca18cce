'use client';
import { Button } from '../ui/button';
import { copyText } from '../ui/copy-text';
import { download } from '../ui/download';
import { notify } from '../ui/notify';
import type { WrittenCase } from './case-forms';
import type { SavedCasesState } from './use-saved-cases';

interface CaseActionsProps {
  name: string;
  /** Undefined until they may be shared. */
  report: string | undefined;
  made: WrittenCase | undefined;
  saved: SavedCasesState;
}

/** The forms in which a report and a case leave the page. */
export function CaseActions({ name, report, made, saved }: CaseActionsProps) {
  const link = made?.link;
  async function save(text: string) {
    const title = name.trim() === '' ? 'Case' : name.trim();
    const isKept = await saved.put({ id: crypto.randomUUID(), name: title, savedAt: Date.now(), text });
    if (isKept) notify(`Saved ${title}`);
  }
  return (
    <>
      <Button
        disabled={report === undefined}
        onClick={() =>
          report !== undefined && download(new Blob([report], { type: 'text/markdown' }), `${name}.report.md`)
        }
      >
        Download the report
      </Button>
      <Button disabled={report === undefined} onClick={() => report !== undefined && copy(report, 'Report')}>
        Copy the report
      </Button>
      <Button
        disabled={made === undefined}
        onClick={() => made !== undefined && download(made.text, `${name}.case.json`)}
      >
        Download the case
      </Button>
      <Button disabled={link === undefined} onClick={() => link !== undefined && copy(link, 'Link')}>
        Copy the link
      </Button>
      {saved.isShown ? (
        <Button
          look="primary"
          disabled={made === undefined || saved.problem !== undefined}
          onClick={() => made !== undefined && void save(made.text)}
        >
          Save the case here
        </Button>
      ) : null}
    </>
  );
}

const copy = (text: string, what: string) => void copyText(text, `${what} copied`, 'download it instead');
