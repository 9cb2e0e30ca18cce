import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { write } from '../typing';

const testdata = (name: string): string => join(import.meta.dirname, '..', 'testdata', name);

/** A session of the real Slack server: its tools with their schemas, and three messages. */
export const SLACK = testdata('slack-session.ndjson');
/** A session of the reference filesystem server: its 14 tools, and 12 calls, one of which climbs out of its folder. */
export const FILESYSTEM = testdata('filesystem-session.ndjson');
export const AIRLINE = testdata('airline.json');
/** What the file holds, counted by hand. */
export const AIRLINE_CALLS = 65;
export const AIRLINE_CANCELLED = 8;
export const AIRLINE_UPDATES = 9;
export const AIRLINE_ECONOMY = 7;

/** Rules over the calls of `AIRLINE`. */
export const CANCEL = { name: 'No cancelling', effect: 'Deny', tools: ['cancel_*'] };
export const GATE = {
  name: 'Economy only',
  effect: 'Gated',
  tools: ['update_reservation_flights'],
  condition: 'request.args.cabin == "economy"',
};

/** What the head says once everything is saved: with a rule under edit, that the edit is. */
export const SAVED = /^(?:saved|the edit is kept)$/;

/** The workbench as a person sees it. */
export class Workbench {
  readonly policy: Locator;
  readonly trace: Locator;
  readonly explanation: Locator;
  readonly editor: Locator;

  constructor(readonly page: Page) {
    this.policy = page.getByRole('region', { name: 'Policy', exact: true });
    this.trace = page.getByRole('region', { name: 'Trace', exact: true });
    this.explanation = page.getByRole('region', { name: 'Explanation', exact: true });
    this.editor = page.getByRole('region', { name: 'Rule editor' });
  }

  /** The page at its first visit, or any later one, once it shows decisions. */
  async open(address = './'): Promise<void> {
    await this.page.goto(address);
    await this.decided();
  }

  /** Reloads the page after everything is saved. */
  async reload(): Promise<void> {
    await expect(this.page.getByRole('banner').getByText(SAVED)).toBeAttached();
    await this.page.reload();
    await this.decided();
  }

  /** Waits until the decisions shown belong to the policy shown. */
  async decided(): Promise<void> {
    await expect(this.trace.getByRole('status')).toHaveText(/calls?$/);
  }

  async decision(word: 'Allowed' | 'Denied' | 'Conditional'): Promise<number> {
    await this.decided();
    const text = await this.trace.getByRole('button', { name: new RegExp(`^${word} `) }).innerText();
    return Number(/[\d,]+$/.exec(text)?.[0].replaceAll(',', ''));
  }

  /** `resource`: the server of every call, where the file does not say it. */
  async importFile(file: string, resource?: string): Promise<void> {
    await this.trace.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Import a trace' });
    await dialog.locator('input[type=file]').setInputFiles(file);
    if (resource !== undefined) {
      await write(dialog.getByLabel('Resource'), resource);
      await dialog.getByRole('button', { name: 'Apply to every call' }).click();
      await expect(dialog.getByRole('cell', { name: resource, exact: true }).first()).toBeVisible();
    }
    await dialog.getByRole('button', { name: /^Import [\d,]+ calls?$/ }).click();
    await expect(dialog).toBeHidden();
    await this.decided();
  }

  /** Names of the rules in their order. */
  ruleNames(): Promise<string[]> {
    return this.policy.getByRole('button', { name: /^Edit rule/ }).allInnerTexts();
  }

