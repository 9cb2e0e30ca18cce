'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import type { LogEvidence } from '@/lib/reproduce';
import type { ReplayClient } from '@/lib/worker';
import { isTyping } from '../ui/typing';
import { nameOfFile, traceText, usePolicySource } from './use-policy-source';
import { useLogReading } from './use-reproduction';

/** A file larger than this is no policy. */
const MOST_OF_A_POLICY = 4 * 1024 * 1024;
const HEAD = 64 * 1024;

/** The policy and the log, from the fields of the page, its address, and what is dropped or pasted anywhere on it. */
export function useIncomingParts(client: ReplayClient) {
  const policy = usePolicySource();
  const [evidence] = useState<LogEvidence>();
  const log = useLogReading(client, evidence);

  /** The calls that a bundle carries are the log, unless there is one. */
  function takeTrace(bundle: Bundle) {
    if (log.stage.kind !== 'choose' || (bundle.trace ?? []).length === 0) return;
    log.read({ blob: new Blob([traceText(bundle)]), name: `Calls of ${bundle.name}` });
  }
  async function take(text: string, name?: string) {
    const incoming = await policy.take(text, name);
    if (incoming.ok) takeTrace(incoming.bundle);
    return incoming;
  }
  async function takeFile(file: File) {
    const { looksLikePolicy } = await import('@/lib/intake');
    if (file.size <= MOST_OF_A_POLICY && looksLikePolicy(await file.slice(0, HEAD).text()))
      await take(await file.text(), nameOfFile(file.name));
    else log.read({ blob: file, name: file.name });
  }
  async function takeText(text: string) {
    const { looksLikePolicy } = await import('@/lib/intake');
    if (looksLikePolicy(text)) await take(text);
    else log.read({ blob: new Blob([text]), name: 'Pasted log' });
  }
  async function takeFragment() {
    const { hash } = location;
    if (hash.length < 2) return;
    const { readWhole } = await import('@/lib/intake');
    if (readWhole(hash).form === undefined) return;
    await take(hash);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  useOutsideInput({ onFile: takeFile, onText: takeText, onFragment: takeFragment });
  return { policy: { ...policy, take }, log };
}

interface OutsideInput {
  onFile(file: File): Promise<void>;
  onText(text: string): Promise<void>;
  onFragment(): Promise<void>;
}

/** What is dropped anywhere on the page, pasted outside a field, or in the address. A link is removed from the address once it was read. */
function useOutsideInput(to: OutsideInput): void {
  const onDrop = useEffectEvent((event: DragEvent) => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined || event.defaultPrevented) return;
    event.preventDefault();
    void to.onFile(file);
  });
  const onPaste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event.target)) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData('text/plain').trim() ?? '';
    if (file !== undefined) void to.onFile(file);
    else if (text !== '') void to.onText(text);
  });
  const onFragment = useEffectEvent(() => void to.onFragment());
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    onFragment();
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    window.addEventListener('hashchange', onFragment);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
      window.removeEventListener('hashchange', onFragment);
    };
  }, []);
}
