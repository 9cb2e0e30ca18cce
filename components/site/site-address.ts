/** The address of a page (`docs/conditions/`; the empty text is the workbench) or of a file in `public/`, wherever the site is served. */
export const siteAddress = (path: string): string => `${process.env.NEXT_PUBLIC_BASE_PATH ?? ''}/${path}`;
