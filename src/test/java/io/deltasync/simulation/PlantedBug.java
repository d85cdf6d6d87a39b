package io.deltasync.simulation;

import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

/**
 * A bug that is planted into a copy of the product.
 *
 * @param name what is wrong
 * @param seed the history to begin with: one that found it, to save time
 * @param edits where
 * @param readers which histories read what has the bug
 */
record PlantedBug(String name, long seed, List<Edit> edits, Readers readers) {

	PlantedBug(String name, long seed, List<Edit> edits) {
		this(name, seed, edits, Readers.ALL);
	}

	/** Histories that can find a bug. */
	enum Readers {

		/** All of them. */
		ALL,

		/** Those that read HTTP APIs. */
		APIS

	}

	/**
	 * A text in the place of another.
	 *
	 * @param file the source file, from {@code io/deltasync} on
	 * @param text what stands there, exactly once
	 * @param replacement what stands there then
	 */
	record Edit(String file, String text, String replacement) {

	}

	static PlantedBug of(String name, long seed, String file, String text, String replacement) {
		return new PlantedBug(name, seed, List.of(new Edit(file, text, replacement)));
	}

	/** A bug of the source of HTTP APIs. */
	static PlantedBug ofApi(String name, long seed, String file, String text, String replacement) {
		return new PlantedBug(name, seed, List.of(new Edit("http/source/" + file, text, replacement)), Readers.APIS);
	}

	/**
	 * Returns the histories that may find it.
	 * @param from the first one; null for that which is known to find it
	 * @param most the number of histories
	 */
	long[] seeds(@Nullable Long from, int most) {
		long first = (from != null) ? from : this.seed;
		int step = (this.readers == Readers.APIS) ? LinkKind.LATER : 1;
		if (this.readers == Readers.APIS) {
			first += Math.floorMod(LinkKind.FIRST_API - first, LinkKind.LATER);
		}
		return LongStream.iterate(first, (seed) -> seed + step).limit(most).toArray();
	}

