package io.deltasync.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvents;
import io.deltasync.link.notification.LinkNotifications;
import io.deltasync.link.notification.NoticeKind;
import io.deltasync.notice.NoticeState;
import io.deltasync.reject.Backlog;
import io.deltasync.reject.Rejects;
import io.deltasync.reject.Waiting;
import io.deltasync.scope.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * What is stored about a Link and decides on its states.
 *
 * @param link the Link's name
 * @param newest its newest run, or null
 * @param success the run timestamp of its newest success, or null
 * @param backlog its waiting rejects
 * @param changedColumns what its newest run has reported of changed columns
 * @param now the current time
 */
record LinkFacts(String link, @Nullable SyncEvent newest, @Nullable Instant success, Map<Waiting, Backlog> backlog,
		List<String> changedColumns, Instant now) {

	/** Reads the facts. The cost does not depend on the length of the history. */
	static LinkFacts read(String link, SyncEvents events, Rejects rejects, Instant now) {
		return new LinkFacts(link, events.newest(link).orElse(null), events.newestSuccess(link),
				rejects.backlog(link, events.eventOf(link, events.lastSuccess(link))), List.of(), now);
	}

	/** Adds what the newest run has reported of changed columns. */
	LinkFacts withColumns(Warnings warnings) {
		return (this.newest == null) ? this : new LinkFacts(this.link, this.newest, this.success, this.backlog,
				warnings.columns(this.newest.id()), this.now);
	}

	/**
	 * Returns what is known of a state.
	 * @param kind the kind of the state
	 * @param settings how people are notified of the Link
	 * @param stored what is stored of the state; null for nothing
	 * @return the condition
	 */
	Condition condition(NoticeKind kind, LinkNotifications settings, @Nullable NoticeState stored) {
		if (!settings.on().contains(kind)) {
			return Condition.IGNORED;
		}
		return switch (kind) {
			case FAILED -> failed();
			case STALE -> (settings.staleAfter() != null) ? stale(settings.staleAfter(), stored) : Condition.IGNORED;
			case HOLDING -> waiting(Waiting.HOLDING, settings.holdingAfter());
			case QUARANTINE -> waiting(Waiting.QUARANTINED, Duration.ZERO);
			case SCHEMA -> schema();
		};
	}

	/**
	 * Whether the Link has failed. Only runs that may move the window decide on it, and
	 * only once they have ended.
	 */
	private Condition failed() {
		SyncEvent run = this.newest;
		if (run == null) {
			return Condition.ABSENT;
		}
		if (run.testing() || !run.mode().movesWindow() || !run.status().ended()
				|| run.status() == SyncEvent.Status.STOPPED) {
			return Condition.UNKNOWN;
		}
		return run.success() ? Condition.ABSENT : Condition.present(this.now, this.now);
	}

	/**
	 * Whether columns have changed. A run that was not successful may have ended before
	 * it compared them.
	 */
	private Condition schema() {
		SyncEvent run = this.newest;
		if (run == null || run.testing() || !run.mode().movesWindow()) {
			return Condition.UNKNOWN;
		}
		if (!this.changedColumns.isEmpty()) {
			return Condition.present(this.now, this.now);
		}
		return run.success() ? Condition.ABSENT : Condition.UNKNOWN;
	}

	/** A Link that was never successful is stale if it has been known for so long. */
	private Condition stale(Duration after, @Nullable NoticeState stored) {
		Instant since = (this.success != null) ? this.success : (stored != null) ? stored.since() : this.now;
		return Condition.present(since, since.plus(after));
	}

	private Condition waiting(Waiting waiting, Duration after) {
		Instant oldest = backlog(waiting).oldest();
		return (oldest != null) ? Condition.present(oldest, oldest.plus(after)) : Condition.ABSENT;
	}

	Backlog backlog(Waiting waiting) {
		return this.backlog.getOrDefault(waiting, Backlog.NONE);
	}

}
