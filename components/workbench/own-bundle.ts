import { bundleOf, writeBundle, type Bundle } from '@/lib/bundle';
import type { JsonObject } from '@/lib/engine';
import type { PolicyContent } from '@/lib/store';
import type { PolicyDocument } from '@/lib/workspace';
import { download } from '../ui/download';

/** What a bundle holds of a policy, as the workspace keeps it; its trace goes its own way. */
export function contentOf(bundle: Bundle): PolicyContent {
  const {
    format: _format,
    version: _version,
    trace: _trace,
    focus: _focus,
    name,
    description,
    rules,
    settings,
    notes,
    catalog,
    tests,
    ...extra
  } = bundle;
  return {
    name,
    description: description ?? '',
    rules,
    settings,
    ...(notes === undefined ? {} : { notes }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(tests === undefined ? {} : { tests }),
    ...(Object.keys(extra).length === 0 ? {} : { extra: extra as JsonObject }),
  } as PolicyContent;
}

/** The policy and all that is kept with it, as a bundle. */
export function wholeBundle(policy: PolicyDocument): Bundle {
  const { name, description, notes, catalog, tests, extra } = policy;
  return bundleOf(name, policy, {
    ...extra,
    ...(description === '' ? {} : { description }),
    ...(notes === undefined || notes === '' ? {} : { notes }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(tests === undefined ? {} : { tests }),
  } as Partial<Bundle>);
}

export function downloadBundle(policy: PolicyDocument): void {
  download(writeBundle(wholeBundle(policy)), `${policy.name}.policy.json`);
}
