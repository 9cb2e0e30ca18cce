/** The address of a page of the site (`docs/conditions/`; the empty text is the workbench), wherever the app is served. */
export const pageAddress = (path: string): string => `${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}/${path}`;
