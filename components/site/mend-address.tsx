'use client';

import { useEffect } from 'react';
import { mendedAddress } from './mended-address';

/** On the page for unknown addresses: redirects to the link's page where the `#` had become `%23` in transit. */
export function MendAddress() {
  useEffect(() => {
    const mended = mendedAddress(window.location.href);
    if (mended !== null) window.location.replace(mended);
  }, []);
  return null;
}
