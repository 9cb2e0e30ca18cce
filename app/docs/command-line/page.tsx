import type { Metadata } from 'next';
import { CommandLine } from '@/components/docs/command-line';

export const metadata: Metadata = {
  title: 'Command line · Policy playground',
  description: 'Validate, test, replay and compare policies of an AI gateway in a terminal and in CI.',
};

export default function CommandLinePage() {
  return <CommandLine />;
}
