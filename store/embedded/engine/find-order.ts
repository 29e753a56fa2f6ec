import type { CompiledProjection } from './projection.ts';
import type { CompiledSort } from './sort.ts';
import type { Document } from './values.ts';

/**
 * Sorts and projects the documents of a find, in that order, with one exception that MongoDB 6.0.5 makes: without a
 * limit, a plain projection that keeps the sorted paths by their names runs first. A sort on `items.v` then no longer
 * sees the elements of `items` that are no documents, a sort on `items.0.k` not what `{'items.k': 0}` took away.
 */
export function sortAndProject(
  documents: readonly Document[],
  sort: CompiledSort | undefined,
  projection: CompiledProjection | undefined,
  page: { readonly skip: number; readonly limit: number },
): Document[] {
  const cut = (all: readonly Document[]) =>
    page.skip === 0 && page.limit === 0
      ? [...all]
      : all.slice(page.skip, page.limit === 0 ? undefined : page.skip + page.limit);
  if (!projection) return cut(sort ? sort.sort(documents) : documents);
  const project = (all: readonly Document[]) => all.map((document) => projection.project(document));
  if (!sort) return project(cut(documents));
  const paths = sort.parts.map((part) => part.path);
  const projectsFirst = page.limit === 0 && paths.length > 0 && paths.every(projection.keepsPath);
  return projectsFirst ? cut(sort.sort(project(documents))) : project(cut(sort.sort(documents)));
}
