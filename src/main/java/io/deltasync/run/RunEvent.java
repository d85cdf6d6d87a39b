package io.deltasync.run;

import java.time.Instant;

import io.deltasync.event.Mode;
import io.deltasync.event.Outcome;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeCounts;

/**
 * A Spring application event about one attempt of a run: a Spring application listens to
 * it with {@code @EventListener void onFailure(RunEvent.Failed failure)}, or to all of
 * them with {@code RunEvent}.
 * <p>
 * Events are published by the process that runs the Link, in the thread of the run, after
 * the state that they describe has been stored and outside of its transactions; therefore
 * {@code @TransactionalEventListener} does not receive them unless it has
 * {@code fallbackExecution}. An exception of a listener is logged and changes nothing
 * else. {@link Started} delays the run until its listeners return; use {@code @Async} for
 * work that takes long. If a process dies, the events that it had not published yet are
 * lost: an application that must not miss an outcome reads it from the stored Sync Event.
 */
public sealed interface RunEvent {

	/**
	 * Returns the Link.
	 * @return its name
	 */
	String link();

	/**
	 * Returns the Sync Event, which is the same for all attempts of a run.
	 * @return its id
	 */
	long event();

	/**
	 * Returns the attempt.
	 * @return the id of the job execution
	 */
	long attempt();

	/**
	 * Returns the kind of run; {@link Mode#SET} if a person sets the window.
	 * @return the mode
	 */
	Mode mode();

	/**
	 * Whether this is a testing run, which changes neither target nor window.
	 * @return true for a testing run
	 */
	boolean testing();

	/**
	 * Returns when the run was started for the first time.
	 * @return the run timestamp, in microseconds
	 */
	Instant runTimestamp();

	/**
	 * An attempt of a run starts. It is followed by one {@link Ended}, unless the process
	 * dies or cannot store how the attempt ended.
	 *
	 * @param link the name of the Link
	 * @param event the id of the Sync Event
	 * @param attempt the id of the job execution
	 * @param mode the kind of run
	 * @param testing whether this is a testing run
	 * @param runTimestamp when the run was started for the first time
	 */
	record Started(String link, long event, long attempt, Mode mode, boolean testing,
			Instant runTimestamp) implements RunEvent {
	}

	/**
	 * An attempt of a run has ended, in whatever way, and its Link is free. If the
	 * process has lost the Link to another one, the outcome is ABORTED, and the other
	 * process publishes {@link Recovered}.
	 *
	 * @param link the name of the Link
	 * @param event the id of the Sync Event
	 * @param attempt the id of the job execution
	 * @param mode the kind of run
	 * @param testing whether this is a testing run
	 * @param runTimestamp when the run was started for the first time
	 * @param outcome how it ended; {@link Outcome#COMPLETED} alone is a success
	 * @param message why it was not successful; empty after a success
	 * @param records the counts of the records of all attempts
	 * @param scopes the counts of the scopes of all attempts
	 */
	record Ended(String link, long event, long attempt, Mode mode, boolean testing, Instant runTimestamp,
			Outcome outcome, String message, RecordCounts records, ScopeCounts scopes) implements RunEvent {

		/**
		 * Whether everything was fetched and delivered.
		 * @return true after a success
		 */
		public boolean isSuccessful() {
			return this.outcome == Outcome.COMPLETED;
		}

	}

	/**
	 * An attempt of a run has ended without success: some records or scopes failed, or it
	 * was aborted. Published after its {@link Ended}. A run that was stopped has not
	 * failed.
	 *
	 * @param link the name of the Link
	 * @param event the id of the Sync Event
	 * @param attempt the id of the job execution
	 * @param mode the kind of run
	 * @param testing whether this is a testing run
	 * @param runTimestamp when the run was started for the first time
	 * @param outcome how it ended
	 * @param message why it was not successful
	 * @param records the counts of the records of all attempts
	 * @param scopes the counts of the scopes of all attempts
	 */
	record Failed(String link, long event, long attempt, Mode mode, boolean testing, Instant runTimestamp,
			Outcome outcome, String message, RecordCounts records, ScopeCounts scopes) implements RunEvent {
	}

	/**
	 * An attempt whose process died has been marked as crashed by this process, so that
	 * the Link can run again. The dead process published no {@link Ended} for it.
	 *
	 * @param link the name of the Link
	 * @param event the id of the Sync Event
	 * @param attempt the id of the job execution
	 * @param mode the kind of run
	 * @param testing whether this is a testing run
	 * @param runTimestamp when the run was started for the first time
	 * @param records the counts of the records that were stored before the crash
	 * @param scopes the counts of the scopes that were stored before the crash
	 */
	record Recovered(String link, long event, long attempt, Mode mode, boolean testing, Instant runTimestamp,
			RecordCounts records, ScopeCounts scopes) implements RunEvent {
	}

}
