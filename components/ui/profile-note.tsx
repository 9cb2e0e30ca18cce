'use client';
import type { GatewayProfile } from '@/lib/engine';
import { profileSentence } from '@/lib/wording';
import { Marked } from './worded';

/** By which readings a decision was made, where its policy carries the profile of a gateway. */
export function ProfileNote({ readings }: { readings: GatewayProfile | undefined }) {
  const words = profileSentence(readings);
  return words === undefined ? null : (
    <p className="mb-2 text-sm break-words text-ink-2" data-testid="profile">
      <Marked text={`${words}.`} />
    </p>
  );
}
