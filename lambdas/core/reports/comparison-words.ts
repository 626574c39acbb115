/** What the briefing says of the comparison of agency files with the city's reports, English and Spanish (docs/METHODS.md §5). */
import type { Language } from '../domain/city.ts';
import type { Speech } from './speech.ts';

/** Incidents in which somebody was taken, on days that agency files cover: certainly and at most within a day of a record, and how many are not. */
type OurSide = {
  readonly compared: number;
  readonly least: number;
  readonly most: number;
  readonly onlyOurs: number;
};
/** Records of arrests that can be compared, of which so many are within a day of a report and so many are not, and those that state no day or no place. */
type TheirSide = {
  readonly compared: number;
  readonly least: number;
  readonly most: number;
  readonly onlyTheirs: number;
  readonly notComparable: number;
};

type ComparisonWords = {
  readonly heading: string;
  readonly ours: (side: OurSide, speech: Speech) => string;
  readonly theirs: (side: TheirSide, speech: Speech) => string;
  readonly withheld: string;
  readonly uncertainty: readonly string[];
};

const range = (least: number, most: number, speech: Speech, between: (a: string, b: string) => string): string =>
  least === most ? speech.count(least) : between(speech.count(least), speech.count(most));

export const comparisonWords: Readonly<Record<Language, ComparisonWords>> = {
  en: {
    heading: 'Beside the agencies’ own records',
    ours: ({ compared, least, most, onlyOurs }, s) =>
      `Departments reported ${s.count(compared)} ${s.plural(compared, 'incident', 'incidents')} with an arrest or detention on days that the agency’s released file covers. For ${range(least, most, s, (a, b) => `between ${a} and ${b}`)} of them the agency released a record of an arrest on that day or the day beside it; for ${range(onlyOurs, onlyOurs + most - least, s, (a, b) => `between ${a} and ${b}`)} it released none.`,
    theirs: ({ compared, least, most, onlyTheirs, notComparable }, s) =>
      `The agencies released ${s.count(compared)} ${s.plural(compared, 'record', 'records')} of arrests in these weeks, in areas that hold the City. ${range(least, most, s, (a, b) => `Between ${a} and ${b}`)} of them fall on a day, or beside a day, for which a department reported an arrest or detention by the same agency; ${range(onlyTheirs, onlyTheirs + most - least, s, (a, b) => `between ${a} and ${b}`)} do not. ${s.count(notComparable)} more ${s.plural(notComparable, 'record of an arrest states', 'records of arrests state')} no day or no place and cannot be compared; any of them could belong to an incident that only departments reported.`,
    withheld: 'Some outcomes of the comparison are withheld, so that no sum of them is given here.',
    uncertainty: [
      'A match is a day, not a person: a department reported an arrest or detention by an agency, and the agency released a record of an arrest on that day. Nobody is matched with anybody, and a match does not show that both mean the same event.',
      'The areas of the agencies are far larger than the City. A record on the same day can be of an arrest in another county.',
      '“Only reported” does not mean that the agency has no record: its file can leave out offices, days or people. “Only in the records” does not mean that a department missed something: most arrests do not happen on City property.',
      'An arrest at night can stand under one day on one side and under the next on the other; the day beside is therefore told apart from the same day. Where so few days would stand alone that a reader of the agency’s file could point at them, the outcomes are joined.',
      'The months of these tables are complete ones. Agency files arrive months later and are replaced; the comparison is then made anew, and earlier briefings stay as they were.',
    ],
  },
  es: {
    heading: 'Frente a los registros de las agencias',
    ours: ({ compared, least, most, onlyOurs }, s) =>
      `Los departamentos reportaron ${s.count(compared)} ${s.plural(compared, 'incidente', 'incidentes')} con arresto o detención en días que abarca el archivo entregado por la agencia. Para ${range(least, most, s, (a, b) => `entre ${a} y ${b}`)} de ellos la agencia entregó un registro de arresto de ese día o del día contiguo; para ${range(onlyOurs, onlyOurs + most - least, s, (a, b) => `entre ${a} y ${b}`)} no entregó ninguno.`,
    theirs: ({ compared, least, most, onlyTheirs, notComparable }, s) =>
      `Las agencias entregaron ${s.count(compared)} ${s.plural(compared, 'registro', 'registros')} de arrestos en estas semanas, en áreas que contienen la Ciudad. ${range(least, most, s, (a, b) => `Entre ${a} y ${b}`)} caen en un día, o junto a un día, para el que un departamento reportó un arresto o una detención por la misma agencia; ${range(onlyTheirs, onlyTheirs + most - least, s, (a, b) => `entre ${a} y ${b}`)} no. Otros ${s.count(notComparable)} no indican día o lugar y no se pueden comparar; cualquiera de ellos podría corresponder a un incidente que solo reportaron los departamentos.`,
    withheld: 'Algunos resultados de la comparación están reservados, por lo que aquí no se da ninguna suma.',
    uncertainty: [
      'Una coincidencia es un día, no una persona: un departamento reportó un arresto o una detención por una agencia, y la agencia entregó un registro de arresto de ese día. Nadie se empareja con nadie, y una coincidencia no demuestra que ambos se refieran al mismo hecho.',
      'Las áreas de las agencias son mucho mayores que la Ciudad. Un registro del mismo día puede ser de un arresto en otro condado.',
      '«Solo reportado» no significa que la agencia no tenga registro: su archivo puede omitir oficinas, días o personas. «Solo en los registros» no significa que a un departamento se le haya pasado algo: la mayoría de los arrestos no ocurren en propiedades municipales.',
      'Un arresto nocturno puede figurar en un día de un lado y en el siguiente del otro; por eso el día contiguo se distingue del mismo día. Donde quedarían solos tan pocos días que un lector del archivo de la agencia podría señalarlos, los resultados se juntan.',
      'Los meses de estas tablas son completos. Los archivos de las agencias llegan meses después y se reemplazan; entonces la comparación se hace de nuevo y los informes anteriores quedan como estaban.',
    ],
  },
};
