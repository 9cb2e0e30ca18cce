/** Writes what is published of the format under `public/schema`: the JSON Schema and the test vectors. Run with `npx tsx`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleSchema } from '../schema';
import { bundleVectors, damagedVectors, repairableVectors } from './vectors';

const schemas = resolve(dirname(fileURLToPath(import.meta.url)), '../../../public/schema');
const vectors = join(schemas, 'vectors');
mkdirSync(vectors, { recursive: true });

const write = (path: string, value: unknown): void => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
write(join(schemas, 'policy-bundle.v1.schema.json'), bundleSchema());
write(join(vectors, 'bundles.json'), bundleVectors());
write(join(vectors, 'damaged-links.json'), damagedVectors());
write(join(vectors, 'repairable-links.json'), repairableVectors());
