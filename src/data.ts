/**
 * Logs, data sets, sources of events, and markets that are made up.
 *
 * @module slatewise/data
 */
export { openDataset } from './datasets/folder/dataset.ts';
export type { ImportSummary } from './datasets/folder/import-summary.ts';
export { type Appended, appendLog } from './datasets/import/append-log.ts';
export { importLog, validateLog } from './datasets/import/import-log.ts';
export type { ImportOptions } from './datasets/import/read-log.ts';
export { type Drink, drinkProbability, simulateDrinks } from './simulator/drinks.ts';
export { simulate, type TruthHeader, type TruthRow } from './simulator/simulate.ts';
export { type SimulationOptions, simulationDefaults } from './simulator/simulation-options.ts';
export { type TrueMarket, trueMarket } from './simulator/true-market.ts';
export { writeSimulation } from './simulator/write-simulation.ts';
export type { RejectReason } from './slate/error-code.ts';
export { eventToJson } from './slate/event-to-json.ts';
export type { InteractionEvent, ItemEvent, LogEvent, RankedItem, RankingEvent, UserEvent } from './slate/events.ts';
export type { Fields, FieldUpdates, FieldValue } from './slate/fields.ts';
export type { JournalPosition } from './slate/journal-position.ts';
export { type ParseOptions, parseEvent } from './slate/parse-event.ts';
export { RejectedEvent } from './slate/rejected-event.ts';
export { csvSource } from './sources/csv/csv-source.ts';
export type { EventSource, SourceRecord } from './sources/event-source.ts';
export { inMemorySource } from './sources/in-memory.ts';
export { jsonLinesSource } from './sources/json-lines/event-log.ts';
export { type ToldColumns, tableSource } from './sources/open-source.ts';
export type { ColumnMap } from './sources/tables/column-map.ts';
export type { SeparateTables, ShownColumns } from './sources/tables/table-columns.ts';
