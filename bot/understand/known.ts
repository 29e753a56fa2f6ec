import { JobFinder } from './mentions/jobs.ts';
import { PlaceFinder } from './mentions/places.ts';
import { KnownPeople } from './world/known-people.ts';
import type { World } from './world/world.ts';

/** A world made ready for reading many messages: indexes over who and what exists. */
export interface Known {
  world: World;
  now: Date;
  people: KnownPeople;
  places: PlaceFinder;
  jobs: JobFinder;
}

/** Indexes a world once; reading afterwards does not depend on its size. */
export function makeKnown(world: World): Known {
  return {
    world,
    now: new Date(world.now),
    people: new KnownPeople(world),
    places: new PlaceFinder(world),
    jobs: new JobFinder(world),
  };
}
