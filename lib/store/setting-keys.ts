/** The settings that are part of one's work: where the key of one begins so, the rest says what it is of. */
export const MAPPING_OF = 'mapping of ';
export const BASELINE_OF = 'baseline/';
export const COMPARED_BUNDLES = 'compared-bundles';
