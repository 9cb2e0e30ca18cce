import type { Annotations, JsonObject } from './model';

/** What is known of the world that a policy speaks about: it feeds suggestions, forms and previews, and never a decision. */
export interface Catalog {
  readonly resources: readonly CatalogResource[];
  readonly agents: readonly CatalogAgent[];
  readonly instances: readonly CatalogInstance[];
  readonly users: readonly CatalogUser[];
  readonly groups: readonly CatalogGroup[];
}

export const EMPTY_CATALOG: Catalog = { resources: [], agents: [], instances: [], users: [], groups: [] };

export interface CatalogResource {
  readonly slug: string;
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly tools?: readonly CatalogTool[];
}

export interface CatalogTool {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  /** A JSON Schema of the arguments. */
  readonly inputSchema?: JsonObject;
  readonly annotations?: Annotations;
}

export interface CatalogAgent {
  readonly slug: string;
  readonly name?: string;
  readonly tags?: readonly string[];
}

export interface CatalogInstance {
  readonly id: string;
  readonly name?: string;
  readonly agent?: string;
  readonly user?: string;
  readonly tags?: readonly string[];
  readonly client?: { readonly name?: string; readonly version?: string; readonly protocolVersion?: string };
}

export interface CatalogUser {
  readonly id?: string;
  readonly email?: string;
  readonly name?: string;
  readonly groups?: readonly string[];
}

export interface CatalogGroup {
  readonly name: string;
}
