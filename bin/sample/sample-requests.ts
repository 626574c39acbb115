/** Requests for records as a city's counsel would keep them, generated and labelled as a sample: the four asks of a mayor to the federal agency, and others that show what else a log can hold. */
import type { City } from '#core/domain/city.ts';
import { addDays, type CalendarDate } from '#core/domain/instant.ts';
import type { RequestEvent, RequestFacts } from '#core/domain/request/request.ts';
import type { Week } from '#core/domain/week.ts';

export type SampleRequest = {
  readonly key: string;
  readonly facts: RequestFacts;
  readonly entries: readonly { readonly key: string; readonly event: RequestEvent }[];
  /** Whether files that are dropped answer it. */
  readonly takesFiles: boolean;
};

const signer = { signatory_name: 'Sample Signer', signatory_title: 'Sample title; this matter is generated' };

const numbered = (events: readonly RequestEvent[]) => events.map((event, at) => ({ key: String(at + 1), event }));

function mayorsRequest({ shortName }: City, start: CalendarDate): SampleRequest {
  const day = (days: number) => addDays(start, days);
  const year = start.slice(0, 4);
  return {
    key: 'sample-federal-activity',
    takesFiles: true,
    facts: {
      regime: 'us-foia',
      agency: 'ice',
      title: `Enforcement activity in ${shortName}`,
      items: [
        `Dates and locations of all enforcement activity in ${shortName}`,
        'Identities of those arrested or detained and the reasons for each arrest or detention, with identifiers that release allows',
        'Policies on the display of badges and of agency identification',
        'Policies on masks and face coverings worn during enforcement activity',
      ],
      period: `January 1, ${year} to the date of the response`,
      format: 'spreadsheets with one row per event (xlsx or csv), and policies as text-searchable PDF',
      fee_waiver_reason:
        'The records show how a federal agency acts on city property; the city will publish what they show at no charge, and has no commercial interest.',
      expedite_reason:
        'The activity is continuing, and the public has an urgent need to know its extent while decisions about city services are made.',
      ...signer,
      sample: true,
    },
    entries: numbered([
      { kind: 'sent', on: day(0), channel: 'email' },
      { kind: 'received', on: day(0) },
      { kind: 'acknowledged', on: day(3), number: `${year}-ICFO-99001` },
      { kind: 'expedite_decided', on: day(9), outcome: 'denied' },
      { kind: 'fee_waiver_decided', on: day(9), outcome: 'granted' },
      { kind: 'tolled', on: day(10), reason: 'clarification', note: 'Which systems hold locations?' },
      { kind: 'resumed', on: day(14), note: 'Answered the same week: any system that holds the field.' },
      { kind: 'extended', on: day(21), days: 10, note: 'Search of field offices' },
      {
        kind: 'interim_release',
        on: day(38),
        items: [1],
        count: 1,
        exemptions: ['(b)(6)', '(b)(7)(C)', '(b)(7)(E)'],
        note: 'First interim release: one workbook',
      },
    ]),
  };
}

function appealedRequest({ shortName }: City, start: CalendarDate): SampleRequest {
  const day = (days: number) => addDays(start, days);
  return {
    key: 'sample-border-units',
    takesFiles: false,
    facts: {
      regime: 'us-foia',
      agency: 'cbp',
      title: `Units sent to ${shortName}`,
      items: [`Orders that sent units to ${shortName}`, 'Agreements on the use of parking and staging areas'],
      format: 'text-searchable PDF',
      ...signer,
      sample: true,
    },
    entries: numbered([
      { kind: 'sent', on: day(0), channel: 'portal' },
      { kind: 'acknowledged', on: day(2), number: `CBP-FO-${start.slice(0, 4)}-099002` },
      { kind: 'determination', on: day(27), items: [1], outcome: 'denied', exemptions: ['(b)(7)(E)'] },
      { kind: 'no_records', on: day(27), items: [2] },
      {
        kind: 'grounds',
        on: day(40),
        note: 'The response describes no search of the field office that signed the agreements.',
      },
      { kind: 'grounds', on: day(40), note: 'Orders that were carried out months ago reveal no technique.' },
    ]),
  };
}

function stateRequest(start: CalendarDate): SampleRequest {
  return {
    key: 'sample-local-agency',
    takesFiles: false,
    facts: {
      regime: 'ca-cpra',
      agency: 'local-agency',
      title: 'Requests for assistance received from federal agencies',
      items: ['Requests for assistance with immigration enforcement, and the answers given'],
      format: 'text-searchable PDF or e-mail files',
      ...signer,
      sample: true,
    },
    entries: numbered([{ kind: 'sent', on: start, channel: 'email' }]),
  };
}

/** The sample's requests, reckoned from its last week, so that a later start writes the very same. */
export function sampleRequests(city: City, lastWeek: Week): readonly SampleRequest[] {
  const all = [
    mayorsRequest(city, addDays(lastWeek, -56)),
    appealedRequest(city, addDays(lastWeek, -84)),
    stateRequest(addDays(lastWeek, 3)),
  ];
  return all.filter(({ facts }) => city.requests.regimes.includes(facts.regime));
}
