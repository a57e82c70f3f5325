/** A test that ran; `failure` is null when it passed. */
export interface TestOutcome {
  title: string;
  failure: string | null;
}

/** What became of some tests of one file; `broke` says why none of them could be run. */
export type Outcome = { broke: string } | { tests: TestOutcome[] };
