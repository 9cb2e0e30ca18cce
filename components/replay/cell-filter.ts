import {
  DECIDED_BY_DEFAULT,
  EFFECT_CODES,
  RECORDED_CODES,
  UNDECIDED,
  type CallFilter,
  type FactWanted,
} from '@/lib/trace';
import type { CallLine, Replayed } from '@/lib/worker';
import { EFFECT_WORDS, RECORDED_WORDS } from '@/lib/wording';
import type { ColumnId } from './columns';

/** A filter for the calls that have the same value as one of them in one column. */
export interface CellFilter {
  readonly filter: CallFilter;
  /** What the filter shows: "only agent cursor". */
  readonly words: string;
}

/** Undefined where the column has no value for the call, or the value is not known yet. */
export function narrowedTo(
  filter: CallFilter,
  column: ColumnId,
  line: CallLine | undefined,
  results: Replayed | undefined,
  index: number,
): CellFilter | undefined {
  switch (column) {
    case 'agent':
    case 'instance':
    case 'user':
    case 'resource':
    case 'tool': {
      if (line === undefined) return undefined;
      const value = line[column];
      const wanted: FactWanted =
        value === undefined ? { fact: 'unknown' } : value === null ? { fact: 'absent' } : value;
      return { filter: { ...filter, [column]: wanted }, words: `${column} ${factWords(wanted)}` };
    }
    case 'time': {
      const at = Date.parse(line?.time ?? '');
      if (Number.isNaN(at)) return undefined;
      return {
        filter: { ...filter, time: [at, filter.time?.[1] ?? Number.MAX_SAFE_INTEGER] },
        words: 'from this time on',
      };
    }
    case 'decision': {
      const effect = EFFECT_CODES[results?.effects[index] ?? -1];
      return effect && { filter: { ...filter, effect }, words: EFFECT_WORDS[effect] };
    }
    case 'rule': {
      if (results === undefined) return undefined;
      const decider = results.deciders[index] ?? UNDECIDED;
      const id = results.rules[decider];
      const rule = decider === DECIDED_BY_DEFAULT ? 'default' : (id ?? 'undecided');
      const words =
        id === undefined
          ? rule === 'default'
            ? 'where no rule matched'
            : 'where the rule is not certain'
          : `rule ${decider + 1}`;
      return { filter: { ...filter, rule }, words };
    }
    case 'hazards':
      return (results?.hazards[index] ?? 0) > 0
        ? { filter: { ...filter, hazard: true }, words: 'with a hazard' }
        : undefined;
    case 'recorded': {
      const recorded = RECORDED_CODES[results?.recorded[index] ?? -1];
      const words = recorded === 'none' ? 'without a recorded decision' : recorded && RECORDED_WORDS[recorded];
      return recorded && words !== undefined ? { filter: { ...filter, recorded }, words } : undefined;
    }
  }
}

export const factWords = (wanted: FactWanted): string =>
  typeof wanted === 'string' ? wanted : wanted.fact === 'unknown' ? 'not known' : 'absent';
