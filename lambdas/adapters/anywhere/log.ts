import type { Clock, Log, LogEvent, LogFields } from '#core/ports.ts';

/** The frames of a cause and of what caused it, without any message: parsers quote their input there. */
function framesOf(cause: unknown): string[] {
  if (!(cause instanceof Error)) return [];
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [cause.name, ...frames.slice(0, 12).map((line) => line.trim()), ...framesOf(cause.cause)];
}

/** One JSON line for each event, to a sink that takes a line without its end. */
export function jsonLog(write: (line: string) => void, clock: Clock): Log {
  const line = (level: string, event: LogEvent, fields: LogFields, stack?: readonly string[]) =>
    write(JSON.stringify({ at: clock.now(), level, event, ...fields, ...(stack ? { stack } : {}) }));
  return {
    info: (event, fields = {}) => line('info', event, fields),
    warn: (event, fields = {}) => line('warn', event, fields),
    error: (event, cause, fields = {}) => line('error', event, fields, framesOf(cause)),
  };
}
