'use client';
import { encode } from 'uqr';
import { number } from '../ui/words';

const QUIET = 4;
/** Fits the dialog; a whole number of pixels for each module, because a blurred code is hard to scan. */
const WIDTH = 500;

/** A link as a QR code: dark on light in both themes, with the quiet zone that scanners need. */
export function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: 0 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join('');
  const side = size + 2 * QUIET;
  const width = side * Math.max(2, Math.floor(WIDTH / side));
  return (
    <svg
      role="img"
      aria-label={`QR code of the link, which has ${number(text.length)} characters`}
      viewBox={`0 0 ${side} ${side}`}
      width={width}
      shapeRendering="crispEdges"
      className="block h-auto max-w-full bg-white"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
