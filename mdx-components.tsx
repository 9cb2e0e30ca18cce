/** The elements of MDX pages, in the place where Next looks for them. */
export { useMDXComponents } from './components/docs/document-elements';
