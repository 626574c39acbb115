/** Text made safe for XML and HTML, in element content and in quoted attributes alike. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
