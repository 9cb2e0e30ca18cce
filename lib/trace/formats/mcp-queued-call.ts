import { callId, type CatalogTool } from '../../engine';
import type { ImportedCall } from '../types';
import type { McpSession, WaitingMcpCall } from './mcp-session';

/** A call in its place in the order, until it is known what was listed of its tool. */
export class QueuedCall implements WaitingMcpCall {
  settled = false;
  #call: ImportedCall = { id: callId('') };

  constructor(readonly lists: ReturnType<McpSession['listed']>) {}

  of(call: ImportedCall, settled = false): this {
    this.#call = call;
    this.settled = settled;
    return this;
  }

  get call(): ImportedCall {
    return this.#call;
  }

  settle(server: string | undefined): void {
    const found = this.lists.filter((listed) => listed.server === server);
    const { tool } = this.#call;
    if (!this.settled && typeof tool?.name === 'string' && found.length === 1)
      this.#call = { ...this.#call, tool: toolFacts(tool.name, found[0]?.tool) };
    this.settled = true;
  }
}

/** A tool that its server listed is wholly known: a title or hints that the list lacks are absent, not unknown. */
export function toolFacts(name: string, listed: CatalogTool | undefined): ImportedCall['tool'] & object {
  if (!listed) return { name };
  return { name, title: listed.title ?? null, annotations: listed.annotations ?? null };
}
