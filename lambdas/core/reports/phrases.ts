/**
 * The phrase book of the briefing, English and Spanish (docs/METHODS.md §5). Rules with digits are kept in `rules`, so that the read-back knows them.
 */
import type { Language } from '../domain/city.ts';
import type { Speech } from './speech.ts';

export type Phrases = {
  readonly languageName: string;
  readonly skip: string;
  readonly eyebrow: string;
  readonly sample: string;
  readonly title: (city: string) => string;
  readonly weekOf: (week: string) => string;
  readonly incidents: (value: number, speech: Speech) => string;
  readonly headlineWithheld: string;
  readonly headlineWithheldNote: string;
  readonly headlineMissing: string;
  readonly change: (difference: number, speech: Speech) => string;
  readonly changeUnknown: string;
  readonly fourWeeks: (sum: number, span: string, speech: Speech) => string;
  readonly range: (low: number, high: number, weeks: number, speech: Speech) => string;
  readonly coverage: string;
  readonly coverageLead: (reported: number, zero: number, silent: number, speech: Speech) => string;
  readonly coverageNote: string;
  readonly statuses: Readonly<Record<'reported' | 'zero' | 'silent', string>>;
  readonly nobody: string;
  readonly map: string;
  readonly mapCaption: (span: string) => string;
  readonly mapAlt: (shown: number, withheld: number, span: string, speech: Speech) => string;
  readonly mapHighest: (count: number, speech: Speech) => string;
  readonly mapSource: (vintage: string) => string;
  readonly mapRemainder: string;
  readonly mapEmpty: string;
  readonly trend: string;
  readonly trendCaption: (span: string) => string;
  readonly trendAlt: (low: number, high: number, gaps: number, speech: Speech) => string;
  readonly trendTable: string;
  readonly week: string;
  readonly tables: string;
  readonly total: string;
  /** Stands with a table whose rows are months cut by the window. */
  readonly wholeWeeks: string;
  readonly latest: (shown: number, speech: Speech) => string;
  readonly countedReleases: (releases: string) => string;
  readonly formerReleases: (releases: string) => string;
  readonly noLongerCounted: (release: string, replacedBy: string | undefined) => string;
  readonly withheld: string;
  readonly withheldShort: string;
  readonly notInTable: string;
  readonly protection: string;
  readonly protectionLead: readonly string[];
  readonly table: string;
  readonly shown: string;
  readonly method: string;
  readonly methodNotes: readonly string[];
  readonly lateWaiting: (weeks: number, more: boolean, speech: Speech) => string;
  readonly lateBatch: (change: number, span: string, speech: Speech) => string;
  readonly provenance: string;
  readonly release: string;
  readonly asOf: string;
  readonly approved: string;
  readonly ledger: string;
  readonly ledgerEntry: (seq: string, hash: string) => string;
  readonly policy: string;
  readonly software: string;
  readonly downloads: string;
  readonly downloadPdf: string;
  readonly downloadMap: string;
  readonly downloadPackage: string;
  readonly period: (span: string) => string;
  readonly page: string;
  readonly scroll: string;
  readonly mapScroll: string;
};

/** Rules that hold digits but count nothing. The read-back takes them away before it looks. */
export const rules: readonly string[] = ['1 to 10', 'de 1 a 10', '1–10', 'H3'];

const changeEn = (difference: number, speech: Speech): string => {
  if (difference === 0) return 'The same number as the week before.';
  return `${speech.count(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} than the week before.`;
};
const changeEs = (difference: number, speech: Speech): string => {
  if (difference === 0) return 'La misma cifra que la semana anterior.';
  return `${speech.count(Math.abs(difference))} ${difference > 0 ? 'más' : 'menos'} que la semana anterior.`;
};

