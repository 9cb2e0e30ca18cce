import { bundleOf, type Bundle } from '../bundle';
import type { JsonObject } from '../engine';
import type { PolicyContent } from '../store';

/** What the workspace keeps of a bundle: all but its trace, which goes its own way. Unknown members are kept. */
export function contentOfBundle(bundle: Bundle): PolicyContent {
  const { format: _format, version: _version, trace: _trace, focus: _focus, ...content } = bundle;
  const { name, description = '', rules, settings, notes, catalog, tests, ...extra } = content;
  return {
    name,
    description,
    rules,
    settings,
    ...(notes === undefined ? {} : { notes }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(tests === undefined ? {} : { tests }),
    // Read from JSON, they are JSON.
    ...(Object.keys(extra).length === 0 ? {} : { extra: extra as JsonObject }),
  };
}

/** The policy, and all that is kept with it, as a bundle. */
export function bundleOfContent(content: PolicyContent): Bundle {
  const { name, description, notes, catalog, tests, extra } = content;
  return bundleOf(name, content, {
    ...extra,
    ...(description === '' ? {} : { description }),
    ...(notes === undefined ? {} : { notes }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(tests === undefined ? {} : { tests }),
  });
}
