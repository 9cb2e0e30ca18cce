/** What is wrong with a policy before a call is made. This file is the folder's only public entry. */
export { findFindings, findingsByCheck, inOrder, type FoundByCheck } from './find';
export { GALLERY, galleryPolicy, type GalleryCase } from './gallery';
export { FindingMemory } from './memory';
export type { FindingCertainty, FindingCheck, FindingEdit, FindingFix, FindingSeverity, PolicyFinding } from './model';
export { FINDING_CHECKS } from './registry';