const en: Phrases = {
  languageName: 'English',
  skip: 'Skip to the main content',
  eyebrow: 'Weekly briefing',
  sample: 'Sample data: generated, not real reports',
  title: (city) => `Federal immigration enforcement activity on ${city} property`,
  weekOf: (week) => `Week of ${week}`,
  incidents: (value, s) => s.plural(value, 'incident reported', 'incidents reported'),
  headlineWithheld: 'Withheld',
  headlineWithheldNote:
    'This week’s total is withheld to protect people. Withheld does not mean zero. The tables below show what could be published.',
  headlineMissing: 'No weekly total is part of this release.',
  change: changeEn,
  changeUnknown: 'No comparison with the week before: one of the two figures is withheld.',
  fourWeeks: (sum, span, s) =>
    `${s.count(sum)} ${s.plural(sum, 'incident', 'incidents')} in the four weeks of ${span}.`,
  range: (low, high, weeks, s) =>
    `Across the ${s.count(weeks)} weeks shown, weekly totals ran from ${s.count(low)} to ${s.count(high)}.`,
  coverage: 'Who reported',
  coverageLead: (reported, zero, silent, s) =>
    `${s.count(reported)} ${s.plural(reported, 'department', 'departments')} reported activity, ${s.count(zero)} reported that there was none, and ${s.count(silent)} did not report.`,
  coverageNote:
    'A department that did not report is not counted as zero. What it reports later does not change this week’s count; it is published with other late reports, once there are enough of them.',
  statuses: { reported: 'Reported activity', zero: 'Reported none', silent: 'Did not report' },
  nobody: 'No department.',
  map: 'Where',
  mapCaption: (span) => `Incidents reported by area, ${span}`,
  mapAlt: (shown, withheld, span, s) =>
    `Map of the city in hexagonal areas, ${span}. ${s.count(shown)} ${s.plural(shown, 'area shows', 'areas show')} a count and ${s.count(withheld)} ${s.plural(withheld, 'area is', 'areas are')} withheld.`,
  mapHighest: (count, s) => `The highest count shown is ${s.count(count)}.`,
  mapSource: (vintage) =>
    `Areas are H3 hexagons around the City property, joined where numbers are small. Boundaries of ${vintage}.`,
  mapRemainder:
    'Remainder: areas counted together because they are too small to stand alone; parts of one carry one letter',
  mapEmpty: 'No area of the map can be shown for this period.',
  trend: 'Week by week',
  trendCaption: (span) => `Incidents reported per week, ${span}`,
  trendAlt: (low, high, gaps, s) =>
    `Bar chart of incidents per week. Shown weeks run from ${s.count(low)} to ${s.count(high)}.${gaps ? ` ${s.count(gaps)} ${s.plural(gaps, 'week is', 'weeks are')} withheld.` : ''}`,
  trendTable: 'The same figures as a table',
  week: 'Week beginning',
  tables: 'Figures',
  total: 'Total',
  wholeWeeks:
    'A month is made of whole weeks, each counted in the month of its Thursday. The first and the last month hold only those of their weeks that lie in the period.',
  latest: (shown, s) => `The ${s.count(shown)} latest periods are shown; the download holds them all.`,
  countedReleases: (releases) =>
    releases === '' ? 'No release of the agency counts.' : `Counted from what the agency released as ${releases}.`,
  formerReleases: (releases) => `No longer counted: ${releases}.`,
  noLongerCounted: (release, replacedBy) =>
    replacedBy === undefined ? `${release} (withdrawn)` : `${release} (replaced by ${replacedBy})`,
  withheld: 'withheld',
  withheldShort: 'Withheld',
  notInTable: '–',
  protection: 'What is withheld, and why',
  protectionLead: [
    'Small counts, from 1 to 10, are withheld to protect the people behind them. Other cells are withheld so that the small ones cannot be worked out from totals, maps or earlier briefings. Nothing here tells one kind from the other.',
    'Where a range stands in the place of a count, the count is withheld and lies in that range. Anyone can work the range out from the figures that are shown.',
    'Withheld is not zero, and silence is not zero.',
  ],
  table: 'Table',
  shown: 'Shown',
  method: 'How these figures are made',
  methodNotes: [
    'City departments report what their staff observe of federal immigration enforcement on property that the City owns, leases or controls. Each incident is counted once, in the week that it was observed, in the City’s time zone.',
    'Reports are corrected and withdrawn as more is learned. These figures hold what was known at the moment named below. A published week does not change; a report that comes in afterwards is kept and is not added to it. Such reports are published together, as one number, once there are enough of them.',
    'No names, addresses, narratives or times of day are published. Places are shown as districts or as hexagonal areas of City property, never as the point of an incident.',
    'Every figure on this page stands in one of the tables offered for download, and each release was tested together with all earlier releases before it was approved.',
  ],
  lateWaiting: (weeks, more, s) =>
    `For ${s.count(weeks)}${more ? ' or more' : ''} published ${s.plural(more ? 2 : weeks, 'week', 'weeks')}, reports came in, changed or were withdrawn after publication. They wait until they can be published together.`,
  lateBatch: (change, span, s) =>
    `For the weeks of ${span}, ${s.count(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} incidents are known now than were published week by week and in earlier numbers of this kind.`,
  provenance: 'Provenance',
  release: 'Release',
  asOf: 'Known as of',
  approved: 'Approved',
  ledger: 'Release ledger',
  ledgerEntry: (seq, hash) => `entry ${seq}, ${hash}`,
  policy: 'Disclosure policy',
  software: 'Software',
  downloads: 'Downloads',
  downloadPdf: 'This briefing as PDF, in English and Spanish',
  downloadMap: 'Map (SVG)',
  downloadPackage: 'Description of the data (Data Package)',
  period: (span) => `Period: ${span}.`,
  page: 'Page',
  scroll: 'table, scrolls sideways',
  mapScroll: 'map, scrolls sideways',
};

