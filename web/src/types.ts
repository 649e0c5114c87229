// The server's documents as docs/formats/api.md states them. null is "unknown" or "not stated".
import type { Text } from './i18n';

export interface Concept {
  id: string;
  kind: string;
  name: Text;
}

export interface Status {
  version: string;
  ready: boolean;
  synthetic: boolean;
  banner: Text | null;
  people: number | null;
  reports: number | null;
  concepts: number;
  claims: number;
  items: number;
  sources: number;
  undated_items: number;
  knowledge_hash: string;
  outcomes: Concept[];
  default_outcome: string;
}

/** Shares that sum to 1. */
export interface Opinion {
  for: number;
  against: number;
  unknown: number;
}

export type Sign = '+' | '-';

export interface Effect {
  measure: string;
  unit: string | null;
  value: number | null;
  low: number | null;
  high: number | null;
  p: number | null;
  printed: string | null;
  printed_zh: string | null;
  derived: string[];
  smallest_effect: number | null;
  better: 'higher' | 'lower' | null;
  interval_printed: boolean;
}

export interface Source {
  id: string;
  url: string | null;
  citation: string;
  as_reported_by: string | null;
  year: number | null;
  status: 'ok' | 'retracted' | 'concern' | 'corrected';
}

export interface Item {
  item: string;
  counts: boolean;
  nats: number;
  kind: string;
  direction: string;
  year: number | null;
  n: number | null;
  population: string | null;
  participants: string | null;
  participants_zh: string | null;
  note: string | null;
  note_zh: string | null;
  directness: number;
  quality: number;
  effect: Effect | null;
  no_figure: boolean;
  also_printed: string[];
  also_printed_zh: string[] | null;
  source: Source;
  why: string;
  why_zh: string;
}

export interface Group {
  group: string;
  kind: string;
  direction: string;
  nats: number;
  why: string;
  why_zh: string;
  internal_disagreement: boolean;
  items: Item[];
}

export interface Pooled {
  unit: string;
  value: number;
  low: number;
  high: number;
  model: string;
  q: number;
  df: number;
  i2: number;
  k: number;
}

export interface Claim {
  claim: string;
  subject: string;
  relation: string;
  sign: Sign;
  object: string;
  text: Text;
  qualifiers: Record<string, string>;
  support: number;
  opposition: number;
  belief: number;
  ignorance: number;
  prior: number;
  belief_range: [number, number] | null;
  opinion: Opinion;
  conflict: number;
  causal: boolean;
  verdict: Text;
  groups: Group[];
  pooled: Pooled | null;
  derivation?: string[];
}

export interface Weigh {
  subject: Concept;
  object: Concept;
  as_of: number | null;
  population: string | null;
  preset: string;
  claims: Claim[];
  undated: string[];
  registry: Registry | null;
}

export interface Hop {
  claim: string | null;
  subject: Concept;
  relation: string | null;
  sign: Sign;
  object: Concept;
  support: number;
  opposition: number;
  belief: number;
  ignorance: number;
}

export interface Chain {
  sign: Sign;
  belief: number;
  hops: Hop[];
}

export interface WeakLink {
  claim: string | null;
  subject: Concept;
  relation: string | null;
  sign: Sign;
  object: Concept;
  importance: number;
  uncertainty: number;
  value: number;
  text: Text;
}

export interface Eligible {
  eligible: number | null;
  hidden: boolean;
  synthetic: boolean;
  criteria: Text | null;
}

export interface NextStudy {
  design: string;
  text: Text;
  people: Eligible | null;
}

/** The direct claim on the outcome itself, or on something that it is measured by. */
export interface AnswerPart {
  claim: string;
  object: Concept;
  sign: Sign;
  support: number;
  opposition: number;
  belief: number;
  ignorance: number;
  opinion: Opinion;
  verdict: Text;
  text: Text;
}

