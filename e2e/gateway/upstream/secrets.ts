/** What is shorter is in too many ordinary words to be cut out of them. */
const MIN_SECRET = 4;
const STAND_IN = '[secret]';

/** Cuts values of `servers.json` out of a text, as they are written there, in addresses, and in JSON; longer ones first. */
export function withoutSecrets(values: readonly string[]): (text: string) => string {
  const forms = values.flatMap((value) =>
    // `Bearer TOKEN`: the token is a secret by itself.
    [value, ...value.split(/\s+/)].flatMap((part) => [
      part,
      encodeURIComponent(part),
      JSON.stringify(part).slice(1, -1),
    ]),
  );
  const secrets = [...new Set(forms)].filter((form) => form.length >= MIN_SECRET && !/^bearer$|^basic$/i.test(form));
  secrets.sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, STAND_IN), text);
}

/** The same of every text, key and number in a value; undefined where it is nested too deep to be passed on. */
export function withoutSecretsIn(value: unknown, clean: (text: string) => string): unknown {
  try {
    return cleaned(value, clean);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function cleaned(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'number') return clean(String(value)) === String(value) ? value : clean(String(value));
  if (Array.isArray(value)) return value.map((item: unknown) => cleaned(item, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), cleaned(inner, clean)]));
}

/** The parts of an address that may be secrets: who logs in, and the values of its query. */
export function secretsOfUrl(url: URL): readonly string[] {
  return [
    url.username,
    url.password,
    ...url.searchParams.values(),
    ...(url.hash === '' ? [] : [url.hash.slice(1)]),
  ].filter((part) => part !== '');
}
