/** The address of a file in `public/`, wherever the app is served. */
export const asset = (path: string): string => `${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}/${path}`;
