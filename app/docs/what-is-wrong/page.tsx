import type { Metadata } from 'next';
import { FindingGallery } from '@/components/docs/finding-gallery';

export const metadata: Metadata = {
  title: 'What is wrong here? · Policy playground',
  description: 'Faulty policies of an AI gateway, one real mistake each: find it, then see what the checks find.',
};

export default function GalleryPage() {
  return <FindingGallery />;
}
