'use client';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import { readCase, type ReproductionCase } from '@/lib/reproduce';
import type { ReplayClient } from '@/lib/worker';
import { useOutsideInput } from '../ui/use-outside-input';
import { nameOfFile, traceText, usePolicySource } from './use-policy-source';
import { useLogReading } from './use-reproduction';

/** A file larger than this is no policy. */
const MOST_OF_A_POLICY = 4 * 1024 * 1024;
const HEAD = 64 * 1024;

/** A case that was opened. */
export interface OpenedCase extends ReproductionCase {
  readonly notes: string;
}

/** The policy and the log, from the fields of the page, its address, and what is dropped or pasted anywhere on it; a case brings both. */
export function useIncomingParts(client: ReplayClient) {
  const policy = usePolicySource();
  const log = useLogReading(client);
  const [opened, setOpened] = useState<OpenedCase>();
  /** Why the case in a bundle could not be read. */
  const [problem, setProblem] = useState<string>();

  /** The calls that a bundle carries are the log, unless there is one; those of a case always are. */
  function takeTrace(bundle: Bundle) {
    const blob = new Blob([traceText(bundle)]);
    const name = `Calls of ${bundle.name}`;
    setProblem(undefined);
    if (bundle.case !== undefined) {
      const read = readCase(bundle.case);
      if (!read.ok) return setProblem(read.message);
      setOpened({ ...read.case, notes: bundle.notes ?? '' });
      log.read({ blob, name: read.case.name || name, evidence: read.case.evidence });
    } else if (log.stage.kind === 'choose' && blob.size > 0) log.read({ blob, name });
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
  const onFragment = useEffectEvent(() => void takeFragment());
  useEffect(() => {
    const read = () => onFragment();
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  useOutsideInput({ onFile: (file) => void takeFile(file), onText: (text) => void takeText(text) });
  const isOpen = opened !== undefined && log.source?.evidence === opened.evidence;
  return { policy: { ...policy, take }, log, opened: isOpen ? opened : undefined, problem };
}
