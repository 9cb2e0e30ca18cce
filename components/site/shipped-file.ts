import { siteAddress } from './site-address';

/** A file that ships with the app, by its path on the site; `what` it is, for a person. Rejects where it cannot be fetched. */
export async function fetchShipped(path: string, what: string): Promise<Response> {
  const answer = await fetch(siteAddress(path));
  if (!answer.ok) throw new Error(`${what} could not be fetched`);
  return answer;
}
