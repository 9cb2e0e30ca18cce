import type { CliIo } from './io';
import { plain } from './printable';
import { toned, type CellTone } from './tone';

export type TextTableCell = string | { readonly text: string; readonly tone: CellTone };

/** Rows that decide how wide columns are; a table may have millions, and they are printed as they come. */
const MEASURED = 500;
const WIDEST = 48;

/** Prints rows under each other: the first ones give the widths, later cells that are wider push their row to the right. */
export class TextTable {
  private held: (readonly TextTableCell[])[] | undefined = [];
  private widths: readonly number[] = [];
  /** Lines that wait to be written together: a write for each would take longer than deciding the call. */
  private readonly lines: string[] = [];

  constructor(
    private readonly header: readonly string[],
    private readonly io: CliIo,
  ) {}

  async row(cells: readonly TextTableCell[]): Promise<void> {
    if (this.held === undefined) return this.print(cells);
    this.held.push(cells);
    if (this.held.length === MEASURED) await this.flush();
  }

  /** Prints what is still held. A table without rows prints nothing. */
  async end(): Promise<void> {
    if (this.held !== undefined) await this.flush();
    if (this.lines.length > 0) await this.write();
  }

  private async flush(): Promise<void> {
    const rows = this.held ?? [];
    this.held = undefined;
    if (rows.length === 0) return;
    this.widths = this.header.map((name, column) =>
      Math.min(WIDEST, Math.max(name.length, ...rows.map((cells) => lengthOf(cells[column] ?? '')))),
    );
    await this.print(this.header.map((text) => ({ text, tone: 'faint' })));
    for (const cells of rows) await this.print(cells);
  }

  private async print(cells: readonly TextTableCell[]): Promise<void> {
    const last = cells.length - 1;
    const shown = cells.map((cell, column) => {
      const text = plain(typeof cell === 'string' ? cell : cell.text);
      const padding = column === last ? '' : ' '.repeat(Math.max(0, (this.widths[column] ?? 0) - text.length));
      return (typeof cell === 'string' ? text : toned(text, cell.tone, this.io)) + padding;
    });
    this.lines.push(shown.join('  ').trimEnd());
    if (this.lines.length >= MEASURED) await this.write();
  }

  private async write(): Promise<void> {
    await this.io.out(...this.lines.splice(0));
  }
}

function lengthOf(cell: TextTableCell): number {
  return typeof cell === 'string' ? cell.length : cell.text.length;
}
