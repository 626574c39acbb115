/** Everything that can happen to a request for records, as one closed list: what each entry must say, and what it may say besides. */
const eventFields = [
  'channel',
  'number',
  'items',
  'outcome',
  'reason',
  'stage',
  'days',
  'until',
  'exemptions',
  'count',
  'amount',
  'files',
  'strikes',
  'patch',
  'note',
] as const;
export type EventField = (typeof eventFields)[number];

type Kind = { readonly title: string; readonly needs: readonly EventField[]; readonly may: readonly EventField[] };

const answer = ['number', 'items', 'exemptions', 'count', 'files', 'note'] as const;
const kindsOf = <const Kinds extends Readonly<Record<string, Kind>>>(kinds: Kinds): Kinds => kinds;

/** The kinds in the order in which a matter usually meets them. `opened` is the first entry of every log and of no other place. */
export const eventKinds = kindsOf({
  sent: { title: 'Request sent', needs: ['channel'], may: ['note'] },
  received: { title: 'Received by the agency', needs: [], may: ['note'] },
  routed: { title: 'Reached the proper component', needs: [], may: ['note'] },
  acknowledged: { title: 'Acknowledged', needs: [], may: ['number', 'note'] },
  perfected: { title: 'Perfected', needs: [], may: ['note'] },
  number_added: { title: 'Number linked', needs: ['number'], may: ['note'] },
  tolled: { title: 'Clock stopped by the agency', needs: ['reason'], may: ['note'] },
  resumed: { title: 'Agency has our answer: clock goes on', needs: [], may: ['note'] },
  extended: { title: 'Extended for unusual circumstances', needs: [], may: ['days', 'stage', 'note'] },
  date_agreed: { title: 'Alternative time agreed', needs: ['until'], may: ['note'] },
  narrowed: { title: 'Items withdrawn or narrowed by us', needs: ['items'], may: ['note'] },
  fee_estimate: { title: 'Fee estimate', needs: ['amount'], may: ['note'] },
  fee_waiver_decided: { title: 'Fee waiver decided', needs: ['outcome'], may: ['note'] },
  expedite_asked: { title: 'Expedited processing asked for', needs: [], may: ['note'] },
  expedite_decided: { title: 'Expedited processing decided', needs: ['outcome'], may: ['note'] },
  interim_release: { title: 'Interim release', needs: [], may: ['outcome', ...answer] },
  determination: { title: 'Determination', needs: ['outcome'], may: answer },
  no_records: { title: 'No records found', needs: [], may: answer },
  glomar: { title: 'Neither confirmed nor denied (Glomar)', needs: [], may: answer },
  referred: { title: 'Referred to another agency', needs: [], may: answer },
  consulted: { title: 'Consultation with another agency', needs: [], may: answer },
  file_linked: { title: 'File linked', needs: ['files'], may: ['items', 'count', 'note'] },
  inquiry_sent: { title: 'Status inquiry sent', needs: [], may: ['note'] },
  demand_sent: { title: 'Demand sent', needs: [], may: ['note'] },
  grounds: { title: 'Grounds of appeal written down', needs: ['note'], may: ['items'] },
  appealed: { title: 'Appeal sent', needs: ['channel'], may: ['number', 'items', 'note'] },
  appeal_received: { title: 'Appeal received', needs: [], may: ['number', 'note'] },
  appeal_decided: { title: 'Appeal decided', needs: ['outcome'], may: ['items', 'note'] },
  remanded: { title: 'Remanded to the component', needs: [], may: ['number', 'items', 'note'] },
  sued: { title: 'Suit filed', needs: [], may: ['number', 'note'] },
  served: { title: 'Complaint served', needs: [], may: ['note'] },
  answered: { title: 'Complaint answered', needs: [], may: ['note'] },
  settled: { title: 'Settled', needs: [], may: ['note'] },
  amended: { title: 'Facts of the matter completed', needs: ['patch'], may: ['note'] },
  noted: { title: 'Note', needs: ['note'], may: ['items', 'files'] },
  closed: { title: 'Closed', needs: [], may: ['note'] },
  reopened: { title: 'Reopened', needs: [], may: ['note'] },
  struck: { title: 'Entry struck: entered in error', needs: ['strikes', 'note'], may: [] },
});

export type EventKind = keyof typeof eventKinds;
export const eventKindNames = Object.keys(eventKinds) as EventKind[];

export const channels = ['email', 'portal', 'fax', 'mail', 'hand'] as const;
export const outcomes = ['granted', 'partly', 'denied'] as const;
export const tollReasons = ['clarification', 'fees'] as const;
export const stages = ['request', 'appeal'] as const;