const es: Phrases = {
  languageName: 'Español',
  skip: 'Saltar al contenido principal',
  eyebrow: 'Informe semanal',
  sample: 'Datos de muestra: generados, no son reportes reales',
  title: (city) => `Actividad federal de control migratorio en propiedades municipales de ${city}`,
  weekOf: (week) => `Semana del ${week}`,
  incidents: (value, s) => s.plural(value, 'incidente reportado', 'incidentes reportados'),
  headlineWithheld: 'Reservado',
  headlineWithheldNote:
    'El total de esta semana se reserva para proteger a las personas. Reservado no significa cero. Las tablas siguientes muestran lo que se pudo publicar.',
  headlineMissing: 'Esta publicación no incluye un total semanal.',
  change: changeEs,
  changeUnknown: 'Sin comparación con la semana anterior: una de las dos cifras está reservada.',
  fourWeeks: (sum, span, s) =>
    `${s.count(sum)} ${s.plural(sum, 'incidente', 'incidentes')} en las cuatro semanas del ${span}.`,
  range: (low, high, weeks, s) =>
    `En las ${s.count(weeks)} semanas con cifra publicada, los totales semanales fueron de ${s.count(low)} a ${s.count(high)}.`,
  coverage: 'Quién reportó',
  coverageLead: (reported, zero, silent, s) =>
    `${s.count(reported)} ${s.plural(reported, 'departamento reportó', 'departamentos reportaron')} actividad, ${s.count(zero)} ${s.plural(zero, 'reportó', 'reportaron')} que no hubo ninguna y ${s.count(silent)} no ${s.plural(silent, 'presentó', 'presentaron')} reporte.`,
  coverageNote:
    'Un departamento que no reportó no se cuenta como cero. Lo que reporte después no cambia la cifra de esta semana; se publica con otros reportes tardíos, cuando son suficientes.',
  statuses: { reported: 'Reportaron actividad', zero: 'Reportaron que no hubo', silent: 'No reportaron' },
  nobody: 'Ningún departamento.',
  map: 'Dónde',
  mapCaption: (span) => `Incidentes reportados por zona, ${span}`,
  mapAlt: (shown, withheld, span, s) =>
    `Mapa de la ciudad en zonas hexagonales, ${span}. ${s.count(shown)} ${s.plural(shown, 'zona muestra', 'zonas muestran')} una cifra y ${s.count(withheld)} ${s.plural(withheld, 'zona está reservada', 'zonas están reservadas')}.`,
  mapHighest: (count, s) => `La cifra más alta que se muestra es ${s.count(count)}.`,
  mapSource: (vintage) =>
    `Las zonas son hexágonos H3 en torno a las propiedades municipales, unidos donde las cifras son pequeñas. Límites de ${vintage}.`,
  mapRemainder:
    'Resto: zonas contadas juntas por ser demasiado pequeñas para mostrarse solas; las partes de una llevan la misma letra',
  mapEmpty: 'No se puede mostrar ninguna zona del mapa en este período.',
  trend: 'Semana a semana',
  trendCaption: (span) => `Incidentes reportados por semana, ${span}`,
  trendAlt: (low, high, gaps, s) =>
    `Gráfico de barras de incidentes por semana. Las semanas publicadas van de ${s.count(low)} a ${s.count(high)}.${gaps ? ` ${s.count(gaps)} ${s.plural(gaps, 'semana está reservada', 'semanas están reservadas')}.` : ''}`,
  trendTable: 'Las mismas cifras en una tabla',
  week: 'Semana que comienza el',
  tables: 'Cifras',
  total: 'Total',
  wholeWeeks:
    'Un mes se compone de semanas enteras, contadas en el mes de su jueves. El primer mes y el último contienen solo sus semanas comprendidas en el período.',
  latest: (shown, s) => `Se muestran los ${s.count(shown)} períodos más recientes; la descarga los contiene todos.`,
  countedReleases: (releases) =>
    releases === ''
      ? 'No cuenta ninguna entrega de la agencia.'
      : `Contado de lo que la agencia entregó como ${releases}.`,
  formerReleases: (releases) => `Ya no se cuenta: ${releases}.`,
  noLongerCounted: (release, replacedBy) =>
    replacedBy === undefined ? `${release} (retirada)` : `${release} (sustituida por ${replacedBy})`,
  withheld: 'reservado',
  withheldShort: 'Reservado',
  notInTable: '–',
  protection: 'Qué se reserva y por qué',
  protectionLead: [
    'Las cifras pequeñas, de 1 a 10, se reservan para proteger a las personas que hay detrás de ellas. Otras celdas se reservan para que las pequeñas no se puedan deducir de totales, mapas o informes anteriores. Nada aquí distingue unas de otras.',
    'Donde aparece un intervalo en lugar de una cifra, la cifra está reservada y se encuentra en ese intervalo. Cualquiera puede deducir el intervalo de las cifras publicadas.',
    'Reservado no es cero, y el silencio no es cero.',
  ],
  table: 'Tabla',
  shown: 'Publicadas',
  method: 'Cómo se elaboran estas cifras',
  methodNotes: [
    'Los departamentos municipales reportan lo que su personal observa del control migratorio federal en propiedades que la Ciudad posee, arrienda o controla. Cada incidente se cuenta una sola vez, en la semana en que se observó, según la hora local de la Ciudad.',
    'Los reportes se corrigen y se retiran conforme se sabe más. Estas cifras contienen lo que se sabía en el momento que se indica abajo. Una semana publicada no cambia; un reporte que llega después se conserva y no se le suma. Esos reportes se publican juntos, en una sola cifra, cuando son suficientes.',
    'No se publican nombres, domicilios, relatos ni horas del día. Los lugares se muestran como distritos o como zonas hexagonales de propiedades municipales, nunca como el punto de un incidente.',
    'Cada cifra de esta página figura en una de las tablas que se pueden descargar, y cada publicación se puso a prueba junto con todas las anteriores antes de aprobarse.',
  ],
  lateWaiting: (weeks, more, s) =>
    `Sobre ${s.count(weeks)}${more ? ' o más' : ''} ${s.plural(more ? 2 : weeks, 'semana publicada', 'semanas publicadas')} llegaron, cambiaron o se retiraron reportes después de la publicación. Esperan hasta que se puedan publicar juntos.`,
  lateBatch: (change, span, s) =>
    `Sobre las semanas del ${span}, se conocen ahora ${s.count(Math.abs(change))} incidentes ${change > 0 ? 'más' : 'menos'} de los publicados semana por semana y en cifras anteriores de este tipo.`,
  provenance: 'Procedencia',
  release: 'Publicación',
  asOf: 'Datos conocidos hasta',
  approved: 'Aprobada',
  ledger: 'Registro de publicaciones',
  ledgerEntry: (seq, hash) => `asiento ${seq}, ${hash}`,
  policy: 'Política de divulgación',
  software: 'Programa',
  downloads: 'Descargas',
  downloadPdf: 'Este informe en PDF, en inglés y español',
  downloadMap: 'Mapa (SVG)',
  downloadPackage: 'Descripción de los datos (Data Package)',
  period: (span) => `Período: ${span}.`,
  page: 'Página',
  scroll: 'tabla, se desplaza hacia los lados',
  mapScroll: 'mapa, se desplaza hacia los lados',
};

export const phrases: Readonly<Record<Language, Phrases>> = { en, es };
