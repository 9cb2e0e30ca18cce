'use client';
import { QrCode as QrIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button';
import { fitOf } from './fit';
import { number } from '../ui/words';
import { partOf } from '../ui/part';

const QrCode = partOf(() => import('./qr-code').then((m) => m.QrCode), {
  waiting: () => <p role="status">Creating the code…</p>,
});

/** What a QR code holds at most: 2,953 bytes, and links are ASCII. */
const MOST_IN_QR = 2_953;

/** The link, where it fits, and its QR code. */
export function LinkView({ link }: { link: string }) {
  const [asCode, setAsCode] = useState(false);
  const fit = fitOf(link.length);
  const drawable = link.length <= MOST_IN_QR;
  return (
    <>
      <label className="block">
        <span className="mb-1 block text-xs font-medium text-ink-2">Link</span>
        <textarea
          readOnly
          value={link}
          rows={4}
          data-testid="link"
          onFocus={(event) => event.target.select()}
          className="w-full rounded-md border border-line-strong/70 bg-canvas p-2 font-mono text-xs break-all"
        />
      </label>
      <div>
        <div className="h-1.5 overflow-hidden rounded bg-sunken" aria-hidden>
          <div className={`h-full ${fit.bar}`} style={{ width: `${Math.min(100, (link.length / 8000) * 100)}%` }} />
        </div>
        <p className="mt-1 text-xs text-ink-2" role="status">
          <span className="tabular-nums">{number(link.length)}</span> characters: {fit.words}
        </p>
      </div>
      <div className="space-y-2">
        <Button aria-expanded={asCode} onClick={() => setAsCode(!asCode)}>
          <QrIcon size={14} aria-hidden />
          {asCode ? 'Hide the QR code' : 'Show as a QR code'}
        </Button>
        {!asCode ? null : drawable ? (
          <QrCode text={link} />
        ) : (
          <p role="status" className="text-xs text-ink-2">
            A QR code holds at most {number(MOST_IN_QR)} characters, and this link has {number(link.length)}: copy it,
            or share the file.
          </p>
        )}
      </div>
    </>
  );
}
