import type { CompiledProjection } from './projection.ts';
import type { CompiledSort } from './sort.ts';
import type { Document } from './values.ts';

/**
 * Sorts and projects the documents of a find, in that order, with one exception that MongoDB 6.0.5 makes: without a
 * limit a plain projection that seems to leave the sorted paths alone runs first. It overlooks that `items.0.k` lies
 * within `items.k`, so such a sort then sees projected documents.
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
  const projectsFirst =
    page.limit === 0 && paths.some((path) => /(?:^|\.)\d+(?:\.|$)/.test(path)) && paths.every(projection.keepsPath);
  return projectsFirst ? cut(sort.sort(project(documents))) : project(cut(sort.sort(documents)));
}
