import { editor } from 'monaco-editor/editor';
import { NO_CONTEXT } from '../context';
import { LANGUAGE } from './language';
import { LOOK } from './look';
import { endSession, setSession } from './sessions';

/** Longer than Monaco waits before it suggests something, or draws it. Milliseconds. */
const DRAWN = 150;
/** How often a slow machine is given time for it. */
const MOST_RESTS = 10;

let done = false;

/**
 * Warms up the suggest widget off-screen, once for the page: the first list takes Monaco three times as long, and the user's first key
 * would wait for it. It runs in steps while the page is idle, hidden from screen readers, and never takes the focus. `signal` ends it: after
 * the user has typed it is of no use.
 */
export async function warmUp(signal: AbortSignal): Promise<void> {
  const steps = warmUpSteps();
  try {
    while (!done) {
      await rest();
      if (signal.aborted) return;
      done ||= steps.next().done === true;
    }
  } finally {
    steps.return(undefined);
  }
}

function rest(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      // Safari has no such thing.
      if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve());
      else resolve();
    }, DRAWN);
  });
}

/** Each yield is a pause until the page is idle. */
function* warmUpSteps(): Generator<undefined, undefined> {
  const stage = document.createElement('div');
  // INVARIANT: inert, since Monaco gives the focus to whatever editor it completes in.
  stage.inert = true;
  stage.className = 'condition-warm-up';
  document.body.append(stage);
  const model = editor.createModel('', LANGUAGE);
  setSession(model, { context: NO_CONTEXT, diagnostics: [] });
  const instance = editor.create(stage, { ...LOOK, model, overflowWidgetsDomNode: stage });
  const act = (command: string, payload?: object): void => instance.trigger('warm-up', command, payload);
  try {
    yield;
    act('type', { text: 'r' });
    act('editor.action.triggerSuggest');
    for (let rests = 0; rests < MOST_RESTS && stage.querySelector('.suggest-widget.visible') === null; rests++) yield;
    act('type', { text: 'e' });
    yield;
  } finally {
    instance.dispose();
    endSession(model);
    model.dispose();
    stage.remove();
  }
}
