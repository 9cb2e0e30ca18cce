import { expect, type BrowserContext, type Locator } from '@playwright/test';
import { killTab, rowsOf } from '../journeys/browser-storage';
import { FILESYSTEM, Workbench } from '../journeys/page';
import { write } from '../typing';

export interface TortureOptions {
  /** Numbers from 0 up to, but without, 1. */
  readonly random: () => number;
  /** Asked before each step. */
  readonly goesOn: (steps: number) => boolean;
}

export interface TortureReport {
  readonly steps: number;
  readonly kills: number;
  /** Each with its step: what was shown as saved, and what was found. */
  readonly losses: readonly string[];
  /** A step that could not be taken: of the page or of this test. */
  readonly faults: readonly string[];
  /** How often each action was taken. */
  readonly taken: Readonly<Record<string, number>>;
}

/** A state of the policy as a page shows it. The digest covers every rule, in order. */
interface PolicyView {
  readonly digest: string;
  readonly rules: number;
}

const MOST_RULES = 14;

/**
 * Random edits, undos, reorders, imports, reloads and kills in two tabs, against a model that knows only what the pages showed: every state
 * that a page showed as saved, in the order of the log. The same numbers take the same actions; how the two tabs fall together differs.
 */
export async function torture(context: BrowserContext, { random, goesOn }: TortureOptions): Promise<TortureReport> {
  const run = new TortureRun(context, random);
  await run.begin();
  while (run.losses.length + run.faults.length === 0 && goesOn(run.steps)) await run.step();
  const { steps, kills, losses, faults, taken } = run;
  return { steps, kills, losses, faults, taken: Object.fromEntries(taken) };
}

class TortureRun {
  steps = 0;
  kills = 0;
  readonly losses: string[] = [];
  readonly faults: string[] = [];
  readonly taken = new Map<string, number>();
  readonly #context: BrowserContext;
  readonly #random: () => number;
  #tabs: Workbench[] = [];
  /** States by position in the log; one that no page has shown yet is undefined. */
  #log: (PolicyView | undefined)[] = [];
  #cursor = 0;
  #traces = 1;

  constructor(context: BrowserContext, random: () => number) {
    this.#context = context;
    this.#random = random;
  }

  async begin(): Promise<void> {
    for (let i = 0; i < 2; i++) this.#tabs.push(await this.#open());
    this.#log = [await viewOf(this.#tab(0))];
  }

  async step(): Promise<void> {
    this.steps += 1;
    const which = this.#pick(2);
    const action = this.#choose();
    this.taken.set(action, (this.taken.get(action) ?? 0) + 1);
    try {
      await this.#do(action, which);
      await this.#check(action);
    } catch (error) {
      const list = isMismatch(error) ? this.losses : this.faults;
      list.push(`step ${this.steps}, ${action} in tab ${which + 1}: ${messageOf(error)}`);
    }
  }

