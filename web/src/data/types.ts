// The documents of the page that asks the data, as docs/formats/api.md states them.
import type { Text } from '../i18n';
import type { CausalGraph, Edge } from './causal_graph';

export interface Variable {
  name: string;
  type: 'real' | 'integer' | 'boolean' | 'category' | 'date' | 'text';
  unit: string;
  n: number | null; // null: too few people to show
  missing: number | null;
  distinct?: number;
  number?: {
    mean: number;
    sd: number | null;
    p5: number | null; // null: too few people beyond it
    q1: number | null;
    median: number | null;
    q3: number | null;
    p95: number | null;
  };
  levels?: { level: string; count: number | null }[];
}

export interface TableDocument {
  table: string;
  name: string;
  rows: number;
  synthetic: boolean;
  cohort: boolean;
  variables: Variable[];
}

export interface Discovery {
  method: string;
  test: string | null;
  score?: string | null;
  variables: string[];
  n_rows: number;
  edges: Edge[];
  warnings?: Text[];
  [more: string]: unknown;
}

export interface Identification {
  identifiable: boolean | null; // null: not decided by what is known here
  method: string | null;
  estimand: string | null;
  adjustment_sets: string[][];
  minimal: string[] | null;
  hedge: unknown;
  explanation: Text;
  [more: string]: unknown;
}

export interface Check {
  name: string;
  status: 'failed' | 'caution' | 'passed' | 'not_done';
  text: Text;
}

/** An estimate with everything that could be wrong with it: docs/formats/effect.md. */
export interface Effect {
  first: Text | null;
  estimate: number;
  se: number;
  ci_low: number;
  ci_high: number;
  unit: string;
  n: number;
  estimand: string;
  estimand_text: Text;
  method: string;
  method_text: Text;
  side_by_side: {
    method: string;
    estimand: string;
    estimate: number | null;
    ci_low: number | null;
    ci_high: number | null;
    failure: string | null;
  }[];
  diagnostics: {
    overlap: {
      propensity_min: number | null;
      propensity_max: number | null;
      histogram: { bins: number; untreated: number[]; treated: number[] } | null;
    } | null;
    weights: { mean: number | null; max: number | null; effective_n: number | null } | null;
    balance: { term: string; before: number | null; after: number | null }[] | null;
  };
  refutation: { checks: Check[]; e_value: { value: number; limit: number } | null };
  excluded: { rows: number };
  warnings: Text[];
  data_hash: string;
  seed: number;
}

interface Ratio {
  estimate: number;
  ci_low: number;
  ci_high: number;
  unit: string;
}

/** The effect on an event over time: docs/formats/analysis.md. */
export interface OverTime {
  first: Text | null;
  horizon: number;
  people: number;
  excluded: number;
  treated: number;
  events: number;
  hazard_ratio: Ratio;
  naive_hazard_ratio: Ratio;
  survival_difference: Ratio;
  rmst_difference: Ratio;
  curves: {
    arm: 'treated' | 'untreated';
    points: { month: number; survival: number; low: number; high: number }[];
  }[];
  balance: { term: string; before: number | null; after: number | null }[];
  checks: Check[];
}

/** What an analysis came to: docs/formats/analysis.md. */
export interface Analysed {
  analysis: unknown; // the spec as the server understood it
  discovery?: Discovery;
  identification?: Identification;
  estimate?: Effect;
  survival?: OverTime;
  refused?: Text;
}

/** How a page asks: what it analyses, how it joins, what it wants to know. */
export interface AnalysisSpec {
  variables: { name: string; kind: 'continuous' | 'discrete' | null }[];
  discovery?: {
    method: string;
    alpha: number;
    penalty: number;
    bootstrap: number;
    tiers: string[][];
  } | null;
  graph?: CausalGraph | null;
  question?: { treatment: string; outcome: string; time?: string } | null;
  estimate?: {
    method: string;
    estimand: string;
    adjust: string | null;
    learner: string;
    bootstrap: number;
    negative_outcomes: string[];
  } | null;
  seed: number;
}
