'use client';
import { useSyncExternalStore } from 'react';
import { hasNotified, onNotified } from './notify';
import { partOf } from './part';

const Toaster = partOf(() => import('./toaster').then((module) => module.Toaster));

/** Place of the toasts that `notify` shows. Their code is loaded with the first toast. */
export function Toasts() {
  const needed = useSyncExternalStore(onNotified, hasNotified, () => false);
  return needed ? <Toaster /> : null;
}
