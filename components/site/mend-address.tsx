'use client';

import { useEffect } from 'react';
import { mendedAddress } from './mended-address';

/** On the page for unknown addresses: goes on to the link's own page where the `#` had become `%23` on the way. */
export function MendAddress() {
  useEffect(() => {
    const mended = mendedAddress(window.location.href);
    if (mended !== null) window.location.replace(mended);
  }, []);
  return null;
}
