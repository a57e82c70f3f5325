import type { Job, Outcome } from './play.ts';
import { scenes } from './scenes/scenes.ts';
import { ServerUnderTest } from './server-under-test.ts';
import { Stage } from './stage.ts';

/** The load generator: starts the server it is told to, plays the scene in front of it, and reports. */
process.once('message', (job) => {
  run(job as Job).then(
    (outcome) => process.send?.(outcome, () => process.exit(0)),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(1));

async function run({ scene: name, contestant, house, dataDir, quick, profile }: Job): Promise<Outcome> {
  const scene = scenes.find((one) => one.name === name);
  if (!scene) throw new Error(`there is no scene ${name}`);
  const server = await ServerUnderTest.start(contestant, dataDir);
  const stage = new Stage({ contestant, server, quick, profile });
  try {
    const measures = await scene.play(stage, house);
    return { measures, lost: stage.lost, effort: stage.effort, functions: stage.functions };
  } finally {
    stage.clear();
    await server.stop();
  }
}
