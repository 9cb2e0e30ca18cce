type RequestId = string | number;

/** A batch of which some requests are not answered yet. */
interface OpenBatch {
  readonly waiting: Set<RequestId>;
  readonly answers: object[];
}

/** Gathers the answers to batches: each batch is answered by one list (JSON-RPC 2.0, section 6). */
export class BatchAnswers {
  readonly #open = new Map<RequestId, OpenBatch>();

  /** `ids`: those of the batch's requests. An id of another batch that is still open is answered by itself. */
  begin(ids: readonly RequestId[]): void {
    const batch: OpenBatch = { waiting: new Set(ids.filter((id) => !this.#open.has(id))), answers: [] };
    for (const id of batch.waiting) this.#open.set(id, batch);
  }

  /** What is to be written now that a request is answered: its answer, the list that it completes, or nothing yet. */
  answered(id: RequestId, answer: object): object | undefined {
    const batch = this.#open.get(id);
    if (batch === undefined) return answer;
    batch.answers.push(answer);
    return this.#settled(id, batch);
  }

  /** A request that the client cancelled gets no answer. Gives the list that is complete without it. */
  cancelled(id: RequestId): object | undefined {
    const batch = this.#open.get(id);
    return batch === undefined ? undefined : this.#settled(id, batch);
  }

  /** The answers of batches that are not complete, and will not be. */
  takeAll(): readonly object[] {
    const lists = new Set([...this.#open.values()].map(({ answers }) => answers));
    this.#open.clear();
    return [...lists].filter((answers) => answers.length > 0);
  }

  #settled(id: RequestId, batch: OpenBatch): object | undefined {
    this.#open.delete(id);
    batch.waiting.delete(id);
    return batch.waiting.size === 0 && batch.answers.length > 0 ? batch.answers : undefined;
  }
}
