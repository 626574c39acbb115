/** What the pages must be given. */
import type { City } from '#core/domain/city.ts';
import type {
  Assets,
  AuditTrail,
  Clock,
  FoiaFiles,
  Ids,
  Log,
  RawObjects,
  ReleaseLedger,
  ReportStore,
  RequestLog,
  Shelf,
  Tokens,
  Typesetter,
} from '#core/ports.ts';
import type { Regime } from '#core/requests/regime.ts';

export type ShowPortalPorts = {
  readonly store: Pick<ReportStore, 'receipt' | 'receiptsOf'>;
  readonly raw: Pick<RawObjects, 'get'>;
  readonly foia: Pick<FoiaFiles, 'list' | 'find' | 'preview' | 'statements' | 'order'>;
  readonly shelf: Pick<Shelf, 'read' | 'releases'>;
  /** The links alone: what is sealed beside them is out of reach. */
  readonly ledger: Pick<ReleaseLedger, 'records'>;
  readonly audit: AuditTrail;
  readonly tokens: Tokens;
  readonly assets: Pick<Assets, 'bytes'>;
  readonly requests: RequestLog;
  readonly regimes: readonly Regime[];
  readonly typesetter: Typesetter;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly city: City;
  /** Asks the token endpoint for an access token; undefined when it refuses the client. */
  readonly signIn: (clientId: string, secret: string) => Promise<string | undefined>;
  /** The interface description that `GET /openapi.json` answers. */
  readonly openApi: () => object;
  /** What must answer for `GET /healthz` to say ok, by name, such as `store` and `ledger`. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
};
