'use client';
import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { hasNotified, onNotified } from './notify';

const Toaster = dynamic(() => import('./toaster').then((module) => module.Toaster));

/** Place of the toasts that `notify` shows. Their code is loaded with the first toast. */
export function Toasts() {
  const needed = useSyncExternalStore(onNotified, hasNotified, () => false);
  return needed ? <Toaster /> : null;
}
