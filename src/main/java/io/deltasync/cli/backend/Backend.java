package io.deltasync.cli.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.deltasync.cli.text.EventText;
import io.deltasync.console.RunOptions;
import io.deltasync.console.WaitingRequest;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.event.retention.LinkRemoval.Forgotten;
import io.deltasync.event.retention.Pruned;
import io.deltasync.event.view.LinkStanding;
import io.deltasync.event.view.LinkWindow;
import io.deltasync.lease.Pauses.Pause;
import io.deltasync.notify.LinkHealth;
import io.deltasync.reject.Reject;
import io.deltasync.run.plan.LinkCheck;
import io.deltasync.run.plan.Preview;
import io.deltasync.trace.RecordPreview;
import io.deltasync.trace.Trace;
import org.jspecify.annotations.Nullable;

/**
 * What commands read and do: in this process, or through a running {@code serve}. All
 * methods throw a runtime exception with an exit code for a Link that is not configured.
 */
public interface Backend {

	/** Returns the time by which ages are shown. */
	Instant now();

	/** Returns the names of the Links in the order of the configuration. */
	List<String> linkNames();

	/** Reads the status of all Links. */
	List<LinkStanding> links();

	/**
	 * Lists the newest events.
	 * @param link the Link's name; null for all Links
	 * @param limit how many at most
	 * @return the events, newest first
	 */
	List<SyncEvent> events(@Nullable String link, int limit);

	Optional<SyncEvent> findEvent(long id);

	/** Returns the newest event of an event's Link, which may be this one. */
	SyncEvent newest(SyncEvent event);

	/** Returns until when a run waits; null if it does not wait. */
	@Nullable Instant delayedUntil(SyncEvent event);

	List<LoggedRecord> records(long event, int limit);

	/**
	 * Runs a Link.
	 * @param link the Link's name
	 * @param options what is asked of the run
	 * @param wait whether to wait for its end, showing its progress
	 * @return its event
	 * @throws Exception if it cannot be started
	 */
	SyncEvent run(String link, RunOptions options, boolean wait) throws Exception;

	SyncEvent restart(SyncEvent event, boolean wait) throws Exception;

	SyncEvent replay(SyncEvent event, boolean wait) throws Exception;

	void stop(SyncEvent event) throws Exception;

	Preview plan(String link, Mode mode);

	RecordPreview preview(String link, Mode mode, int limit);

	LinkCheck check(String link);

	LinkWindow window(String link);

	/**
	 * Sets a window, or keeps it although the Link has changed.
	 * @param link the Link's name
	 * @param start the new start; null to keep it
	 * @return the event that shows why that was not possible; empty if it was
	 * @throws Exception if it cannot be tried
	 */
	Optional<SyncEvent> changeWindow(String link, @Nullable Instant start) throws Exception;

	/** Lists the pushed requests of a Link that wait, in the order of their delivery. */
	List<WaitingRequest> requests(String link, int limit);

	/**
	 * Discards a pushed request that waits.
	 * @param link the Link's name
	 * @param id its number
	 * @throws Exception if it does not wait, or a run of the Link is in progress
	 */
	void discardRequest(String link, long id) throws Exception;

	/** Lists the waiting rejects, first those that hold the window. */
	List<Reject> rejects(String link, int limit);

	Optional<Reject> findReject(long id);

	/** Decides about one reject; returns false if it is no longer waiting. */
	boolean decide(Decision decision, long id);

	/** Decides about all rejects with some reason; returns how many were changed. */
	long decide(Decision decision, String link, String reason);

	/** Finds out where a record is; the key is as the command line has it. */
	Trace trace(String link, List<String> key);

	/** Delivers a single record in a run of its own, and waits for its end. */
	SyncEvent deliver(String link, List<String> key) throws Exception;

	/** Returns who has paused a Link; empty if it is not paused. */
	Optional<Pause> findPause(String link);

	/** Pauses a Link; returns false if it was paused already. */
	boolean pause(String link, @Nullable String reason);

	/** Resumes a Link; returns false if it was not paused. */
	boolean resume(String link);

	/**
	 * Judges Links for an outside monitor.
	 * @param links the Links' names; empty for all Links
	 * @param maxAge the longest time without a success; null for that of each Link
	 * @return their states
	 */
	List<LinkHealth> health(List<String> links, @Nullable Duration maxAge);

	Pruned prune(boolean dryRun);

	Forgotten forget(String link) throws Exception;

	String metrics();

	/** Returns who may use the console and the REST API. */
	Access access();

	/**
	 * Finds an event.
	 * @param id its number
	 * @return the event
	 */
	default SyncEvent event(long id) {
		return findEvent(id).orElseThrow(() -> new UnknownEventException(id));
	}

	/**
	 * Finds a reject.
	 * @param id its number
	 * @return the reject
	 */
	default Reject reject(long id) {
		return findReject(id).orElseThrow(() -> new UnknownRejectException(
				"There is no reject %d; the command 'rejects LINK' lists the rejects of a Link".formatted(id)));
	}

	/** Formats an event for people; the next step depends on newer runs. */
	default String text(SyncEvent event) {
		return EventText.of(event, newest(event), delayedUntil(event));
	}

}