  /** How many calls each rule decided, in order; the default's count last. */
  async hits(): Promise<number[]> {
    await this.decided();
    const words = await this.policy
      .locator('ol > li')
      .getByText(/decided [\d,]+ calls? of the open trace/)
      .allTextContents();
    return words.map((text) => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '')));
  }

  async digest(): Promise<string> {
    return (await this.page.locator('[data-digest]').first().getAttribute('data-digest')) ?? '';
  }

  async newPolicy(): Promise<void> {
    await this.page.getByRole('button', { name: /^Policy: / }).click();
    await this.page.getByRole('menuitem', { name: 'New policy' }).click();
    await expect(this.policy.getByRole('button', { name: /^Edit rule/ })).toHaveCount(1);
  }

  /** Runs a command from the palette, by keyboard alone. */
  async command(words: string): Promise<void> {
    await this.page.keyboard.press('Control+K');
    await expect(this.page.getByPlaceholder('What do you want to do?')).toBeFocused();
    await this.page.keyboard.type(words);
    await this.page.keyboard.press('Enter');
  }

  /** A policy without any rule. */
  async emptyPolicy(): Promise<void> {
    await this.newPolicy();
    await this.policy.getByRole('button', { name: /^Actions for rule 1,/ }).click();
    await this.page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(this.policy.getByRole('button', { name: /^Edit rule/ })).toHaveCount(0);
  }

  /** A pill of the sentence in the open editor. */
  pill(label: string): Locator {
    return this.editor.getByRole('button', { name: new RegExp(`^${label}: `) });
  }

  /** What a pill opens: it is drawn over the page. */
  picker(label: string): Locator {
    return this.page.getByRole('dialog', { name: label, exact: true });
  }

  async openCatalog(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Policy: / }).click();
    await this.page.getByRole('menuitem', { name: 'Catalog…' }).click();
    const catalog = this.page.getByRole('dialog', { name: 'Catalog', exact: true });
    await expect(catalog).toBeVisible();
    return catalog;
  }

  /** Adds values to a pill by typing; they replace a value that covers everything. */
  async fillPill(label: string, values: readonly string[]): Promise<void> {
    await this.pill(label).click();
    const picker = this.picker(label);
    const input = picker.getByRole('combobox');
    for (const value of values) {
      await write(input, value);
      await input.press('Enter');
    }
    await input.press('Escape');
    await expect(picker).toBeHidden();
  }

  async choose(label: 'Effect' | 'Status', word: string): Promise<void> {
    await this.pill(label).click();
    await this.page.getByRole('menuitemradio', { name: word }).click();
  }

  /** The counts of the open editor's preview, once it is up to date: each effect's count after saving. */
  async promised(): Promise<Record<string, number>> {
    const panel = this.editor.getByTestId('impact');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    const items = await panel
      .getByRole('list', { name: 'Decisions before and after' })
      .getByRole('listitem')
      .evaluateAll((all) =>
        all.map(
          (item) =>
            [item.getAttribute('data-effect') ?? '', (item.querySelector('strong') ?? item).textContent ?? ''] as const,
        ),
      );
    return Object.fromEntries(
      items.map(([effect, text]) => [effect, Number(/[\d,]+$/.exec(text.trim())?.[0].replaceAll(',', ''))]),
    );
  }

  /** Fills in and saves a rule in the open editor. */
  async fillRule(rule: {
    name: string;
    effect: string;
    tools: readonly string[];
    resources?: readonly string[];
    condition?: string;
  }): Promise<void> {
    const { editor } = this;
    await write(editor.getByLabel('Name'), rule.name);
    await this.choose('Effect', rule.effect);
    if (rule.resources !== undefined) await this.fillPill('Resources', rule.resources);
    await this.fillPill('Tools', rule.tools);
    // A gate shows its condition at once.
    if (rule.condition !== undefined && rule.effect !== 'Gated') await this.pill('Condition').click();
    if (rule.condition !== undefined) await write(editor.getByLabel('Condition (CEL)'), rule.condition);
    await editor.getByRole('button', { name: /^(Create|Save) rule$/ }).click();
    await expect(editor).toBeHidden();
    await this.decided();
  }

  async addRule(rule: Parameters<Workbench['fillRule']>[0]): Promise<void> {
    await this.policy.getByRole('button', { name: 'Add rule' }).click();
    await this.fillRule(rule);
  }
}
