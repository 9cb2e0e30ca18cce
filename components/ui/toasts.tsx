'use client';
import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import { hasNotified, onNotified } from './notify';

const Toaster = dynamic(() => import('./toaster').then((module) => module.Toaster));

/** Where passing words appear; `notify` speaks them. Nothing is loaded for it before there is a first word. */
export function Toasts() {
  const needed = useSyncExternalStore(onNotified, hasNotified, () => false);
  return needed ? <Toaster /> : null;
}
