/** A part of a call, in seconds since its start. */
export interface Span {
  from: number;
  to: number;
}

/** Nobody sees more in less. */
const SHORTEST = 20;

/** A part of the call that is longer or shorter by a factor, with the same middle as far as possible. */
export function zoomed(span: Span, factor: number, seconds: number): Span {
  const length = Math.min(seconds, Math.max(SHORTEST, (span.to - span.from) * factor));
  return within((span.from + span.to - length) / 2, length, seconds);
}

/** The part of the same length that begins at a time, as far as the call goes. */
export function movedTo(span: Span, from: number, seconds: number): Span {
  return within(from, span.to - span.from, seconds);
}

/** The part that shows an utterance: the same one if it does, and else one around it. */
export function showing(span: Span, begin: number, end: number, seconds: number): Span {
  const shown = begin >= span.from && end <= span.to;
  return shown ? span : movedTo(span, (begin + end - (span.to - span.from)) / 2, seconds);
}

function within(from: number, length: number, seconds: number): Span {
  const begin = Math.max(0, Math.min(from, seconds - length));
  return { from: begin, to: begin + length };
}