	/** All of them. */
	static List<PlantedBug> all() {
		return List.of(
				of("strict > instead of >=", 8, "jdbc/read/RangeQuery", "compare(delta, \">=\", window.from())",
						"compare(delta, \">\", window.from())"),
				of("no overlap", 8, "jdbc/delta/TimeDelta", "floor(last.minus(this.overlap))", "floor(last)"),
				of("no overlap of numbers", 1, "jdbc/delta/NumberDelta",
						"String from = last.subtract(back).toPlainString();", "String from = last.toPlainString();"),
				of("bounds are not cut to the column's precision", 8, "jdbc/delta/TimeDelta",
						"return Fractions.truncate(instant, this.table.dialect().comparedDigits(this.column));",
						"return instant;"),
				of("clocks are never put back", 71, "jdbc/delta/LocalTimes",
						"if (change.getDateTimeAfter().isBefore(earliest))", "if (earliest == null)"),
				of("window taken at the end of the run", 1, "event/SyncEvents",
						"new Watermark(parameters.runTimestamp(), cursorAfter(run))",
						"new Watermark(run.last().endTime().atZone(java.time.ZoneId.systemDefault()).toInstant(), cursorAfter(run))"),
				new PlantedBug("cursor kept on failure", 1,
						List.of(new Edit("run/job/VerdictTasklet",
								"(verdict.outcome() == Outcome.COMPLETED) ? cursorAfter(run, event, plan) : null",
								"cursorAfter(run, event, plan)"),
								new Edit("event/SyncEvents", ": parameters.lastSuccess();",
										": new Watermark(parameters.lastSuccess().sync(), (cursorAfter(run) != null) "
												+ "? cursorAfter(run) : parameters.lastSuccess().cursor());"))),
				new PlantedBug("scope marked done before its batch is delivered", 1, List.of(
						new Edit("run/lane/LaneWriter", "this.session.process(batch.records());", ""),
						new Edit("run/lane/LaneWriter", "reached.forEach((page) -> this.delivered =",
								"this.session.process(batch.records());\nreached.forEach((page) -> this.delivered ="))),
				of("verdict from Spring Batch's status alone", 1, "run/job/VerdictTasklet",
						"Verdict verdict = Verdict.of(run.ending().reasons(), plan, progress);", """
								Verdict verdict = new Verdict(execution.getStepExecutions().stream().anyMatch((step) ->
										step.getStatus() == org.springframework.batch.core.BatchStatus.FAILED)
										? Outcome.ABORTED : Outcome.COMPLETED, "");"""),
				of("lease without expiry", 1, "lease/Leases",
						"if (row.isPresent() && row.get().expiresAt().isAfter(now)) {",
						"if (row.isPresent() && row.get().expiresAt().isAfter(row.get().acquiredAt())) {"),
				of("lease that nobody honours", 3, "lease/Leases",
						"if (row.isPresent() && row.get().expiresAt().isAfter(now)) {",
						"if (row.isPresent() && row.get().expiresAt().isBefore(row.get().acquiredAt())) {"),
				of("a scope that broke off counts as done", 3, "run/deliver/OpenScope", "this.failure = message;", ""),
				of("a record that was refused counts as written", 1, "run/deliver/RecordCounter", "this.failed++;",
						"this.written++;"),
				of("a testing run moves the window", 2, "event/StoredRun",
						"isSuccessful() && !this.parameters.testing() && this.parameters.mode().movesWindow()",
						"isSuccessful() && this.parameters.mode().movesWindow()"),
				of("a replay moves the window", 9, "event/StoredRun",
						"isSuccessful() && !this.parameters.testing() && this.parameters.mode().movesWindow()",
						"isSuccessful() && !this.parameters.testing()"),
				new PlantedBug("an older run is restarted", 11, List.of(
						new Edit("run/start/GivenParameters", "throw superseded(timestamp, newest);", "return false;"),
						new Edit("run/start/RunStarter",
								": this.parametersFactory.complete(given, newest, limit, acquiredAt)",
								": restarting ? parameters : this.parametersFactory.complete(given, newest, limit, acquiredAt)"))),
				of("a full run is given the window", 4, "event/RunParameters",
						"return (this.mode == Mode.FULL || this.mode == Mode.VERIFY) ? Watermark.NONE : this.lastSuccess;",
						"return this.lastSuccess;"),
				of("what is deleted later is remembered only after its delivery", 185, "run/deliver/DeliveryIndex",
						"addPlaceholders(byId);", ""),
				of("a full run that failed in part deletes", 6, "run/deliver/DeletesTasklet",
						"return verdict.outcome() == Outcome.COMPLETED;", "return true;"),
				of("a reject waits though a newer version was delivered", 6, "run/deliver/RejectUpdater",
						"this.ofRecords.close(State.DELIVERED, last);", ""),
				of("keys are compared as the source spells them", 60, "run/deliver/TargetRows",
						"if (this.target instanceof TargetAdapterForKeys comparing) {",
						"if (this.target instanceof TargetAdapterForKeys comparing && batch.isEmpty()) {"),
				of("a window is used for another target", 10, "event/Identities",
						"mode == Mode.DELTA && this.run != null && this.last != null",
						"mode == Mode.SET && this.run != null && this.last != null"),
				new PlantedBug("a driver's limit on rows stays in force", 60,
						List.of(new Edit("jdbc/read/RangeQuery", "statement.setMaxRows(0);", ""),
								new Edit("jdbc/dialect/Queries", "statement.setMaxRows(0);", ""))),
				of("a restart counts again what failed before it", 380, "scope/FailedScopes",
						"takeBack(event, failed);", ""),
				of("a process that was asleep writes what it had read before", 280, "api/RunContext",
						"context.commitCheck.run();", ""),
				of("what was acknowledged is never tried again", 27, "reject/RejectsToDeliver",
						"'QUARANTINED') AND NEXT_TRY <= ?",
						"'QUARANTINED') AND NEXT_TRY < NEXT_TRY AND LAST_SEEN <= ?"),
				new PlantedBug("numbered pages are not compared with the total", 225,
						List.of(new Edit("http/source/NumberedPages", "if (now != null && now != page.total()) {",
								"if (now != null && now < 0) {"),
								new Edit("http/source/NumberedPages", "if (count == page.expected()) {",
										"if (count <= page.expected()) {")),
						Readers.APIS),
				ofApi("a record on two pages is not noticed", 1065, "page/RunKeys",
						"else if (before >= 0 && before != page) {", "else if (before > page && before < page) {"),
				ofApi("a page that is repeated is not noticed", 1165, "page/ChainPosition",
						"if (this.page > 0 && keys.count() > 0 && keys.digest() == this.digest) {",
						"if (this.page < 0) {"),
				ofApi("an error with the status 200 is no error", 175, "answer/Answer",
						"this.failures.forEach((condition) -> check(condition, this.records.field(condition.path())));",
						""),
				ofApi("a chain is compared with its total at the last page only", 365, "page/ChainPosition",
						"checkTotal(said, growing);", ""),
				ofApi("an export is not compared with its total", 5, "ExportDownload",
						"if (total != null && total != this.count) {", "if (total != null && total < 0) {"),
				ofApi("a full run ends before the newest changes of an API", 115, "delta/TimeReading",
						"if (!this.limited || !context.isFullRun()", "if (this.limited || !context.isFullRun()"));
	}

}
