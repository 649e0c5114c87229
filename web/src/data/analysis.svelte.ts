// The analysis that a person puts together: the table, what is asked of it, and what came back.
import { get, post, Problem } from '../api';
import { cancel_job, follow_job, is_over } from '../api_work';
import type { Job } from '../types_work';
import { over } from './causal_graph';
import type { CausalGraph } from './causal_graph';
import type { AnalysisSpec, TableDocument, Variable } from './types';

export type Kind = 'continuous' | 'discrete';

/** One step that the server works on: how far, its end, and a way to stop it. */
export class Task {
  job = $state.raw<Job | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(false);
  #leave: () => void = () => {};

  /** Starts the work of `path` and hears its report once it is done. */
  async run(
    path: string,
    body: unknown,
    done: (report: Record<string, unknown>) => void,
  ): Promise<void> {
    this.leave();
    this.problem = null;
    this.job = null;
    this.busy = true;
    try {
      const { job } = await post<{ job: string }>(path, body);
      this.#leave = follow_job(job, (told) => {
        this.job = told;
        if (!is_over(told)) return;
        this.busy = false;
        if (told.state === 'done' && told.report) done(told.report);
      });
    } catch (error) {
      this.busy = false;
      this.problem = error instanceof Problem ? error : new Problem('unavailable', '');
    }
  }

  cancel = async (): Promise<void> => {
    if (!this.job) return;
    try {
      await cancel_job(this.job.job);
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem('unavailable', '');
    }
  };

  leave(): void {
    this.#leave();
    this.busy = false;
  }
}

/** A variable can be used unless it is a date or free text. */
export const usable = (variable: Variable): boolean =>
  variable.type !== 'date' && variable.type !== 'text';

const kMaxCodes = 25;

/** What the server takes a column for when nothing is said. */
export function own_kind(variable: Variable): Kind {
  if (variable.type === 'real') return 'continuous';
  if (variable.type === 'integer')
    return (variable.distinct ?? 0) > kMaxCodes ? 'continuous' : 'discrete';
  return 'discrete';
}

export class Analysis {
  table = $state.raw<TableDocument | null>(null);
  left_out = $state<Record<string, boolean>>({});
  kinds = $state<Record<string, Kind>>({});
  treatment = $state('');
  outcome = $state('');
  /** How long each person was followed, where the outcome is an event; else empty. */
  time = $state('');
  graph = $state.raw<CausalGraph>({ nodes: [], edges: [] });

  readonly used = $derived(
    (this.table?.variables ?? []).filter((one) => usable(one) && !this.left_out[one.name]),
  );
  /** The variables of the graph: the time of an event is part of that event. */
  readonly names = $derived(this.used.map((one) => one.name).filter((name) => name !== this.time));
  readonly numbers = $derived(
    (this.table?.variables ?? []).filter((one) => one.number).map((one) => one.name),
  );

  take(table: TableDocument): void {
    this.table = table;
    this.left_out = {};
    this.kinds = {};
    this.treatment = table.cohort ? 'treatment' : '';
    this.outcome = table.cohort ? 'event' : '';
    this.time = table.cohort ? 'months' : '';
    this.graph = { nodes: [], edges: [] };
  }

  /** The graph over the variables in use. */
  readonly drawn = $derived(over(this.graph, this.names));

  question() {
    const { treatment, outcome, time } = this;
    return time ? { treatment, outcome, time } : { treatment, outcome };
  }

  /** What the server is told of the data; kinds only where a person changed them. */
  spec(): AnalysisSpec {
    return {
      variables: this.used
        .filter((one) => one.name !== this.time)
        .map((one) => ({ name: one.name, kind: this.kinds[one.name] ?? null })),
      seed: 1,
    };
  }
}

export const get_table = (table: string, signal: AbortSignal) =>
  get<TableDocument>('/api/table', { table }, signal);
export const post_table = (body: { upload: string } | { cohort: string }) =>
  post<TableDocument>('/api/tables', body);
