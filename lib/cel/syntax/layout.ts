/**
 * A small pretty printer after Wadler and Prettier: a document is text with places where lines may break; a group is printed on one line if
 * it fits, and otherwise breaks at all of its own places.
 */
export type LayoutDoc =
  | string
  | readonly LayoutDoc[]
  | { readonly type: 'line'; readonly flat: string }
  | { readonly type: 'newline' }
  | { readonly type: 'nest'; readonly body: LayoutDoc }
  | { readonly type: 'group'; readonly body: LayoutDoc; readonly broken: boolean };

/** A space, or the end of a line. */
export const LINE: LayoutDoc = { type: 'line', flat: ' ' };
/** Nothing, or the end of a line. */
export const SOFT: LayoutDoc = { type: 'line', flat: '' };
/** Always the end of a line; all groups around it break. */
export const NEWLINE: LayoutDoc = { type: 'newline' };

export function nest(...body: readonly LayoutDoc[]): LayoutDoc {
  return { type: 'nest', body };
}

export function group(...body: readonly LayoutDoc[]): LayoutDoc {
  return { type: 'group', body, broken: breaks(body) };
}

function breaks(doc: LayoutDoc): boolean {
  if (typeof doc === 'string') return false;
  if (isList(doc)) return doc.some(breaks);
  return doc.type === 'newline' || (doc.type === 'group' ? doc.broken : doc.type === 'nest' && breaks(doc.body));
}

function isList(doc: LayoutDoc): doc is readonly LayoutDoc[] {
  return Array.isArray(doc);
}

interface LayoutTask {
  readonly doc: LayoutDoc;
  readonly indent: number;
  readonly flat: boolean;
}

/** Prints a document in lines of at most `width` characters where its groups allow it. */
export function layout(doc: LayoutDoc, width: number): string {
  const tasks: LayoutTask[] = [{ doc, indent: 0, flat: false }];
  let out = '';
  let column = 0;
  for (let task = tasks.pop(); task; task = tasks.pop()) {
    const { doc, indent, flat } = task;
    if (typeof doc === 'string') {
      out += doc;
      const newline = doc.lastIndexOf('\n');
      column = newline < 0 ? column + doc.length : doc.length - newline - 1;
    } else if (isList(doc)) {
      for (let i = doc.length - 1; i >= 0; i--) tasks.push({ doc: doc[i] as LayoutDoc, indent, flat });
    } else if (doc.type === 'nest') {
      tasks.push({ doc: doc.body, indent: indent + 2, flat });
    } else if (doc.type === 'group') {
      const body = { doc: doc.body, indent, flat: true };
      tasks.push(!doc.broken && (flat || fits(body, tasks, width - column)) ? body : { ...body, flat: false });
    } else if (doc.type === 'line' && flat) {
      out += doc.flat;
      column += doc.flat.length;
    } else {
      out += `\n${' '.repeat(indent)}`;
      column = indent;
    }
  }
  return out;
}

/** Whether the first task, and what follows it up to the next end of a line, needs no more than `room` columns. */
function fits(first: LayoutTask, rest: readonly LayoutTask[], room: number): boolean {
  const tasks = [first];
  for (let next = rest.length - 1; room >= 0;) {
    const task = tasks.pop() ?? rest[next--];
    if (!task) return true;
    const { doc, flat, indent } = task;
    if (typeof doc === 'string') {
      const newline = doc.indexOf('\n');
      if (newline >= 0) return newline <= room;
      room -= doc.length;
    } else if (isList(doc)) {
      for (let i = doc.length - 1; i >= 0; i--) tasks.push({ doc: doc[i] as LayoutDoc, indent, flat });
    } else if (doc.type === 'nest') {
      tasks.push({ doc: doc.body, indent, flat });
    } else if (doc.type === 'group') {
      tasks.push({ doc: doc.body, indent, flat: flat && !doc.broken });
    } else if (doc.type === 'line' && flat) {
      room -= doc.flat.length;
    } else return true;
  }
  return false;
}
