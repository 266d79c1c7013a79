/** The folders that the program writes, and how it knows them again: what does not carry its mark is somebody else's and stays. */

/** A folder that is replaced as a whole: whoever replaces one must know every file that goes with it. */
export interface FolderKind {
  /** For people, such as `a data set`. */
  readonly name: string;
  /** The file that tells such a folder. */
  readonly mark: string;
  /** Whether the mark's JSON is of this kind: other programs have a `model.json` too. */
  isMark(json: Readonly<Record<string, unknown>>): boolean;
  /** Everything else that may lie in it. */
  readonly others: readonly string[];
}

/** A folder that is added to, run by run; other things may lie in it. */
export interface GrowingFolderKind {
  readonly name: string;
  /** What `WORK_MARK` in it says. */
  readonly work: string;
  /** What is written there beside the mark. */
  readonly entries: readonly string[];
}

/** Tells a folder of half-done or collected work: `{"slatewise": <work>}`. */
export const WORK_MARK = 'slatewise.json';

const has =
  (...keys: readonly string[]): FolderKind['isMark'] =>
  (json) =>
    keys.every((key) => Object.hasOwn(json, key));

/** What an import that adds to a data set goes on from. */
export const IMPORT_STATE = 'state.bin';

/** Folders of what was added to a data set, by their number from 2 on. */
export const DATASET_PARTS = 'parts';

export const DATASET_FOLDER: FolderKind = {
  name: 'a data set',
  mark: 'import.json',
  isMark: has('format', 'labelTypes', 'joinWindow'),
  others: [
    'manifest.json',
    'schema.json',
    'rejected.jsonl',
    'items.arrow',
    'users.arrow',
    'impressions.arrow',
    'items-vocabulary.arrow',
    'users-vocabulary.arrow',
    IMPORT_STATE,
    DATASET_PARTS,
  ],
};

/** TensorBoard knows its files by what stands between the dots. */
export const EVENT_FILE = 'events.out.tfevents.slatewise';

/** Which run of an MLflow server it is; only there where a server was told of it. */
export const MLFLOW_FILE = 'mlflow.json';

/** How a training went, told while it goes on; in the folder of what it makes when it is done. `run.json` is the mark. */
export const RUN_FILES: readonly string[] = ['run.json', 'config.json', 'metrics.jsonl', EVENT_FILE, MLFLOW_FILE];

/** What a model found on validation; only in the folder of one that a training made. */
export const VALIDATION_FILE = 'validation.json';

/** What its log was like, day by day: what later days are held against. */
export const PROFILE_FILE = 'profile.json';

export const MODEL_FOLDER: FolderKind = {
  name: 'a model',
  mark: 'model.json',
  isMark: has('format', 'scorer', 'card'),
  others: [
    'manifest.json',
    'weights.bin',
    'memory.jsonl.gz',
    'scorer.onnx',
    VALIDATION_FILE,
    PROFILE_FILE,
    ...RUN_FILES,
  ],
};

export const POINTER_FOLDER: FolderKind = {
  name: 'a generator',
  mark: 'pointer.json',
  isMark: has('format', 'kind', 'card'),
  others: ['manifest.json', 'pointer.bin', 'scorer', ...RUN_FILES],
};

/** What lies in an exported model. */
export const EXPORT_FILES = {
  scorer: 'scorer.onnx',
  /** Of a large one, beside the file. */
  data: 'scorer.onnx.data',
  items: 'items.parquet',
  users: 'users.parquet',
  sums: 'memory.json',
  features: 'features.json',
  checks: 'checks.jsonl',
  card: 'README.md',
  module: 'slatewise_model',
} as const;

export const EXPORT_FOLDER: FolderKind = {
  name: 'an exported model',
  mark: 'export.json',
  isMark: has('slatewise', 'format', 'scorer'),
  others: Object.values(EXPORT_FILES),
};

/** Nothing else is ever written into one of these. */
export const CLOSED_FOLDERS: readonly FolderKind[] = [DATASET_FOLDER, MODEL_FOLDER, POINTER_FOLDER, EXPORT_FOLDER];

export const COMPARISON_FOLDER: GrowingFolderKind = {
  name: 'a comparison',
  work: 'comparison',
  entries: [
    'report.html',
    'report.json',
    'test.bin',
    'test.bin.new',
    'worth.json',
    'effects.json',
    'diagnosis.json',
    'runs',
  ],
};

export const TUNING_FOLDER: GrowingFolderKind = {
  name: 'a search',
  work: 'search',
  entries: ['config.json', 'trials'],
};

/** Where `retrain` works, among the models: its name hides it from servers. */
export const RETRAIN_FOLDER: GrowingFolderKind = {
  name: 'a retraining',
  work: 'retraining',
  entries: ['state.json', 'verdict.json', 'data', 'candidates', 'removed'],
};

/** What a training goes on from, and what it leaves where it is killed while it writes. */
const UNFINISHED: readonly string[] = ['checkpoint.bin', 'checkpoint.bin.new', 'refit', 'run.json.new'];

/** Beside a model or generator that is being trained (`trainingBeside`): what an interrupted training goes on from. */
export const TRAINING_FOLDER: GrowingFolderKind = {
  name: 'a training under way',
  work: 'training',
  entries: [...UNFINISHED, 'folds', ...RUN_FILES],
};

/** `model.bin`: its model, of the runs that may be asked again. `influence.bin` and `slates.json`: what it says that items do to each other, on many lists and on a few test lists. */
const KEPT_OF_RUN: readonly string[] = [
  'curve.json',
  'run.bin',
  'run.bin.new',
  'model.bin',
  'model.bin.new',
  'influence.bin',
  'influence.bin.new',
  'slates.json',
];

/** What a run leaves in its folder: its files, what it goes on from, and what a comparison keeps of it. Checkpoints of a comparison have a digest in their name. */
export const isOfRun = (entry: string): boolean =>
  [...RUN_FILES, ...UNFINISHED, ...KEPT_OF_RUN].includes(entry) || /^checkpoint-[0-9a-f]+$/.test(entry);

/** A slash at the end must not put it into the folder. */
export const trainingBeside = (folder: string): string => `${folder.replace(/(?<=.)[\\/]+$/, '')}.training`;
