import { configureGlobal, readConfigureGlobal } from 'fast-check';

// What decides whether a change is taken must be repeatable, so there every property draws the same cases. Every other run draws new ones,
// and a case that fails is written down as a test of its own.
if (process.env['CI']) configureGlobal({ ...readConfigureGlobal(), seed: 1 });
