import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures';
import type { Workbench } from './page';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The code editor of the rule that is being edited. */
export class Code {
  readonly field: Locator;
  readonly suggestions: Locator;

  constructor(
    readonly page: Page,
    readonly bench: Workbench,
  ) {
    this.field = bench.editor.getByLabel('Condition (CEL)');
    this.suggestions = bench.editor.locator('.suggest-widget.visible');
  }

  /** Waits for the code editor to take the plain field's place. */
  async opened(): Promise<void> {
    await expect(this.bench.editor.locator('.monaco-editor textarea')).toBeFocused();
  }

  /** Goes into the condition. */
  async open(): Promise<void> {
    await this.field.focus();
    await this.opened();
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** Takes the suggestion with this label, which must be the one in focus. */
  async take(label: string): Promise<void> {
    await expect(this.suggestions.locator('.monaco-list-row.focused')).toHaveAttribute(
      'aria-label',
      new RegExp(`^${escaped(label)}`),
    );
    await this.page.keyboard.press('Enter');
  }

  /** The same by mouse. */
  async clickSuggestion(label: string): Promise<void> {
    const row = this.suggestions.getByRole('option', { name: new RegExp(`^${escaped(label)}`) }).first();
    await expect(row).toBeVisible();
    await row.click();
  }

  /** The text, as it goes into the rule. */
  async expectText(text: string): Promise<void> {
    await expect
      .poll(async () =>
        (await this.bench.editor.locator('.view-line').allInnerTexts()).join('\n').replaceAll('\u00a0', ' '),
      )
      .toBe(text);
  }

  /** Expects exactly this word to be underlined, and nothing else. */
  async expectUnderlined(word: string, severity: 'error' | 'warning'): Promise<Locator> {
    const underlined = this.bench.editor.locator(`.squiggly-${severity}`);
    await expect(underlined).toHaveCount(1);
    const place = await underlined.boundingBox();
    const drawn = await this.bench.editor
      .locator('.view-line span', { hasText: new RegExp(`^${escaped(word)}$`) })
      .last()
      .boundingBox();
    expect(Math.abs((place?.x ?? 0) - (drawn?.x ?? 99))).toBeLessThan(2);
    expect(Math.abs((place?.width ?? 0) - (drawn?.width ?? 99))).toBeLessThan(2);
    return underlined;
  }
}
