/**
 * What a bundle has in place of the SDK's event streams (`lib/bundle-function.ts`): a protocol of a few operations, none of which this house calls. The SDK loads it on demand, which would keep
 * much of the SDK's core from being cut down to what is used.
 */
const unused = (): never => {
  throw new Error('no operation of this house streams events');
};

export const eventStreamSerdeProvider = unused;

export class EventStreamSerde {
  constructor() {
    unused();
  }
}

/** Called by every client that could stream; gives the settings back as they are. */
export const resolveEventStreamSerdeConfig = <Settings>(settings: Settings): Settings => settings;
