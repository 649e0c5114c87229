// The documents of the pages that work on the evidence, as docs/formats/api.md states them.
import type { Text } from './i18n';
import type { Concept, Opinion, Sign, Source } from './types';

export interface ClaimSummary {
  claim: string;
  subject: Concept;
  object: Concept;
  relation: string;
  sign: Sign;
  causal: boolean;
  text: Text;
  qualifiers: Record<string, string>;
  support: number;
  opposition: number;
  belief: number;
  opinion: Opinion;
  conflict: number;
  verdict: Text;
  items: number;
  groups: number;
  latest_year: number | null;
  extractors: string[];
}

export interface ClaimList {
  total: number;
  offset: number;
  claims: ClaimSummary[];
}

export interface DocumentList {
  total: number;
  offset: number;
  documents: {
    id: string;
    title: string;
    journal: string | null;
    year?: number | null; // absent: the search does not say
    language: string | null;
    items?: number;
    /** The words around what was searched for. */
    snippet?: string;
  }[];
}

/** What a search finds in one part of the store. */
export interface Found {
  parts: {
    total: number;
    offset: number;
    hits: {
      id: string;
      title: Text;
      language?: string;
      snippet: { text: string; cut_before: boolean; cut_after: boolean };
    }[];
  }[];
}

/** A stretch of text with the quotations (`items`) and mentions (`concepts`) that cover it. */
export interface Run {
  text: string;
  items: string[];
  concepts: string[];
}

/** A concept, or the paper's own words (`id` null) where nothing here is known by them. */
export type Named = Omit<Concept, 'id'> & { id: string | null };

export interface ReadClaim {
  id: string;
  kept: boolean;
  item: string | null;
  subject: Named;
  object: Named;
  negated?: boolean;
  hedged?: boolean;
  in_text?: boolean;
  relation: string;
  sign: Sign | null;
  direction: string;
  text: Text;
  quote: string | null;
  probability: number | null;
  extractor: string;
  study_kind: string | null;
  n: number | null;
  effect: string | null;
  why?: string | null;
}

export interface Paper {
  document: {
    id: string;
    title: string;
    journal: string | null;
    year: number | null;
    language: string | null;
    url: string | null;
    licence: string | null;
    kinds: string[];
  };
  sections: { name: string; runs: Run[] }[];
  claims: ReadClaim[];
  reader: string | null;
}

export interface Refused {
  line: number;
  reason: string;
}

/** The report of an import; one with newer keys still shows. */
export interface ImportReport {
  rows_read?: number;
  kept?: number;
  added?: number;
  changed?: number;
  unchanged?: number;
  refused?: Refused[] | number;
  refused_total?: number;
  refused_by_reason?: { reason: string; count: number }[];
  format?: string;
  resumed_after?: number;
  [more: string]: unknown;
}

export interface Job {
  job: string;
  kind: string;
  title: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  unit: string;
  per_second: number | null;
  seconds_left: number | null;
  message: Text | null;
  report: ImportReport | null;
  error: { kind: string; message: string } | null;
}

export interface Verdict {
  curator: string;
  verdict: string;
  reason: string | null;
  made_at: string;
  valid: boolean;
}

/** What the verdicts so far make of a finding; the shares sum to 1. */
export interface Reading {
  right: number;
  opposite: number;
  negative: number;
  void: number;
}

export interface ReviewItem {
  item: string;
  claim: string;
  subject?: Concept;
  object?: Concept;
  text: Text;
  quote: string | null;
  quote_check: string | null;
  source: Source;
  study_kind: string;
  direction: string;
  extractor: string;
  faithful: number | null;
  note?: Text | null;
  printed?: string | null;
  reading: Reading | null;
  would_change: number | null;
  belief: number | null;
  belief_if_accepted: number | null;
  belief_if_rejected: number | null;
  verdicts: Verdict[];
}

export interface ReviewQueue {
  outcome: Concept | null;
  curator: string | null;
  total: number;
  queue: ReviewItem[];
}

export interface Curator {
  curator: string;
  verdicts: number;
  sensitivity?: number | null; // absent: nothing given yet
  sensitivity_low?: number | null;
  sensitivity_high?: number | null;
  specificity?: number | null;
  specificity_low?: number | null;
  specificity_high?: number | null;
  public_key: string | null;
}

export interface Curators {
  curators: Curator[];
  agreement: {
    alpha: number | null;
    low: number | null;
    high: number | null;
    items: number;
    pairs: number;
  } | null;
  disputed: {
    item: string;
    text?: Text;
    subject?: Concept;
    object?: Concept;
    relation?: string;
    verdicts: Verdict[];
  }[];
}

export interface Contradiction {
  kind: string;
  claims: ClaimSummary[];
  conflict: number;
  settles: Text | null;
  study: { text?: Text } | null;
}

export interface Contradictions {
  total: number;
  offset: number;
  contradictions: Contradiction[];
}

/** Numbers in named groups, as the weight parameter file has them. */
export type Parameters = Record<string, unknown>;

export interface Presets {
  presets: { name: string; about: Text; parameters: Parameters }[];
}

export interface Bin {
  predicted: number;
  observed: number;
  low: number | null;
  high: number | null;
  n: number;
}

export interface Curve {
  preset: string;
  brier: number;
  brier_low: number | null;
  brier_high: number | null;
  log_loss: number | null;
  /** Our Brier score minus this one's on the same findings: above 0, this one did better. */
  better_than_thaw?: number | null;
  better_low?: number | null;
  better_high?: number | null;
  bins: Bin[];
}

export interface CalibrationSets {
  sets: {
    name: string;
    about: Text;
    items: number;
    base_rate?: number;
    folds_by: string | null;
    curves: Curve[];
  }[];
}

export interface Weighed {
  support: number;
  opposition: number;
  belief: number;
  opinion: Opinion | null;
}

export interface Change {
  changed_at: string;
  claim: string;
  subject?: Concept;
  object?: Concept;
  text: Text;
  cause: Text | null;
  before: Weighed | null;
  after: Weighed | null;
  lines: {
    what: string;
    item: string;
    nats_before: number | null;
    nats_after: number | null;
    why: Text | null;
  }[];
}

export interface Changes {
  since: string | null;
  total: number;
  offset: number;
  changes: Change[];
}
