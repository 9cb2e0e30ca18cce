'use client';

import { useEffect } from 'react';
import { repairedAddress } from './repaired-address';

/** On the page for unknown addresses: redirects to the link's page where the `#` had become `%23` in transit. */
export function RepairAddress() {
  useEffect(() => {
    const repaired = repairedAddress(window.location.href);
    if (repaired !== null) window.location.replace(repaired);
  }, []);
  return null;
}
