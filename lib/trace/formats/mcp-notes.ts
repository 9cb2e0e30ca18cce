/** What is noted of the messages of a whole file, with how many there were. */
import type { ImportOutput } from '../types';

export const noteRepeated = (out: ImportOutput): void =>
  out.note(
    'repeated-request',
    (n) =>
      `${n} ${n === 1 ? 'request repeats' : 'requests repeat'} the id of an earlier one in the same session: each is counted`,
  );

export const noteElsewhere = (out: ImportOutput): void =>
  out.note(
    'listed-elsewhere',
    (n) =>
      `of ${n} ${n === 1 ? 'call' : 'calls'} the tool is listed only where the log writes other words or members around its messages: what it lists may be of another server, and is not used`,
  );

export const noteContinued = (out: ImportOutput): void =>
  out.note(
    'continued-request',
    (n) =>
      `${n} ${n === 1 ? 'request brings' : 'requests bring'} the input that an earlier call required: counted with it`,
  );
