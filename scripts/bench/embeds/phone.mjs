/** A mid-range phone, on the machine that measures. */
export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** How many times slower it is than this machine. */
export const SLOWER = 4;
