import type { DepartmentId, PropertyId } from './ids.ts';
import type { CalendarDate } from './instant.ts';

export type Language = 'en' | 'es';
export type Phrase = Readonly<Record<Language, string>>;

export type Department = {
  readonly id: DepartmentId;
  readonly name: string;
  readonly nameEs: string;
  readonly activeFrom: CalendarDate;
  readonly activeTo?: CalendarDate;
};

type District = { readonly id: string; readonly name: string; readonly population: number };

/** A place the city owns, leases or controls. `h3` is its cell at the finest resolution; every coarser place is a parent of that cell. */
export type Property = {
  readonly id: PropertyId;
  readonly name: string;
  readonly type: string;
  readonly department: DepartmentId;
  readonly district: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly h3: string;
  readonly residential: boolean;
};

type Holiday = { readonly date: CalendarDate; readonly name: string; readonly authority: 'federal' | 'city' };

export type Ring = readonly (readonly [number, number])[];
/** WGS84 longitude, latitude rings: outer first, then holes, for each polygon. */
export type Outline = readonly (readonly Ring[])[];

/** From the narrowest to the widest. A state says nothing of one city: its records are told apart from those of other states, and compared with nothing. */
export const foiaAreaLevels = ['county', 'aor', 'sector', 'state'] as const;
type FoiaAreaLevel = (typeof foiaAreaLevels)[number];

/** Everything that names a city. Nothing outside `cities/` may. */
export type City = {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly timeZone: string;
  readonly languages: readonly Language[];
  readonly office: Phrase;
  readonly custodian: { readonly title: string; readonly office: string };
  readonly court: { readonly name: string; readonly batesPrefix: string };
  readonly mail: {
    readonly from: string;
    readonly briefingTo: readonly string[];
    /** Who is reminded of the deadlines of requests for records. */
    readonly requestsTo: readonly string[];
  };
  /** Who asks other governments for records, under which laws (folders of `core/requests/regimes`). */
  readonly requests: {
    readonly office: string;
    readonly address: readonly string[];
    readonly mail: string;
    readonly regimes: readonly string[];
  };
  /** The areas of agency files that hold the city, one for each level: what they tell is compared with the city's reports. A level that is missing is not compared. */
  readonly foiaAreas: Readonly<Partial<Record<FoiaAreaLevel, string>>>;
  readonly boundaryVintage: string;
  readonly departments: readonly Department[];
  readonly districts: readonly District[];
  readonly properties: readonly Property[];
  /** How many people live in each H3 cell of resolution 8; a cell that is not here has none. A city is plain JSON, because that is how functions are shipped it. */
  readonly residents: Readonly<Record<string, number>>;
  readonly holidays: readonly Holiday[];
  /** The city's own disclosure settings as text: they tighten the policy of the program and are read with it at every release. */
  readonly disclosure: string;
  readonly outline: Outline;
};

/** H3 resolution at which every property is indexed once (about 0.015 km²); coarser cells are parents only, because indexing a point twice disagrees for 6–10 % of points. */
export const finestH3Resolution = 10;

/** H3 resolution at which residents are counted (about 0.7 km²): the finest that a map region may be made of. */
export const residentsResolution = 8;
