import { agents } from './formats/agents';
import { anthropic } from './formats/anthropic';
import { audit } from './formats/audit';
import { bedrock } from './formats/bedrock';
import { bedrockAgent } from './formats/bedrock-agent';
import { claudeExport } from './formats/claude-export';
import { codex } from './formats/codex';
import { csv } from './formats/csv';
import { gemini } from './formats/gemini';
import { geminiCli } from './formats/gemini-cli';
import { geminiLive } from './formats/gemini-live';
import { inspect } from './formats/inspect';
import { langchain } from './formats/langchain';
import { har } from './formats/har';
import { langfuse, langfuseTable } from './formats/langfuse';
import { langsmith, langsmithTable } from './formats/langsmith';
import { mcp } from './formats/mcp';
import { native } from './formats/native';
import { openai } from './formats/openai';
import { otlp } from './formats/otlp';
import { responses } from './formats/responses';
import { tau2 } from './formats/tau2';
import { vercel } from './formats/vercel';
import { vscode } from './formats/vscode';
import type { TraceFormat, FormatId } from './types';

/** Every format that can be imported: a new one is one file, and one line here. Of equal confidence, the first wins. */
export const FORMATS = {
  native,
  mcp,
  openai,
  responses,
  anthropic,
  'claude-export': claudeExport,
  codex,
  gemini,
  'gemini-cli': geminiCli,
  'gemini-live': geminiLive,
  langchain,
  vercel,
  bedrock,
  'bedrock-agent': bedrockAgent,
  vscode,
  inspect,
  tau2,
  audit,
  otlp,
  langfuse,
  'langfuse-table': langfuseTable,
  langsmith,
  'langsmith-table': langsmithTable,
  agents,
  har,
  csv,
} as const satisfies Record<FormatId, TraceFormat>;

export const FORMAT_LIST: readonly TraceFormat[] = Object.values(FORMATS);

/** For lists of choice, in the order of the registry. */
export const FORMAT_LABELS: readonly { readonly id: FormatId; readonly label: string }[] = FORMAT_LIST.map(
  ({ id, label }) => ({ id, label }),
);

export const isFormatId = (text: string): text is FormatId => Object.hasOwn(FORMATS, text);
