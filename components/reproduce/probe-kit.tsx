'use client';
import { writeBundle } from '@/lib/bundle';
import { probeBundle, probeInstructions, probeServer } from '@/lib/reproduce';
import { Button } from '../ui/button';
import { download } from '../ui/download';
import { HelpLink } from '../site/help-link';

/** The probe kit to download, with what is done with it. */
export function ProbeKit() {
  const text = (content: string, type: string): Blob => new Blob([content], { type });
  return (
    <details className="rounded-lg border border-line p-4 text-sm">
      <summary className="cursor-pointer font-semibold pointer-coarse:py-3">Calibrate to a gateway</summary>
      <div className="mt-2 space-y-3">
        <p className="max-w-prose text-ink-2">
          The vendor leaves some questions open, such as whether <code className="font-mono">*</code> stands for{' '}
          <code className="font-mono">/</code>. The probe kit measures how a gateway answers them: some rules, and calls
          that change nothing. Make the calls as the instructions say, then give the audit log to this page.{' '}
          <HelpLink to="vendor/#what-is-our-reading" about="the questions that are open" />
        </p>
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => download(text(probeInstructions(), 'text/markdown'), 'probe-kit.md')}>
            Instructions and calls
          </Button>
          <Button onClick={() => download(writeBundle(probeBundle()), 'probe.policy.json')}>Rules of the kit</Button>
          <Button onClick={() => download(text(probeServer(), 'text/javascript'), 'probe-server.mjs')}>
            Server of the kit
          </Button>
        </div>
      </div>
    </details>
  );
}
