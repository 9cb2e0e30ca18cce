import type { LogEvidence } from './divergence';

/**
 * What a log says, without the people who changed the policy and the ids of those events. Rules stay as they were: they are the policy.
 * @param standIns what stands for values elsewhere in the same redaction
 */
export function redactEvidence(evidence: LogEvidence, standIns: ReadonlyMap<string, string>): LogEvidence {
  const people = new Map<string, string>();
  const standIn = (person: string): string => {
    const known = standIns.get(person) ?? people.get(person) ?? `person-${String(people.size + 1)}`;
    if (!standIns.has(person)) people.set(person, known);
    return known;
  };
  const events = evidence.events.map(({ id: _id, by, ...event }) => ({
    ...event,
    ...(by === undefined ? {} : { by: standIn(by) }),
  }));
  return { ...evidence, events };
}
