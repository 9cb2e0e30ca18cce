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
 * Shows a list of completions to nobody, once for the page: what Monaco does for the first time takes three times as long, and somebody's
 * first key would wait for it. It comes in steps while the page has nothing else to do, and can neither be seen nor heard nor take the focus.
 * `signal` ends it: who types by now has no use for it.
 */
export async function rehearse(signal: AbortSignal): Promise<void> {
  const steps = rehearsal();
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

/** What is done between two rests. */
function* rehearsal(): Generator<undefined, undefined> {
  const stage = document.createElement('div');
  // INVARIANT: inert, since Monaco gives the focus to whatever editor it completes in.
  stage.inert = true;
  stage.className = 'condition-rehearsal';
  document.body.append(stage);
  const model = editor.createModel('', LANGUAGE);
  setSession(model, { context: NO_CONTEXT, diagnostics: [] });
  const instance = editor.create(stage, { ...LOOK, model, overflowWidgetsDomNode: stage });
  const act = (command: string, payload?: object): void => instance.trigger('rehearsal', command, payload);
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
