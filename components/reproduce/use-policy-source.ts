'use client';
import { useCallback, useState } from 'react';
import type { Bundle } from '@/lib/bundle';
import type { GatewayProfile } from '@/lib/engine';
import type { ColumnReading, IncomingPolicy } from '@/lib/intake';

export type ReadPolicy = Extract<IncomingPolicy, { readonly ok: true }>;

/** The text of a policy as it came in. */
interface PolicyText {
  readonly text: string;
  /** The name of a policy that has none. */
  readonly name: string;
}

export interface PolicySourceState {
  /** The policy; undefined until one is read. */
  readonly read: ReadPolicy | undefined;
  readonly refusal: Extract<IncomingPolicy, { readonly ok: false }> | undefined;
  /** What the user says of columns whose names were not recognized. */
  readonly columns: Readonly<Record<string, ColumnReading>>;
  /** Reads a link, a bundle, bare rules or a table. Resolves with what was read. */
  take(text: string, name?: string): Promise<IncomingPolicy>;
  assign(columns: Readonly<Record<string, ColumnReading>>): void;
  /** Decides by these readings of a gateway, beside those that the policy carries. */
  setReadings(readings: GatewayProfile): void;
  /** Asks for another policy. */
  clear(): void;
}

const PASTED = 'Policy of the case';

interface PolicySourceParts {
  readonly source: PolicyText | undefined;
  readonly incoming: IncomingPolicy | undefined;
  readonly columns: Readonly<Record<string, ColumnReading>>;
}

const NOTHING: PolicySourceParts = { source: undefined, incoming: undefined, columns: {} };

/** The policy by which a log is reproduced, from any form in which one comes in. It stays in memory. */
export function usePolicySource(): PolicySourceState {
  const [{ source, incoming, columns }, set] = useState<PolicySourceParts>(NOTHING);
  const read = useCallback(async (from: PolicyText, assigned: PolicySourceParts['columns']) => {
    const { readIncoming } = await import('@/lib/intake');
    const found = readIncoming(from.text, { name: from.name, columns: assigned });
    set({ source: from, incoming: found, columns: assigned });
    return found;
  }, []);
  return {
    read: incoming?.ok === true ? incoming : undefined,
    refusal: incoming?.ok === false ? incoming : undefined,
    columns,
    take: useCallback((text, name) => read({ text, name: name ?? PASTED }, {}), [read]),
    assign: useCallback((next) => void (source && read(source, next)), [read, source]),
    setReadings: useCallback(
      (readings) => set((parts) => ({ ...parts, incoming: withReadings(parts.incoming, readings) })),
      [],
    ),
    clear: useCallback(() => set(NOTHING), []),
  };
}

function withReadings(incoming: IncomingPolicy | undefined, readings: GatewayProfile): IncomingPolicy | undefined {
  if (incoming?.ok !== true) return incoming;
  const { settings } = incoming.bundle;
  const bundle = { ...incoming.bundle, settings: { ...settings, readings: { ...settings.readings, ...readings } } };
  return { ...incoming, bundle };
}

/** The name of a policy that comes in as a file without a name in it. */
export const nameOfFile = (name: string): string => name.replace(/\.(?:policy\.)?[a-z]+$/i, '') || PASTED;

/** A bundle's own calls as a log: one call a line. */
export const traceText = ({ trace = [] }: Bundle): string => trace.map((call) => `${JSON.stringify(call)}\n`).join('');
