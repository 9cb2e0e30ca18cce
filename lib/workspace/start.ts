import { openStore } from '../store';
import type { WorkspaceOptions } from './options';
import { Workspace } from './workspace';

export type StartOptions = WorkspaceOptions;

/** Opens storage and the workspace on it, and resolves when the open policy can be shown. Never rejects. */
export async function startWorkspace(options: StartOptions): Promise<Workspace> {
  const workspace = new Workspace(await openStore({ now: options.now }), options);
  await workspace.start();
  return workspace;
}
