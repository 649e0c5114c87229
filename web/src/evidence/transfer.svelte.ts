// One file on its way in: sent in pieces, then read by a job of the server. Can be stopped at any time.
import { Problem } from '../api';
import { cancel_job, follow_job, import_file, is_over } from '../api_work';
import type { Job } from '../types_work';

export class Transfer {
  readonly name: string;
  readonly bytes: number;
  sent = $state(0);
  begun = $state(false);
  job = $state.raw<Job | null>(null);
  problem = $state.raw<Problem | null>(null);
  stopped = $state(false);
  #file: File | null;
  #format: string | null;
  #stop = new AbortController();
  #leave: () => void = () => {};
  /** Files are sent one after another; the end of those before. */
  static #line: Promise<void> = Promise.resolve();

  constructor(file: File | null, format: string | null, job: Job | null = null) {
    this.name = file?.name ?? job?.title ?? '';
    this.bytes = file?.size ?? 0;
    this.#file = file;
    this.#format = format;
    this.job = job;
    if (file) this.#stand_in_line(file);
    else if (job && !is_over(job)) this.#follow(job.job);
  }

  /** A job that somebody started before. */
  static of(job: Job): Transfer {
    return new Transfer(null, null, job);
  }

  get over(): boolean {
    return this.problem !== null || this.stopped || (this.job !== null && is_over(this.job));
  }
  get can_retry(): boolean {
    return this.#file !== null && this.over && this.job?.state !== 'done';
  }

  /** Stops the sending, or the server's job after the batch in hand. */
  cancel = async (): Promise<void> => {
    if (!this.job) {
      this.#stop.abort();
      this.stopped = true;
      return;
    }
    try {
      await cancel_job(this.job.job);
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem('unavailable', '');
    }
  };

  retry = (): void => {
    if (!this.#file) return;
    this.#leave();
    this.#stop = new AbortController();
    this.sent = 0;
    this.job = null;
    this.problem = null;
    this.stopped = false;
    this.begun = false;
    this.#stand_in_line(this.#file);
  };

  /** Stops listening; the server's job goes on, an unfinished sending ends. */
  leave(): void {
    this.#leave();
    if (!this.job) this.#stop.abort();
  }

  #follow(job: string): void {
    this.#leave = follow_job(job, (told) => (this.job = told));
  }

  #stand_in_line(file: File): void {
    const { signal } = this.#stop;
    Transfer.#line = Transfer.#line.then(() => this.#run(file, signal));
  }

  async #run(file: File, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.begun = true;
    try {
      const job = await import_file(file, this.#format, (bytes) => (this.sent = bytes), signal);
      if (!signal.aborted) this.#follow(job);
    } catch (error) {
      if (signal.aborted) return;
      this.problem = error instanceof Problem ? error : new Problem('unavailable', '');
    }
  }
}
