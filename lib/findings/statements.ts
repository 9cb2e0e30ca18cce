/** The language of invariants, loaded for a policy that has some: most have none. */
export const statements = () => import('../statements');
