'use client';
import { encode } from 'uqr';

const QUIET = 4;

/** A link as a picture that a phone reads: dark on light whatever the theme, with the quiet zone that readers need. */
export function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: 0 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join('');
  const side = size + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={`QR code of the link, which has ${text.length.toLocaleString('en')} characters`}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="mx-auto block w-full max-w-80 rounded-md bg-white"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
