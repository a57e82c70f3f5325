/** A piece of source without which something happens that must not, and what stands there when it is taken out. */
export interface Removal {
  /** From the root of the project. */
  file: string;
  /** The text that is the guard, as it stands in the file: once, and no longer than it takes to be found. */
  guard: string;
  instead: string;
}

/** A guard with the tests that must notice when it is gone. */
export interface Guard extends Removal {
  /** Ids of SPEC.md. For each of them a test of the file whose title begins with it must fail. */
  ids: readonly string[];
  test: string;
  /** Words of the title, where only some tests of the id are about this guard. */
  title?: string;
  /** Others that keep the same from happening: it happens only when all of them are gone. */
  also?: readonly Removal[];
  /** Why nothing but a test's patience can tell that this guard is gone; otherwise a test that hangs is one to mend. */
  waits?: string;
}
