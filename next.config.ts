import createMdx from '@next/mdx';
import type { NextConfig } from 'next';

// `scripts/build.mjs` sets these; the development server needs none of them.
const exporting = process.env['STATIC_EXPORT'] === '1';
const buildId = process.env['BUILD_ID'] ?? 'development';
const embedScript = process.env['EMBED_SCRIPT'] ?? '';
const embedIntegrity = process.env['EMBED_INTEGRITY'] ?? '';

// INVARIANT: the export is built for this placeholder, and `scripts/lib/relocation.mjs` puts the real path in its place.
// So code may join the base path to other text, but not compare or measure it: the compiler would have done that already.
const basePath = exporting ? '/__base_path__' : '';

const config: NextConfig = {
  trailingSlash: true,
  images: { unoptimized: true },
  reactStrictMode: true,
  poweredByHeader: false,
  basePath,
  env: {
    NEXT_PUBLIC_BASE_PATH: basePath,
    NEXT_PUBLIC_BUILD_ID: buildId,
    NEXT_PUBLIC_EMBED_SCRIPT: embedScript,
    NEXT_PUBLIC_EMBED_INTEGRITY: embedIntegrity,
  },
  generateBuildId: () => buildId,
  // Types are checked by `npm run check`, tests and scripts included; not twice.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  ...(exporting ? { output: 'export', distDir: '.cache/export' } : {}),
};

/** Pages of the documentation (`app/docs/_pages`), and `docs/semantics.md`. Plugins are named, since the bundler is another process. */
const withMdx = createMdx({ extension: /\.mdx?$/, options: { remarkPlugins: ['remark-gfm'] } });

export default withMdx(config);
