import { agents } from './formats/agents';
import { anthropic } from './formats/anthropic';
import { audit } from './formats/audit';
import { csv } from './formats/csv';
import { har } from './formats/har';
import { langfuse, langfuseTable } from './formats/langfuse';
import { langsmith } from './formats/langsmith';
import { mcp } from './formats/mcp';
import { native } from './formats/native';
import { openai } from './formats/openai';
import { otlp } from './formats/otlp';
import type { Format, FormatId } from './types';

/** Every format that can be imported: a new one is one file, and one line here. Of equal confidence, the first wins. */
export const FORMATS = {
  native,
  mcp,
  openai,
  anthropic,
  audit,
  otlp,
  langfuse,
  'langfuse-table': langfuseTable,
  langsmith,
  agents,
  har,
  csv,
} as const satisfies Record<FormatId, Format>;

export const FORMAT_LIST: readonly Format[] = Object.values(FORMATS);

/** For lists of choice, in the order of the registry. */
export const FORMAT_LABELS: readonly { readonly id: FormatId; readonly label: string }[] = FORMAT_LIST.map(
  ({ id, label }) => ({ id, label }),
);

export const isFormatId = (text: string): text is FormatId => Object.hasOwn(FORMATS, text);
