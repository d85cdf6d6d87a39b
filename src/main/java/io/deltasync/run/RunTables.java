package io.deltasync.run;

import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.MetRecords;
import io.deltasync.event.FailedRecords;
import io.deltasync.event.LateWrites;
import io.deltasync.event.OwedSuccesses;
import io.deltasync.event.RecordLog;
import io.deltasync.event.RunSummaries;
import io.deltasync.event.SeenColumns;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.reject.RejectChanges;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.Rejects;
import io.deltasync.reject.RejectsToDeliver;
import io.deltasync.reject.UnmetRejects;
import io.deltasync.schema.Product;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.FormerRows;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Warnings;
import io.deltasync.verified.Verifications;
import io.deltasync.verified.VerifyScopes;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables in which runs store their state. They are named together only where runs are
 * put together; a class that works on them is given those that it needs.
 *
 * @param plans the progress of planning
 * @param pages the scopes and their lanes
 * @param progress the progress of the lanes
 * @param failedScopes the scopes that failed
 * @param counts the counts of records that belong to no scope
 * @param warnings the warnings
 * @param ignored why records were ignored
 * @param formerRows what earlier versions have stored elsewhere
 * @param summaries adds up the results of runs
 * @param rejects the records that failed
 * @param rejectChanges what becomes of records that fail, or have failed before
 * @param rejectsToDeliver the rejects that a run delivers on its own
 * @param rejectRows the target rows of rejects
 * @param log the outcome of single records, for Links that store it
 * @param delivered the delivery index of all Links
 * @param metRecords the records in it that a run has met, or not
 * @param unmet the rejects of records that a run did not read
 * @param failed the records that failed in ended runs
 * @param owed the successes that sources have not yet acknowledged
 * @param lateWrites the runs that may have written after they had lost their Link
 * @param inbox the requests that were pushed to Links
 * @param columns the columns of Links, as runs have seen them
 * @param verifyScopes the scopes in which verifications have found something
 * @param verifications the results of verifications
 */
public record RunTables(Plans plans, ScopePages pages, ScopeProgress progress, FailedScopes failedScopes,
		EventCounts counts, Warnings warnings, IgnoredReasons ignored, FormerRows formerRows, RunSummaries summaries,
		Rejects rejects, RejectChanges rejectChanges, RejectsToDeliver rejectsToDeliver, RejectRows rejectRows,
		RecordLog log, DeliveryIndexTable delivered, MetRecords metRecords, UnmetRejects unmet, FailedRecords failed,
		OwedSuccesses owed, LateWrites lateWrites, InboxDelivery inbox, SeenColumns columns, VerifyScopes verifyScopes,
		Verifications verifications) {

	/**
	 * Creates the tables.
	 * @param jdbc accesses the database
	 * @param product its product
	 * @return the tables
	 */
	public static RunTables of(JdbcTemplate jdbc, Product product) {
		Plans plans = new Plans(jdbc);
		FailedScopes failedScopes = new FailedScopes(jdbc);
		EventCounts counts = new EventCounts(jdbc);
		Warnings warnings = new Warnings(jdbc, product);
		ScopeProgress progress = new ScopeProgress(jdbc, failedScopes, warnings);
		IgnoredReasons ignored = new IgnoredReasons(jdbc, product);
		VerifyScopes verifyScopes = new VerifyScopes(jdbc, product);
		Verifications verifications = new Verifications(jdbc);
		return new RunTables(plans, new ScopePages(jdbc, product), progress, failedScopes, counts, warnings, ignored,
				new FormerRows(jdbc), new RunSummaries(plans, progress, warnings, ignored, verifyScopes, verifications),
				new Rejects(jdbc), new RejectChanges(jdbc, product), new RejectsToDeliver(jdbc),
				new RejectRows(jdbc, product), new RecordLog(jdbc, product), new DeliveryIndexTable(jdbc, product),
				new MetRecords(jdbc, product), new UnmetRejects(jdbc), new FailedRecords(jdbc), new OwedSuccesses(jdbc),
				new LateWrites(jdbc, product), new InboxDelivery(jdbc), new SeenColumns(jdbc), verifyScopes,
				verifications);
	}

}
