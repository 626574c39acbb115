/** Reads the weekly mail back before it is sent (docs/METHODS.md §5; attacks A9, A15): its subject, its text, its page by structure and by words, and what it carries. */
import { sha256 } from '../domain/ids.ts';
import type { Message } from '../ports.ts';
import { type Allowed, readableText, strayNumbers } from './read-back.ts';
import { markupFault } from './read-back-markup.ts';

/** Why a message says more than the briefing, or undefined. `attached` is the print as it was read back; `styles` may stand in attributes, because mail has no style sheet. */
export function messageFault(
  { subject, text, html, attachments }: Message,
  allowed: Allowed,
  {
    attached,
    styles,
  }: {
    readonly attached: { readonly name: string; readonly content: Uint8Array };
    readonly styles: ReadonlySet<string>;
  },
): string | undefined {
  const structure = markupFault(html, { links: new Set(), inline: styles });
  if (structure) return structure;
  if (strayNumbers([subject, text, readableText(html)].join('\n'), allowed).length)
    return 'says a number that was not released';
  const [file, ...more] = attachments;
  if (!file || more.length || file.name !== attached.name || sha256(file.content) !== sha256(attached.content))
    return 'carries another file than the print';
  return undefined;
}
