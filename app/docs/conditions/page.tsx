import type { Metadata } from 'next';
import { ReadyConditions } from '@/components/docs/ready-conditions';

export const metadata: Metadata = {
  title: 'Ready conditions · Policy playground',
  description: 'Conditions for rules of an AI gateway, each with calls that it allows, stops, and fails on.',
};

export default function ConditionsPage() {
  return <ReadyConditions />;
}