export interface Answer {
  rank: number;
  candidate: Concept;
  helps: number;
  harms: number;
  both: number;
  neither: number;
  error: number;
  baseline: number | null;
  support: number | null;
  opposition: number | null;
  belief: number | null;
  ignorance: number | null;
  opinion: Opinion | null;
  parts?: AnswerPart[];
  verdict: Text;
  chain: Chain | null;
  chains_total: number;
  weakest_link: WeakLink | null;
  next_study: NextStudy | null;
}

export interface Ranking {
  outcome: Concept;
  wanted: 'lowers' | 'raises';
  as_of: number | null;
  prior: number;
  worlds: number;
  seed: number;
  synthetic: boolean;
  candidates_total: number;
  answers: Answer[];
  not_shown: { candidate: Concept; reason: Text }[];
}

export interface Asked {
  question: string;
  lang: string;
  understood: {
    template: string;
    subject: Concept | null;
    object: Concept | null;
    wanted_sign: Sign | null;
  } | null;
  answer: string;
  weigh: Weigh | null;
  chains: Chain[];
  next_studies: NextStudy[];
  suggestions: string[];
  ambiguous: { mention: string; candidates: Concept[] }[];
}

export interface Chains {
  from: Concept;
  to: Concept;
  chains: Chain[];
}

export interface GraphNode extends Concept {
  degree: number;
}

export interface GraphEdge {
  claim: string;
  from: string;
  to: string;
  relation: string;
  sign: Sign;
  support: number;
  opposition: number;
  belief: number;
  ignorance: number;
  groups: number;
}

export interface Graph {
  centre: Concept;
  nodes: GraphNode[];
  edges: GraphEdge[];
  truncated: boolean;
  not_causal: GraphEdge[];
}

export interface FoundConcept extends Concept {
  claims: number;
  matched: string;
}

export interface Estimate {
  measure: string;
  value: number;
  low: number;
  high: number;
}

export interface Registry {
  question: Text;
  synthetic: boolean;
  claim: { subject: Concept; sign: Sign; object: Concept };
  people: Record<'eligible' | 'treated' | 'untreated' | 'events', number | null>;
  naive: Estimate;
  target_trial: Estimate & {
    method: string;
    e_value: number | null;
    e_value_limit: number | null;
    protocol: { part: string; text: Text }[];
    balance: { covariate: string; before: number; after: number }[];
    effective_n: number;
  };
  truth: { measure: string; value: number } | null;
  would_add: {
    direction: string;
    nats: number;
    derivation: string[];
    belief_before: number;
    belief_after: number;
  } | null;
  note: Text | null;
}

/** A count of people; hidden and null where it is 1 to 10 or would give such a count away. */
export interface Cell {
  count: number | null;
  hidden: boolean;
}

export interface People {
  synthetic: boolean;
  people: number | null;
  floor: number;
  as_of: string | null;
  counts: { variable: string; label: Text; levels: (Cell & { value: string; label: Text })[] }[];
  age_at_onset: (Cell & { from: number; to: number })[];
  survival: Survival | null;
  decline: Decline | null;
  slope:
    | (Record<'n' | 'mean' | 'sd' | 'q50', number> &
        Record<'q5' | 'q25' | 'q75' | 'q95', number | null> & { unit: string })
    | null;
  reports_per_person:
    (Record<'mean' | 'q50', number> & Record<'q25' | 'q75', number | null>) | null;
}

export interface Survival {
  from: string;
  unit: string;
  n: number;
  events: number;
  median: { value: number; low: number | null; high: number | null } | null;
  points: { month: number; survival: number; low: number; high: number; at_risk: number }[];
}

export interface Decline {
  unit: string;
  points: {
    month: number;
    n: number;
    q10: number | null; // null: too few people beyond it
    q25: number | null;
    q50: number;
    q75: number | null;
    q90: number | null;
  }[];
}

export interface About {
  sections: { id: string; title: Text; body: Text }[];
  sources: { name: string; what: Text; licence: string; url: string | null }[];
  parameters: unknown;
}
