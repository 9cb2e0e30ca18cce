import { useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { RuleId } from '@/lib/engine';
import { focusRule, RULE_CONTROLS, type RuleControl } from './focus-rule';

/** A control of a row of the list. */
interface RowPosition {
  readonly id: RuleId;
  readonly control: RuleControl;
}

const ROWS_A_PAGE = 10;

/**
 * Makes a list of rules one stop of the Tab key: up, down, Page, Home and End go from row to row, left and right from control to control of a
 * row. `stopOf` is the control of a row that is the stop; `keys` belong on the list.
 */
export function useRuleKeys(ids: readonly RuleId[]) {
  const [last, setLast] = useState<RowPosition>();
  const stop = last !== undefined && ids.includes(last.id) ? last : undefined;
  const stopId = stop?.id ?? ids[0];

  function onKeyDown(event: KeyboardEvent) {
    const from = positionOf(event.target);
    // While a row is moved by keys, its handle is pressed, and the keys are those of the move.
    const moving = event.target instanceof Element && event.target.getAttribute('aria-pressed') === 'true';
    if (from === undefined || moving || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const to = rowAfter(event.key, ids.indexOf(from.id), ids.length);
    const id = to === undefined ? undefined : ids[to];
    const beside = controlBeside(event);
    if (id === undefined && beside === undefined) return;
    event.preventDefault();
    if (id !== undefined) focusRule(id, { control: from.control });
    else beside?.focus();
  }

  return {
    stopOf: (id: RuleId): RuleControl | undefined => (id === stopId ? (stop?.control ?? 'name') : undefined),
    keys: {
      onKeyDown,
      onFocus: ({ target }: FocusEvent) => {
        const to = positionOf(target);
        if (to !== undefined && (to.id !== stop?.id || to.control !== stop.control)) setLast(to);
      },
    },
  };
}

const controlOf = (element: Element): RuleControl | undefined =>
  RULE_CONTROLS.find((one) => one === element.getAttribute('data-control'));

function positionOf(target: EventTarget): RowPosition | undefined {
  if (!(target instanceof Element)) return undefined;
  const control = controlOf(target);
  const id = target.closest('[data-rule]')?.getAttribute('data-rule');
  return control === undefined || typeof id !== 'string' ? undefined : { id: id as RuleId, control };
}

/** The row that a key goes to, from 0; undefined for another key. */
function rowAfter(key: string, row: number, count: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: -1,
    ArrowDown: 1,
    PageUp: -ROWS_A_PAGE,
    PageDown: ROWS_A_PAGE,
    Home: -count,
    End: count,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, row + step));
}

function controlBeside({ key, target }: KeyboardEvent): HTMLElement | undefined {
  if ((key !== 'ArrowLeft' && key !== 'ArrowRight') || !(target instanceof Element)) return undefined;
  const row = target.closest('[data-rule]');
  const controls = RULE_CONTROLS.flatMap((one) => row?.querySelector<HTMLElement>(`[data-control=${one}]`) ?? []);
  return controls[controls.findIndex((one) => one === target) + (key === 'ArrowRight' ? 1 : -1)];
}
