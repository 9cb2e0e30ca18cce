/** The settings in a file of exported work. What is of one visit (what was open, when it was) is not among them. */
import { isObject } from '../json';
import { BASELINE_OF, COMPARED_BUNDLES, MAPPING_OF, problemOf, type PolicyId, type StoredSetting } from '../store';

/** What a page keeps outside the store, such as its theme: texts by their keys. */
export type PagePreferences = Readonly<Record<string, string>>;

export interface WorkSettings {
  /** Of the store: columns as they were mapped by hand, and what policies are compared with. */
  readonly stored: readonly StoredSetting[];
  readonly preferences: PagePreferences;
}

export const NO_SETTINGS: WorkSettings = { stored: [], preferences: {} };

const KINDS = [MAPPING_OF, BASELINE_OF, COMPARED_BUNDLES];
const MOST_SETTINGS = 10_000;
const MOST_PREFERENCES = 100;
const LONGEST_PREFERENCE = 10_000;

const isOfWork = ({ key, value }: StoredSetting): boolean =>
  value !== null && KINDS.some((kind) => key.startsWith(kind));

export const settingsText = ({ stored, preferences }: WorkSettings): string =>
  JSON.stringify({ stored: stored.filter(isOfWork), preferences }, null, 2);

/** Nothing in the text is trusted: what is no setting of ours is left out and named. */
export function parseSettings(text: string, note: (problem: string) => void): WorkSettings {
  const read = parsed(text);
  if (!isObject(read)) {
    note('the settings are not imported: they are no JSON object');
    return NO_SETTINGS;
  }
  const rows = Array.isArray(read['stored']) ? (read['stored'] as readonly unknown[]) : [];
  const stored = rows.slice(0, MOST_SETTINGS).flatMap((row) => {
    const problem = problemOf('settings', row);
    if (problem === null && isOfWork(row as StoredSetting)) return [row as StoredSetting];
    note(`a setting is not imported: it ${problem ?? 'is none that is part of the work'}`);
    return [];
  });
  const named = Object.entries(isObject(read['preferences']) ? read['preferences'] : {});
  const texts = named.filter((one): one is [string, string] => isPreference(one[1])).slice(0, MOST_PREFERENCES);
  if (texts.length < named.length) note('preferences are not imported: they are no short texts');
  if (stored.length < rows.length && rows.length > MOST_SETTINGS) note('the file has too many settings');
  return { stored, preferences: Object.fromEntries(texts) };
}

const isPreference = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= LONGEST_PREFERENCE;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * A setting for the policies as they are called here; undefined where it is about one that was not imported.
 * @param ids policies of the file with their ids here
 */
export function settingHere(
  { key, value }: StoredSetting,
  ids: ReadonlyMap<string, PolicyId>,
): StoredSetting | undefined {
  if (!key.startsWith(BASELINE_OF)) return { key, value };
  const policy = ids.get(key.slice(BASELINE_OF.length));
  if (policy === undefined) return undefined;
  const other = isObject(value) && value['kind'] === 'policy' ? ids.get(String(value['id'])) : undefined;
  return { key: BASELINE_OF + policy, value: other === undefined ? value : { kind: 'policy', id: other } };
}