  #choose(): Action {
    const rules = this.#log[this.#cursor]?.rules ?? 0;
    const weighted: readonly (readonly [Action, number])[] = [
      ['duplicate', rules < MOST_RULES ? 5 : 0],
      ['delete', rules > 2 ? 3 : 0],
      ['move', rules > 1 ? 4 : 0],
      ['rename', 3],
      ['half-typed edit', 1],
      ['undo', this.#cursor > 0 ? 4 : 0],
      ['redo', this.#cursor < this.#log.length - 1 ? 3 : 0],
      ['both at once', rules < MOST_RULES - 1 ? 2 : 0],
      ['reload', 2],
      ['kill', 2],
      ['kill while writing', rules < MOST_RULES ? 2 : 0],
      ['import', this.#traces < 6 ? 1 : 0],
    ];
    let at = this.#random() * weighted.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [action, weight] of weighted) if ((at -= weight) < 0) return action;
    return 'reload';
  }

  async #do(action: Action, which: number): Promise<void> {
    const tab = this.#tab(which);
    switch (action) {
      case 'duplicate':
        return this.#edit(tab, 1, () => this.#menu(tab, 'Duplicate'));
      case 'delete':
        return this.#edit(tab, -1, () => this.#menu(tab, 'Delete'));
      case 'move':
        return this.#edit(tab, 0, () => this.#menu(tab, 'Move down', 1));
      case 'rename':
        return this.#edit(tab, 0, async () => {
          await this.#typeName(tab);
          await tab.editor.getByRole('button', { name: 'Save rule' }).click();
        });
      case 'half-typed edit':
        return this.#halfTypedEdit(tab);
      case 'undo':
        await inBanner(tab, /^Undo/).click();
        return this.#moved(tab, -1);
      case 'redo':
        await inBanner(tab, /^Redo/).click();
        return this.#moved(tab, 1);
      case 'both at once':
        return this.#bothAtOnce();
      case 'reload':
        return tab.reload();
      case 'kill':
        return this.#kill(which);
      case 'kill while writing':
        return this.#killWhileWriting(which);
      case 'import':
        await tab.importFile(FILESYSTEM);
        this.#traces += 1;
        return;
    }
  }

  /** An edit is a step of the log, once it is shown as saved. */
  async #edit(tab: Workbench, more: number, act: () => Promise<void>): Promise<void> {
    const before = await viewOf(tab);
    await act();
    await expect.poll(async () => (await viewOf(tab)).digest, { message: 'an edit shows' }).not.toBe(before.digest);
    const after = await savedView(tab);
    expect(after.rules, 'rules after the edit').toBe(before.rules + more);
    this.#append(after);
  }

  /** Opens a rule, and types another name. */
  async #typeName(tab: Workbench): Promise<string> {
    const { rules } = await viewOf(tab);
    await tab.policy.getByRole('button', { name: new RegExp(`^Edit rule ${1 + this.#pick(rules)},`) }).click();
    const name = `Named at step ${this.steps}`;
    await write(tab.editor.getByLabel('Name'), name);
    return name;
  }

  /** An edit that is shown as saved is there after a reload, and changes nothing once it is cancelled. */
  async #halfTypedEdit(tab: Workbench): Promise<void> {
    const name = await this.#typeName(tab);
    await tab.reload();
    await expect(tab.editor.getByLabel('Name'), 'the rule under edit').toHaveValue(name);
    await tab.editor.getByRole('button', { name: 'Cancel' }).click();
  }

  async #moved(tab: Workbench, by: number): Promise<void> {
    this.#cursor += by;
    const expected = this.#log[this.#cursor];
    if (expected !== undefined) {
      await expect.poll(async () => (await savedView(tab)).digest, { message: 'undo and redo' }).toBe(expected.digest);
      return;
    }
    const before = this.#log[this.#cursor - by];
    await expect.poll(async () => (await savedView(tab)).digest, { message: 'undo' }).not.toBe(before?.digest);
    this.#log[this.#cursor] = await savedView(tab);
  }

  /** Neither waits for the other: whoever is second applies its change to what the first made. */
  async #bothAtOnce(): Promise<void> {
    const before = await savedView(this.#tab(0));
    await Promise.all([this.#menu(this.#tab(0), 'Duplicate'), this.#menu(this.#tab(1), 'Duplicate')]);
    for (const tab of this.#tabs) {
      await expect.poll(async () => (await savedView(tab)).rules, { message: 'both edits' }).toBe(before.rules + 2);
    }
    this.#append(undefined);
    this.#append(await savedView(this.#tab(0)));
  }

  async #kill(which: number): Promise<void> {
    const tab = this.#tab(which);
    await savedView(tab);
    await this.#endAndReopen(which);
  }

  /** What was not yet shown as saved may be there or not; nothing else may have happened. */
  async #killWhileWriting(which: number): Promise<void> {
    const tab = this.#tab(which);
    const before = await savedView(tab);
    await this.#menu(tab, 'Duplicate');
    if (this.#random() < 0.5) await new Promise((done) => setTimeout(done, this.#pick(40)));
    await this.#endAndReopen(which);
    const found = await savedView(this.#tab(which));
    if (found.digest === before.digest) return;
    expect(found.rules, 'rules after a kill during a write').toBe(before.rules + 1);
    this.#append(found);
  }

  async #endAndReopen(which: number): Promise<void> {
    this.kills += 1;
    const dying = this.#tab(which).page;
    let otherCrashed = false;
    const other = this.#tab(1 - which).page;
    other.once('crash', () => (otherCrashed = true));
    await killTab(dying);
    this.#tabs[which] = await this.#open();
    if (otherCrashed) {
      await other.close();
      this.#tabs[1 - which] = await this.#open();
    }
  }

  /** After every step both tabs show the model's state, as saved; the traces are all there. */
  async #check(action: Action): Promise<void> {
    const expected = this.#log[this.#cursor];
    for (const [i, tab] of this.#tabs.entries()) {
      await expect
        .poll(async () => (await savedView(tab)).digest, { message: `tab ${i + 1} after ${action}` })
        .toBe(expected?.digest);
    }
    if (action === 'import' || action.startsWith('kill') || action === 'reload')
      expect(await rowsOf(this.#tab(0).page, 'traces'), 'stored traces').toHaveLength(this.#traces);
  }

  async #menu(tab: Workbench, item: string, notLast = 0): Promise<void> {
    const { rules } = await viewOf(tab);
    const position = 1 + this.#pick(Math.max(1, rules - notLast));
    await tab.policy.getByRole('button', { name: new RegExp(`^Actions for rule ${position},`) }).click();
    await tab.page.getByRole('menuitem', { name: item, exact: true }).click();
  }

  #append(view: PolicyView | undefined): void {
    this.#log = [...this.#log.slice(0, this.#cursor + 1), view];
    this.#cursor += 1;
  }

  async #open(): Promise<Workbench> {
    const tab = new Workbench(await this.#context.newPage());
    await tab.open();
    return tab;
  }

  #tab(which: number): Workbench {
    const tab = this.#tabs[which];
    if (tab === undefined) throw new RangeError('there are two tabs');
    return tab;
  }

  #pick(count: number): number {
    return Math.floor(this.#random() * count);
  }
}

type Action =
  | 'duplicate'
  | 'delete'
  | 'move'
  | 'rename'
  | 'half-typed edit'
  | 'undo'
  | 'redo'
  | 'both at once'
  | 'reload'
  | 'kill'
  | 'kill while writing'
  | 'import';

async function viewOf(tab: Workbench): Promise<PolicyView> {
  await expect(tab.page.locator('[data-digest]').first()).toBeAttached();
  return { digest: await tab.digest(), rules: (await tab.ruleNames()).length };
}

/** The policy at a moment at which the page shows it as saved. */
async function savedView(tab: Workbench): Promise<PolicyView> {
  await expect(tab.page.getByRole('banner').getByText('saved', { exact: true })).toBeAttached();
  return viewOf(tab);
}

const inBanner = (tab: Workbench, name: RegExp): Locator => tab.page.getByRole('banner').getByRole('button', { name });

/** Whether an expectation failed, rather than a step that could not be taken. */
const isMismatch = (error: unknown): boolean => error instanceof Error && 'matcherResult' in error;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
