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
    p5: number;
    q1: number;
    median: number;
    q3: number;
    p95: number;
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

export interface Warning {
  en: string;
  zh: string;
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
  identifiable: boolean;
  method: string | null;
  estimand: string | null;
  adjustment_sets: string[][];
  minimal: string[] | null;
  hedge: unknown;
  explanation: Text;
  [more: string]: unknown;
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
  question?: { treatment: string; outcome: string } | null;
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
