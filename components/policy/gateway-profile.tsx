'use client';
import { useSession } from '../session/session';
import { useShownPolicy } from '../session/shown-policy';
import { Button } from '../ui/button';
import { ProfileNote } from '../ui/profile-note';

/** The profile of the gateway that the policy is for, and its removal. */
export function GatewayProfileNote({ readOnly }: { readOnly: boolean }) {
  const { workspace } = useSession();
  const { settings } = useShownPolicy();
  const { readings, ...rest } = settings;
  return (
    <section aria-label="Profile of the gateway" className="px-3 py-3">
      <ProfileNote readings={readings} />
      {readOnly ? null : (
        <Button onClick={() => workspace.dispatch({ kind: 'set-settings', settings: rest })}>
          Decide without this profile
        </Button>
      )}
    </section>
  );
}
