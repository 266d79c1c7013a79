import { modelsOf } from '../../serve/experiments/assign.ts';
import { rememberedExperiments } from '../../serve/host/experiments-in-force.ts';
import { openModelsFolder } from '../../serve/host/models-folder.ts';
import { rememberedModel, rememberModel } from '../../serve/host/remembered-model.ts';
import { openFileStore } from '../../serve/journal/file-store.ts';
import { InputError } from '../../slate/input-error.ts';
import type { ModelChoice } from './model-choice.ts';

/** The choice of the next server over a journal's folder, where none runs now. */
export function choiceInJournal(journal: string, models: string): ModelChoice {
  /** While it is open no server can start. */
  const open = (): ReturnType<typeof openFileStore> =>
    openFileStore(journal).catch((error: unknown) => {
      if (!(error instanceof InputError) || error.code !== 'journal-in-use') throw error;
      throw new InputError(
        `${journal}: expected the address of the server that writes this journal (on the command line --server), found none; name it, so that it is told of the new model`,
        'journal-in-use',
        { cause: error },
      );
    });
  return {
    place: journal,
    async active() {
      const folder = await openModelsFolder(models).catch((error: unknown) => {
        if (error instanceof InputError && error.code === 'model-missing') return undefined;
        throw error;
      });
      const names = (await folder?.names()) ?? [];
      const remembered = await rememberedModel(await openFileStore(journal, { isRead: true }));
      return remembered !== undefined && names.includes(remembered) ? remembered : names[0];
    },
    inUse: async () => modelsOf(await rememberedExperiments(await openFileStore(journal, { isRead: true }))),
    check: async () => (await open()).close(),
    async activate(name) {
      await using store = await open();
      await rememberModel(store, name);
    },
  };
}
