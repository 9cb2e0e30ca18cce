import { openStore, type OpenedStore } from '../store';
import type { WorkspaceOptions } from './options';
import { Workspace } from './workspace';

export type StartOptions = WorkspaceOptions;

/** Opens storage and the workspace on it, and resolves when the open policy can be shown. Never rejects. */
export async function startWorkspace(options: StartOptions): Promise<Workspace> {
  return startWorkspaceOn(await openStore({ now: options.now }), options);
}

/** On storage that is open already. */
export async function startWorkspaceOn(opened: OpenedStore, options: StartOptions): Promise<Workspace> {
  const workspace = new Workspace(opened, options);
  await workspace.start();
  return workspace;
}
